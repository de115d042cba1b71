import type { Finding } from '@ai-review/protocol/finding'
import type { Done, Effort, Progress, ReviewRequest } from '@ai-review/protocol/review'
import type { Recognised } from './earlier/recognise.ts'

/** A finding with its identity, before the routes seal it. */
export type RankedFinding = Omit<Finding, 'seal'>

/** What earlier reviews of the pull request have left: hunks not to be read again, and identities of moved findings. */
export type KnownBefore = Pick<Recognised, 'settled' | 'moved'>

export interface PipelineRun {
  readonly effort: Effort
  readonly signal: AbortSignal
  /** Milliseconds since the epoch by which the answer must be out. */
  readonly deadline: number
  /** Lower goes first at the engine. */
  readonly priority: number
  readonly onProgress: (progress: Progress) => void
  readonly known?: KnownBefore
}

/** `read` names the hunks that the model has read whole, now or before, as a ledger does; empty where there are none. */
export type PipelineResult = {
  readonly findings: readonly RankedFinding[]
  readonly read?: readonly string[]
} & Omit<Done, 'summarySeal' | 'ledger'>

/** plan → review → verify → rank. */
export interface Pipeline {
  run(request: ReviewRequest, run: PipelineRun): Promise<PipelineResult>
}

/** Answers of the model by a key of everything that determines them. Implementations encrypt at rest. */
export interface ResponseCache {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string): Promise<void>
}

export const noCache: ResponseCache = { get: async () => undefined, set: async () => {} }
