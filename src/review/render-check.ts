import { codeSpan } from './code-block.ts'
import { type Conclusion, conclude, failingFindings } from './conclude.ts'
import { counted, describeFindings } from './counts.ts'
import { unreviewedFiles } from './coverage.ts'
import type { JudgedFinding } from './judge.ts'
import { badge } from './render-comment.ts'
import { renderProvenance } from './render-provenance.ts'
import {
  renderFailure,
  renderFindings,
  renderLeftAlone,
  renderNotices,
  renderUnreviewed,
  renderVerdicts,
} from './render-sections.ts'
import type { ReviewSummary } from './review-summary.ts'
import { clip, visibleLine, visibleText } from './visible-text.ts'

interface Annotation {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}

/** Fits the role `CheckReport`. */
export interface RenderedCheck {
  readonly conclusion: Conclusion
  readonly title: string
  readonly summary: string
  readonly annotations: readonly Annotation[]
}

// GitHub takes 50 annotations a request, 255 characters of a title and 65,535 of a summary.
const mostAnnotations = 50
const longestTitle = 255
const shares = { findings: 24_000, files: 12_000, notices: 8000 } as const

function withoutComment(judged: readonly JudgedFinding[]): JudgedFinding[] {
  return judged.filter(({ verdict }) => verdict === 'in-summary' || verdict === 'outside-diff')
}

/** Only what has no line comment: the same remark twice on one line helps nobody. */
function annotationsOf({ judged, policy }: ReviewSummary): Annotation[] {
  const failing = new Set(failingFindings(judged, policy.policy))
  return judged
    .filter(({ verdict, finding }) => verdict === 'in-summary' && finding.side === 'RIGHT')
    .slice(0, mostAnnotations)
    .map((one) => ({
      path: one.finding.path,
      startLine: one.finding.startLine ?? one.finding.line,
      endLine: one.finding.line,
      level: failing.has(one) ? 'failure' : one.finding.severity === 'low' ? 'notice' : 'warning',
      title: clip(`${badge(one.finding)}: ${visibleLine(one.finding.title)}`, longestTitle),
      message: visibleText(one.finding.body) || visibleLine(one.finding.title),
    }))
}

/** One line that tells the outcome: what was found, and whether everything was read. */
export function renderTitle(summary: ReviewSummary): string {
  const { answer, failure, judged, policy } = summary
  if (failure !== undefined) return clip(`Not reviewed: ${withoutPeriod(failure.message)}`, longestTitle)
  const missing = unreviewedFiles(summary).length
  if (answer === null) return titleWithoutAnswer(summary, missing)
  const parts = [
    describeFindings(judged),
    ...(missing === 0 ? [] : [`${counted(missing, 'file')} not reviewed`]),
    ...(missing === 0 && !answer.done.complete ? ['the review is incomplete'] : []),
    ...(answer.done.provenance.model === null ? ['no model took part'] : []),
    ...(policy.problems.length === 0 ? [] : ['the policy file was not used']),
  ]
  return parts.join('; ')
}

function withoutPeriod(sentence: string): string {
  return visibleLine(sentence).replace(/\.$/, '')
}

/** The server is not asked where no file is selected. */
function titleWithoutAnswer({ selection }: ReviewSummary, missing: number): string {
  if (selection.selected.length > 0) return 'Not reviewed: the model server gave no answer'
  return missing === 0 ? 'Nothing to review' : `Not reviewed: ${counted(missing, 'file')} could not be read`
}

function renderReason(summary: ReviewSummary): string {
  const failing = failingFindings(summary.judged, summary.policy.policy)
  if (conclude(summary) !== 'failure') return ''
  const bound = codeSpan(`fail-on: ${summary.policy.policy['fail-on']}`)
  return `The policy's ${bound} makes the check fail: ${counted(failing.length, 'finding')} of that severity or above.`
}

/** Title and page of the check: what a maintainer reads first, then what was not read, then how it came about. */
export function renderCheck(summary: ReviewSummary): RenderedCheck {
  const found = withoutComment(summary.judged)
  const reviewed = summary.selection.selected.length
  const body = [
    `**${renderTitle(summary)}.** ${counted(reviewed, 'file')} selected for review, ${summary.selection.skipped.length.toLocaleString('en-US')} skipped.`,
    renderFailure(summary),
    renderReason(summary),
    summary.reviewUrl === undefined ? '' : `Review: ${codeSpan(summary.reviewUrl)}`,
    renderUnreviewed(summary, shares.files),
    found.length === 0
      ? ''
      : `### Findings without a line comment\n\n${renderFindings(found, shares.findings)}`,
    renderVerdicts(summary),
    renderNotices(summary, shares.notices),
    renderLeftAlone(summary, shares.files),
    renderProvenance(summary),
  ]
  return {
    conclusion: conclude(summary),
    title: renderTitle(summary),
    summary: body.filter((part) => part !== '').join('\n\n'),
    annotations: annotationsOf(summary),
  }
}
