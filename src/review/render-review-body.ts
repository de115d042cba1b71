import { summaryIdentity } from '@ai-review/protocol/seal'
import { boundedList } from './bounded-list.ts'
import { counted, describeFindings } from './counts.ts'
import { unreviewedFiles } from './coverage.ts'
import type { JudgedFinding } from './judge.ts'
import { formatMark, formatRunMark } from './marker.ts'
import { renderProvenance } from './render-provenance.ts'
import { renderEntry } from './render-sections.ts'
import type { ReviewSummary } from './review-summary.ts'

// GitHub takes 65,536 characters of a body.
const longestList = 48_000

/** Body of the one review of a run, with the run's mark and the marks of what stands in the summary only. */
export function renderReviewBody(summary: ReviewSummary, run: string): string {
  const { headSha, judged, answer } = summary
  const entries = judged.filter(({ verdict }) => verdict === 'in-summary')
  const renderMarked = (one: JudgedFinding): string => {
    const { identity, seal } = one.finding
    return `${renderEntry(one)}\n\n${formatMark({ kind: 'finding', head: headSha, identity, seal })}`
  }
  const list = boundedList(entries, renderMarked, { most: longestList, separator: '\n\n' })
  const missing = unreviewedFiles(summary).length
  const seal = answer?.done.summarySeal ?? ''
  const isSealed = /^[0-9a-f]{64}$/.test(seal)
  return [
    `**${describeFindings(judged)}.**`,
    missing === 0 ? '' : `${counted(missing, 'file')} not reviewed; the check lists them.`,
    list === '' ? '' : `### Without a line comment\n\n${list}`,
    renderProvenance(summary),
    isSealed ? formatMark({ kind: 'summary', head: headSha, identity: summaryIdentity, seal }) : '',
    formatRunMark(run),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** True where a run has something to say that was not said before: a comment, or a finding for the summary. */
export function hasNews({ judged }: ReviewSummary): boolean {
  return judged.some(({ verdict }) => verdict === 'posted' || verdict === 'in-summary')
}
