import { setTimeout as sleep } from 'node:timers/promises'
import type { NotReachedReason } from '@ai-review/protocol/review'
import { EngineError } from '../../engine/engine.ts'
import { type Clock, type Deadline, orCut } from '../deadline.ts'

type EngineOutcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'overflow' }
  | { readonly kind: 'failed'; readonly reason: NotReachedReason }

/** Calls the engine on behalf of one review, and stops asking an engine that keeps failing. */
type CallEngine = <Value>(call: () => Promise<Value>) => Promise<EngineOutcome<Value>>

/** Failures in a row after which the engine is not asked again in this review. */
const failuresMax = 3

/** Wait before an engine that was unavailable is asked once more, where it does not say how long. */
const defaultRetryMs = 1000

/** Times that an engine is asked again which says each time when to come back. */
const announcedRetriesMax = 5

/** Time the engine has to answer an abort before it is left alone. */
const abortGraceMs = 250

interface Retry {
  readonly kind: 'retry'
  readonly afterMs: number
  /** Times that a call which ends so is tried again. */
  readonly most: number
}

/** What an error of the engine means for the call. */
function readError(error: unknown): EngineOutcome<never> | Retry {
  const failed = { kind: 'failed', reason: 'engine-failed' } as const
  if (!(error instanceof EngineError)) return failed
  switch (error.code) {
    case 'context-overflow':
      return { kind: 'overflow' }
    case 'crashed':
      return { kind: 'retry', afterMs: 0, most: 1 }
    case 'unavailable': {
      const { retryAfterMs } = error
      if (retryAfterMs === undefined) return { kind: 'retry', afterMs: defaultRetryMs, most: 1 }
      return { kind: 'retry', afterMs: retryAfterMs, most: announcedRetriesMax }
    }
    case 'rejected':
    case 'aborted':
      return failed
  }
}

async function attempt<Value>(
  call: () => Promise<Value>,
  deadline: Deadline,
): Promise<EngineOutcome<Value> | Retry> {
  const { signal } = deadline
  if (signal.aborted) return { kind: 'failed', reason: deadline.reason() }
  try {
    const done = call().then((value) => ({ kind: 'done' as const, value }))
    return (
      (await orCut(done, { signal, graceMs: abortGraceMs, cut: null })) ?? {
        kind: 'failed',
        reason: deadline.reason(),
      }
    )
  } catch (error) {
    if (signal.aborted) return { kind: 'failed', reason: deadline.reason() }
    return readError(error)
  }
}

/**
 * A caller of the engine that turns its errors into outcomes: a crash and an unavailable engine are tried once more,
 * one that says when to come back more often, unless that is past the deadline; an overflow is told, the rest is
 * `engine-failed`; after the deadline or a cancellation nothing is asked.
 */
export function createCallEngine(deadline: Deadline, now: Clock): CallEngine {
  let failures = 0
  const settle = async <Value>(call: () => Promise<Value>): Promise<EngineOutcome<Value>> => {
    for (let retries = 0; ; retries += 1) {
      const outcome = await attempt(call, deadline)
      if (outcome.kind !== 'retry') return outcome
      const isTooLate = outcome.afterMs >= deadline.at - now()
      if (retries === outcome.most || isTooLate) return { kind: 'failed', reason: 'engine-failed' }
      await sleep(outcome.afterMs, undefined, { signal: deadline.signal }).catch(() => undefined)
    }
  }
  return async (call) => {
    if (failures >= failuresMax) return { kind: 'failed', reason: 'engine-failed' }
    const outcome = await settle(call)
    const isFailure = outcome.kind === 'failed' && outcome.reason === 'engine-failed'
    failures = isFailure ? failures + 1 : 0
    return outcome
  }
}
