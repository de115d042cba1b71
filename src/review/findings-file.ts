import type { ReviewSummary } from './review-summary.ts'

/** Text of `findings.json`. */
export function renderFindingsFile(_summary: ReviewSummary): string {
  throw new Error('being built')
}
