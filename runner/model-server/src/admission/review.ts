import type { Effort } from '@ai-review/protocol/review'
import type { ProblemCode } from '../problems.ts'
import type { PipelineResult } from '../review/pipeline-contract.ts'
import { EventLog } from './event-log.ts'

/** A review the server took in. It holds no text of the change: the request goes with the work in the queue. */
export class Review {
  readonly id: string
  /** Who asked: only they may see or cancel it. */
  readonly caller: string
  readonly repositoryId: number
  readonly number: number
  readonly head: string
  readonly effort: Effort
  readonly policyHash: string
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
  /** Goes on for a while when nobody listens: the client named it, so it can come back for it. */
  readonly canBeResumed: boolean
  readonly log = new EventLog()
  readonly abort = new AbortController()
  watchers = 0

  constructor(fields: Omit<Review, 'log' | 'abort' | 'watchers'>) {
    this.id = fields.id
    this.caller = fields.caller
    this.repositoryId = fields.repositoryId
    this.number = fields.number
    this.head = fields.head
    this.effort = fields.effort
    this.policyHash = fields.policyHash
    this.receivedAt = fields.receivedAt
    this.canBeResumed = fields.canBeResumed
  }
}

export type ReviewOutcome = 'complete' | 'partial' | ProblemCode

/** What is known of a review at its end: counted in the metrics and recorded in the store. */
export interface FinishedReview {
  readonly review: Review
  readonly outcome: ReviewOutcome
  /** From receipt to the last event. */
  readonly totalMs: number
  readonly result?: PipelineResult
}
