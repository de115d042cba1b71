import type { ReviewSummary } from './review-summary.ts'

/** Body of the one review of a run, with the run's mark and the marks of what stands in the summary only. */
export function renderReviewBody(_summary: ReviewSummary, _run: string): string {
  throw new Error('being built')
}

/** True where a run has something to say that was not said before: a comment, or a finding for the summary. */
export function hasNews(_summary: ReviewSummary): boolean {
  throw new Error('being built')
}
