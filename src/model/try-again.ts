import { setTimeout as sleep } from 'node:timers/promises'
import type { ReviewError } from '../errors.ts'

/** A failure that may pass: worth another try while the deadline allows. `afterMs` is what the server asked for. */
export class PassingError extends Error {
  override readonly name = 'PassingError'
  /** What it is when it does not pass. */
  readonly final: ReviewError
  readonly afterMs: number | undefined

  constructor(final: ReviewError, afterMs?: number) {
    super(final.message)
    this.final = final
    this.afterMs = afterMs
  }
}

/** Tries in a row that brought nothing, before the failure counts as final. */
const fruitlessTries = 4
const firstWaitMs = 500
const longestWaitMs = 10_000

export function isPassing(error: unknown): error is PassingError {
  return error instanceof PassingError
}

/** Waits as long as the server asked, else longer from try to try. Throws the final error when there is no time left for it. */
export async function waitBefore(retry: {
  readonly error: PassingError
  readonly fruitless: number
  readonly until: number
  readonly signal: AbortSignal
}): Promise<void> {
  const { error, fruitless, until, signal } = retry
  const backoff = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, fruitless - 1))
  // Spread, so that clients that were turned away together do not come back together.
  const wait = (error.afterMs ?? backoff) * (1 + Math.random() / 4)
  if (fruitless >= fruitlessTries || Date.now() + wait >= until) throw error.final
  await sleep(wait, undefined, { signal })
}
