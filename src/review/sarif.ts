import type { ReviewSummary } from './review-summary.ts'

/** Text of `findings.sarif`, SARIF 2.1.0. */
export function renderSarif(_summary: ReviewSummary): string {
  throw new Error('being built')
}
