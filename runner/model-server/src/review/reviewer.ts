import type { Hunk, Side } from '@ai-review/protocol/change'
import type { Category, Evidence, ReviewerName, Severity } from '@ai-review/protocol/finding'
import type { FileCoverage, Notice, ReviewRequest } from '@ai-review/protocol/review'

/** A finding before rank: not yet sealed, not yet checked against what was shown. */
export interface Candidate {
  readonly path: string
  readonly side: Side
  readonly startLine?: number
  readonly line: number
  readonly category: Category
  readonly severity: Severity
  readonly confidence: number
  readonly title: string
  readonly body: string
  readonly suggestion?: string
  readonly evidence: readonly Evidence[]
  readonly reviewer: ReviewerName
  /** Login of the person in whose style it is written. */
  readonly voice?: string
}

export interface ReviewerUsage {
  readonly promptTokens: number
  readonly completionTokens: number
  readonly modelCalls: number
  readonly cachedBatches: number
  readonly batches: number
  readonly engineMs: number
}

/** What one reviewer brings back. `coverage` lists only files it could not read whole; a file not named was read. */
export interface ReviewerResult {
  readonly candidates: readonly Candidate[]
  readonly coverage: readonly FileCoverage[]
  readonly notices: readonly Notice[]
  /** Answers thrown away because they did not fit the schema or named what was not shown. */
  readonly invalid: number
  readonly usage?: ReviewerUsage
  /** Hunks that the model read whole; nobody else tells. */
  readonly read?: readonly Hunk[]
  /** Hunks that it was to read and did not, where others may have read them. */
  readonly unread?: readonly Hunk[]
  /** Places that had a past comment near them; personas alone tell. */
  readonly near?: number
}

export interface ReviewerContext {
  readonly signal: AbortSignal
  /** Wall-clock instant, milliseconds since the epoch, by which results are due. */
  readonly deadline: number
  readonly onProgress: (done: number, total: number) => void
}

/** One way of looking at a change. Never throws for bad input: what could not be read is said in `coverage` or `notices`. */
export interface Reviewer {
  readonly name: ReviewerName
  review(request: ReviewRequest, context: ReviewerContext): Promise<ReviewerResult>
}
