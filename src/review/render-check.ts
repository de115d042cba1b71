import { codeSpan } from './code-block.ts'
import { type Conclusion, conclude, failingEarlier, failingFindings, isWholeReview } from './conclude.ts'
import { counted, numeral } from './counts.ts'
import { paragraphs } from './paragraphs.ts'
import { type RenderedAnnotation, renderAnnotations } from './render-annotations.ts'
import { renderLedgers } from './render-ledgers.ts'
import { renderEffort, renderProvenance } from './render-provenance.ts'
import {
  renderCommented,
  renderFailure,
  renderLeftAlone,
  renderNotices,
  renderUncommented,
  renderUnreviewed,
  renderVerdicts,
  withoutComment,
} from './render-sections.ts'
import { renderStandings, renderTally } from './render-standings.ts'
import { renderTitle } from './render-title.ts'
import { isReadByReviewer, renderVoice } from './render-voice.ts'
import type { ReviewSummary } from './review-summary.ts'

/** Fits the role `CheckReport`. */
interface RenderedCheck {
  readonly conclusion: Conclusion
  readonly title: string
  readonly summary: string
  readonly annotations: readonly RenderedAnnotation[]
  readonly text?: string
}

/** GitHub takes 65,535 characters of a summary, and as many of the text below it. */
const longestText = 65_535
/** What each list may take; findings without a comment take what the others leave. */
const shares = { commented: 8000, files: 7000, standings: 4000, notices: 5000 } as const

/** Why the check fails where the policy says so, or is neutral though nothing is missing; '' where that needs no word. */
export function renderReason(summary: ReviewSummary): string {
  const conclusion = conclude(summary)
  if (conclusion === 'neutral' && isWholeReview(summary) && !isReadByReviewer(summary)) {
    return 'The check is neutral, since a voice alone is no review of the whole change: the reviewer itself has not read all of it.'
  }
  if (conclusion !== 'failure') return ''
  const failing = [...failingFindings(summary), ...failingEarlier(summary)]
  const bound = codeSpan(`fail-on: ${summary.policy.policy['fail-on']}`)
  return `The policy's ${bound} makes the check fail: ${counted(failing.length, 'finding')} of that severity or above.`
}

/** The outcome first, then what was not read, then who read: what a maintainer wants within ten seconds. */
function renderHead(summary: ReviewSummary): string[] {
  const { selected, skipped } = summary.selection
  return [
    `**${renderTitle(summary)}.** ${counted(selected.length, 'file')} selected for review, ${numeral(skipped.length)} skipped.`,
    renderVoice(summary),
    renderTally(summary),
    renderFailure(summary),
    renderReason(summary),
    renderUnreviewed(summary, shares.files),
    renderEffort(summary),
  ]
}

/** The part of the check that carries what the next run is told. */
function renderText(summary: ReviewSummary): { readonly text?: string; readonly notice: string } {
  const words = 'What was read is kept here, hidden, so that the next run need not read it again.'
  const { text, left } = renderLedgers(summary, longestText - words.length - 2)
  const notice =
    left === 0
      ? ''
      : 'The record of what was read is too long to be kept whole: the next run reads more again.'
  return text === '' ? { notice } : { text: `${words}\n\n${text}`, notice }
}

/** Title and page of the check. */
export function renderCheck(summary: ReviewSummary): RenderedCheck {
  const { text, notice } = renderText(summary)
  const head = paragraphs([...renderHead(summary), renderCommented(summary, shares.commented)])
  const tail = paragraphs([
    renderStandings(summary, shares.standings),
    renderVerdicts(summary),
    renderNotices(summary, shares.notices),
    notice,
    renderLeftAlone(summary, shares.files),
    renderProvenance(summary),
  ])
  const found = renderUncommented(withoutComment(summary.judged), {
    about: summary,
    most: longestText - head.length - tail.length - 200,
    elsewhere: 'the job summary and findings.json',
  })
  return {
    conclusion: conclude(summary),
    title: renderTitle(summary),
    summary: paragraphs([head, found, tail]),
    annotations: renderAnnotations(summary),
    ...(text === undefined ? {} : { text }),
  }
}
