import type { Category, Severity } from '@ai-review/protocol/finding'
import type { EarlierState } from '@ai-review/protocol/review'

/**
 * How a finding of an earlier run stands now. `open`: it still holds, as far as anybody knows. `fixed`: what it was about
 * is gone. `declined`: a person said that it does not matter.
 */
export type Standing = 'open' | 'fixed' | 'declined'

/**
 * What a run does with the thread of such a finding. `resolve` a fixed one; `reopen` one that we resolved and that is
 * found again; `leave-replied`: fixed, but a person has spoken in it; `leave-not-permitted`: the token may not.
 */
export type ThreadStep = 'none' | 'resolve' | 'reopen' | 'leave-replied' | 'leave-not-permitted'

/** A finding that was said in an earlier run, under a mark that the server believes. */
export interface EarlierRecord {
  readonly identity: string
  /** Absent on marks that do not tell. */
  readonly severity?: Severity
  readonly category?: Category
  readonly state: EarlierState
  readonly standing: Standing
  readonly step: ThreadStep
  /** Null for what was said in a summary only. */
  readonly thread: {
    readonly id: string | null
    readonly commentId: number
    readonly path: string
    readonly line: number | null
    readonly isResolved: boolean
  } | null
}
