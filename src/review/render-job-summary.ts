import { codeSpan } from './code-block.ts'
import { conclude } from './conclude.ts'
import { paragraphs } from './paragraphs.ts'
import { renderReason } from './render-check.ts'
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
import { renderVoice } from './render-voice.ts'
import type { ReviewSummary } from './review-summary.ts'

// The runner drops a summary over 1 MiB, counted in bytes; a character takes at most three of them here.
const shares = {
  commented: 40_000,
  findings: 140_000,
  files: 40_000,
  standings: 15_000,
  notices: 15_000,
} as const

/** Markdown for `GITHUB_STEP_SUMMARY`, below its 1 MiB: every finding, whatever its verdict but below the threshold. */
export function renderJobSummary(summary: ReviewSummary): string {
  const page = paragraphs([
    `## AI review: ${conclude(summary)}`,
    `**${renderTitle(summary)}.**`,
    renderVoice(summary),
    renderTally(summary),
    renderFailure(summary),
    renderReason(summary),
    summary.reviewUrl === undefined ? '' : `Review: ${codeSpan(summary.reviewUrl)}`,
    renderUnreviewed(summary, shares.files),
    renderEffort(summary),
    renderCommented(summary, shares.commented),
    renderUncommented(withoutComment(summary.judged), {
      about: summary,
      most: shares.findings,
      elsewhere: 'findings.json',
    }),
    renderStandings(summary, shares.standings),
    renderVerdicts(summary),
    renderNotices(summary, shares.notices),
    renderLeftAlone(summary, shares.files),
    renderProvenance(summary),
  ])
  return `${page}\n`
}
