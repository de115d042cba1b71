import type { ReviewerContext } from '../../runner/model-server/src/review/reviewer.ts'

/** How a reviewer is run on its own: a minute, never cancelled, progress ignored. */
export function aReviewerContext(overrides: Partial<ReviewerContext> = {}): ReviewerContext {
  return {
    signal: new AbortController().signal,
    deadline: Date.now() + 60_000,
    onProgress: () => {},
    ...overrides,
  }
}
