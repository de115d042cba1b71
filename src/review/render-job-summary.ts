import { codeSpan } from './code-block.ts'
import { conclude } from './conclude.ts'
import { renderTitle } from './render-check.ts'
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

// The runner drops a summary over 1 MiB, counted in bytes; a character takes at most three of them here.
const shares = { findings: 160_000, files: 60_000, notices: 20_000 } as const

/** Markdown for `GITHUB_STEP_SUMMARY`, below its 1 MiB: every finding, whatever its verdict but below the threshold. */
export function renderJobSummary(summary: ReviewSummary): string {
  const told = summary.judged.filter(({ verdict }) => verdict !== 'below-threshold')
  return [
    `## AI review: ${conclude(summary)}`,
    `**${renderTitle(summary)}.**`,
    renderFailure(summary),
    summary.reviewUrl === undefined ? '' : `Review: ${codeSpan(summary.reviewUrl)}`,
    renderVerdicts(summary),
    told.length === 0 ? '' : `### Findings\n\n${renderFindings(told, shares.findings)}`,
    renderUnreviewed(summary, shares.files),
    renderNotices(summary, shares.notices),
    renderLeftAlone(summary, shares.files),
    renderProvenance(summary),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}
