import { summaryIdentity } from '@ai-review/protocol/seal'
import { counted, describeFindings } from './counts.ts'
import { unreviewedFiles } from './coverage.ts'
import type { JudgedFinding } from './judge.ts'
import { markOf } from './mark-of.ts'
import { formatMark, formatRunMark } from './marker.ts'
import { paragraphs } from './paragraphs.ts'
import { renderLedgers } from './render-ledgers.ts'
import { renderEffort, renderProvenance } from './render-provenance.ts'
import { renderUncommented } from './render-sections.ts'
import { renderStandings } from './render-standings.ts'
import { renderVoice } from './render-voice.ts'
import type { ReviewSummary } from './review-summary.ts'

/** GitHub takes 65,536 characters of a body. */
const longestBody = 65_536
/** What each list of earlier findings may take; new findings take what the rest leaves, and ledgers what is left then. */
const standingsShare = 5000

function renderSummaryMark({ headSha, answer }: ReviewSummary): string {
  const seal = answer?.done.summarySeal ?? ''
  const isSealed = /^[0-9a-f]{64}$/.test(seal)
  return isSealed ? formatMark({ kind: 'summary', head: headSha, identity: summaryIdentity, seal }) : ''
}

/** Body of the one review of a run, with the run's mark, the marks of what stands in the summary only, and ledgers. */
export function renderReviewBody(summary: ReviewSummary, run: string): string {
  const { headSha, judged } = summary
  const missing = unreviewedFiles(summary).length
  const unread = missing === 0 ? '' : ` ${counted(missing, 'file')} not reviewed; the check lists them.`
  const head = `**${describeFindings(summary)}.**${unread}`
  const tail = [
    renderVoice(summary),
    renderStandings(summary, standingsShare, { note: 'without-note' }),
    `${renderEffort(summary)}\n${renderProvenance(summary)}`,
    renderSummaryMark(summary),
  ]
  const end = formatRunMark(run)
  const taken = paragraphs([head, ...tail, end]).length
  const found = renderUncommented(
    judged.filter(({ verdict }) => verdict === 'in-summary'),
    {
      about: summary,
      most: longestBody - taken - 200,
      elsewhere: 'the job summary and findings.json',
      hidden: ({ finding }: JudgedFinding) => formatMark(markOf(finding, headSha)),
    },
  )
  const ledgers = renderLedgers(summary, longestBody - taken - found.length - 10)
  return paragraphs([head, found, ...tail, ledgers.text, end])
}

/** True where a run has something to say that was not said before: a comment, or a finding for the summary. */
export function hasNews({ judged }: ReviewSummary): boolean {
  return judged.some(({ verdict }) => verdict === 'posted' || verdict === 'in-summary')
}
