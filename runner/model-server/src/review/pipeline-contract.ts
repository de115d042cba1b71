import type { Finding } from '@ai-review/protocol/finding'
import type { Done, Effort, Progress, ReviewRequest } from '@ai-review/protocol/review'
import type { Voice } from '../personas/voice.ts'
import type { Recognised } from './earlier/recognise.ts'

/** A finding with its identity, before the routes seal it. */
export type RankedFinding = Omit<Finding, 'seal'>

/** What earlier reviews of the pull request have left: hunks not to be read again, and what became of their findings. */
export type KnownBefore = Pick<Recognised, 'settled' | 'moved' | 'standing'> &
  Partial<Pick<Recognised, 'ledger'>>

export interface PipelineRun {
  readonly effort: Effort
  readonly signal: AbortSignal
  /** Milliseconds since the epoch by which the answer must be out. */
  readonly deadline: number
  /** Lower goes first at the engine. */
  readonly priority: number
  readonly onProgress: (progress: Progress) => void
  readonly known?: KnownBefore
  /** In whose style, as the request asks; null where that persona cannot take part. */
  readonly voice?: Voice | null
}

/** `read` is what the ledger of the run names; empty where there is none to write. */
export type PipelineResult = {
  readonly findings: readonly RankedFinding[]
  readonly read?: readonly string[]
} & Omit<Done, 'summarySeal' | 'ledger'>

/** plan → review → verify → rank. */
export interface Pipeline {
  run(request: ReviewRequest, run: PipelineRun): Promise<PipelineResult>
}

/** In whose style an answer was written: it goes when that persona is forgotten. */
export interface VoiceName {
  readonly repositoryId: number
  readonly login: string
}

/** Answers of the model by a key of everything that determines them. Implementations encrypt at rest. */
export interface ResponseCache {
  get(key: string): Promise<string | undefined>
  /** With `voice`, nothing is kept where there is no such persona (any more). */
  set(key: string, value: string, voice?: VoiceName): Promise<void>
}

export const noCache: ResponseCache = { get: async () => undefined, set: async () => {} }
