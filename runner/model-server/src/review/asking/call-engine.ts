import { setTimeout as sleep } from 'node:timers/promises'
import type { NotReachedReason } from '@ai-review/protocol/review'
import { EngineError } from '../../engine/engine.ts'
import { type Deadline, orCut } from '../deadline.ts'

type EngineOutcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'overflow' }
  | { readonly kind: 'failed'; readonly reason: NotReachedReason }

/** Calls the engine on behalf of one review, and stops asking an engine that keeps failing. */
export type CallEngine = <Value>(call: () => Promise<Value>) => Promise<EngineOutcome<Value>>

/** Failures in a row after which the engine is not asked again in this review. */
const failuresMax = 3

/** Wait before an engine that was unavailable is asked once more. */
const retryAfterMs = 1000

/** Time the engine has to answer an abort before it is left alone. */
const abortGraceMs = 250

type Attempt<Value> = EngineOutcome<Value> | { readonly kind: 'retry'; readonly afterMs: number }

async function attempt<Value>(call: () => Promise<Value>, deadline: Deadline): Promise<Attempt<Value>> {
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
    const code = error instanceof EngineError ? error.code : 'rejected'
    if (code === 'context-overflow') return { kind: 'overflow' }
    if (code === 'crashed') return { kind: 'retry', afterMs: 0 }
    if (code === 'unavailable') return { kind: 'retry', afterMs: retryAfterMs }
    return { kind: 'failed', reason: 'engine-failed' }
  }
}

/**
 * A caller of the engine that turns its errors into outcomes: a crash and an unavailable engine are tried once more,
 * an overflow is told, the rest is `engine-failed`; after the deadline or a cancellation nothing is asked.
 */
export function createCallEngine(deadline: Deadline): CallEngine {
  let failures = 0
  return async (call) => {
    if (failures >= failuresMax) return { kind: 'failed', reason: 'engine-failed' }
    let outcome = await attempt(call, deadline)
    if (outcome.kind === 'retry') {
      await sleep(outcome.afterMs, undefined, { signal: deadline.signal }).catch(() => undefined)
      outcome = await attempt(call, deadline)
    }
    const settled: Exclude<typeof outcome, { kind: 'retry' }> =
      outcome.kind === 'retry' ? { kind: 'failed', reason: 'engine-failed' } : outcome
    const isFailure = settled.kind === 'failed' && settled.reason === 'engine-failed'
    failures = isFailure ? failures + 1 : 0
    return settled
  }
}
