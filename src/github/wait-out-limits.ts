import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { asGraphqlErrors, GraphqlErrors } from './graphql-errors.ts'
import { isGraphqlLimit, isRateLimit } from './rate-limit.ts'
import { asHttpError } from './translate-error.ts'

interface Patience {
  /** Milliseconds that may still be waited. */
  readonly timeLeft: () => number
  /** Ends a wait. */
  readonly signal: AbortSignal
  /** Milliseconds that a second of waiting lasts. */
  readonly secondMs: number
}

type Headers = Readonly<Record<string, string | number | undefined>>
type Limited = { readonly headers: Headers }

const mostWaits = 6
const shortestBackoffSeconds = 60

const GraphqlAnswer = z.object({
  data: z.object({ errors: GraphqlErrors }),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.undefined()])),
})
const FailedAnswer = z.object({ response: z.object({ headers: GraphqlAnswer.shape.headers }) })

/**
 * Asks again after each rate limit, as often as the waits fit into the time left; GitHub answers a limit before it does
 * anything, so a write is repeated safely. Gives back or throws the last answer else.
 */
export async function waitOutLimits<T>(ask: () => Promise<T>, patience: Patience): Promise<T> {
  for (let waits = 0; ; waits++) {
    const attempt = await settled(ask)
    const limited = limitIn(attempt)
    if (limited === null || patience.signal.aborted || waits === mostWaits) return outcomeOf(attempt)
    const seconds = secondsToWait(limited.headers, waits)
    if (seconds * 1000 >= patience.timeLeft()) return outcomeOf(attempt)
    await sleep(seconds * patience.secondMs, undefined, { signal: patience.signal })
  }
}

type Attempt<T> = { readonly answer: T } | { readonly error: unknown }

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

function limitIn(attempt: Attempt<unknown>): Limited | null {
  if ('answer' in attempt) {
    const graphql = GraphqlAnswer.safeParse(attempt.answer)
    return graphql.success && isGraphqlLimit(graphql.data.data.errors) ? graphql.data : null
  }
  const graphql = asGraphqlErrors(attempt.error)
  const http = asHttpError(attempt.error)
  const isLimit = graphql === null ? http !== null && isRateLimit(http) : isGraphqlLimit(graphql)
  if (!isLimit) return null
  return FailedAnswer.safeParse(attempt.error).data?.response ?? { headers: {} }
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
