import { setTimeout as sleep } from 'node:timers/promises'
import type { Attempt, Headers } from './limit-in.ts'

interface Patience {
  /** Milliseconds that may still be waited. */
  readonly timeLeft: () => number
  /** Ends a wait. */
  readonly signal: AbortSignal
  /** Milliseconds that a second of waiting lasts. */
  readonly secondMs: number
}

const mostWaits = 6
const shortestBackoffSeconds = 60

/**
 * Asks again after each rate limit, as often as the waits fit into the time left; GitHub answers a limit before it does
 * anything, so a write is repeated safely. Gives back or throws the last answer else.
 */
export async function waitOutLimits<T>(ask: () => Promise<T>, patience: Patience): Promise<T> {
  for (let waits = 0; ; waits++) {
    const attempt = await settled(ask)
    if (isPlainly(attempt)) return attempt.answer
    // Not needed for most requests, and not for the first one, which waits for nothing that can load later.
    const { limitIn } = await import('./limit-in.ts')
    const limited = limitIn(attempt)
    if (limited === null || patience.signal.aborted || waits === mostWaits) return outcomeOf(attempt)
    const seconds = secondsToWait(limited, waits)
    if (seconds * 1000 >= patience.timeLeft()) return outcomeOf(attempt)
    await sleep(seconds * patience.secondMs, undefined, { signal: patience.signal })
  }
}

/** True for an answer that hides no limit: GraphQL tells errors under the status 200. */
function isPlainly<T>(attempt: Attempt<T>): attempt is { readonly answer: T } {
  return 'answer' in attempt && !hasErrors(attempt.answer)
}

function hasErrors(answer: unknown): boolean {
  return isObject(answer) && 'data' in answer && isObject(answer.data) && 'errors' in answer.data
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

async function settled<T>(ask: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { answer: await ask() }
  } catch (error) {
    return { error }
  }
}

function outcomeOf<T>(attempt: Attempt<T>): T {
  if ('error' in attempt) throw attempt.error
  return attempt.answer
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
function secondsToWait(headers: Headers, waits: number): number {
  const after = Number(headers['retry-after'])
  if (after > 0) return after
  const reset = Number(headers['x-ratelimit-reset'])
  if (String(headers['x-ratelimit-remaining']) === '0' && reset > 0) {
    return Math.max(1, Math.ceil(reset - Date.now() / 1000) + 1)
  }
  return shortestBackoffSeconds * 2 ** waits
}
