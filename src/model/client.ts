import { createHash } from 'node:crypto'
import type { ReviewRequestInput, ReviewResult } from '@ai-review/protocol/review'
import type { Dispatcher } from 'undici'
import { ReviewError } from '../errors.ts'
import type { ModelServer } from '../roles.ts'
import { askOnce, cancelReview } from './ask.ts'
import { FoldedReview } from './folded-review.ts'
import { isPassing, waitBefore } from './try-again.ts'

/** Time on top of the review's own, in which an answer that left the server in time still arrives. */
const transportMs = 2000

export interface ModelServerClientOptions {
  /** Base address, without `/v1`. */
  readonly url: string
  readonly apiKey?: string
  /** Where requests go through: a proxy, a certificate of one's own. Absent: undici's own. */
  readonly dispatcher?: Dispatcher
}

export type ReviewOptions = Parameters<ModelServer['review']>[1]

/**
 * Asks a model server for reviews over HTTP. A stream that breaks is taken up where it broke; a server that is busy
 * is asked again when it says so; all of it within the request's `deadlineMs`. The same request sent twice, by this
 * process or a later one, is one review. Redirects are not followed.
 *
 * `review` throws a ReviewError: `server-unreachable`, `server-unauthorized`, `server-busy`, `server-refused`,
 * `server-answer-invalid`, `deadline`, `cancelled`, or `head-moved` when a newer head took the review's place.
 */
export function createModelServerClient(options: ModelServerClientOptions): ModelServer {
  return { review: (request, reviewOptions) => review(options, request, reviewOptions) }
}

async function review(
  server: ModelServerClientOptions,
  request: ReviewRequestInput,
  options: ReviewOptions,
): Promise<ReviewResult> {
  const timeUp = AbortSignal.timeout(request.deadlineMs + transportMs)
  const signal = AbortSignal.any([options.signal, timeUp])
  const folded = new FoldedReview(options.onProgress)
  try {
    return await askUntilDone(server, { request, folded, signal })
  } catch (error) {
    if (!signal.aborted) throw error
    await cancelReview(server, folded.id)
    throw options.signal.aborted ? wasCancelled() : ranOutOfTime(request.deadlineMs)
  }
}

interface Asking {
  readonly request: ReviewRequestInput
  readonly folded: FoldedReview
  readonly signal: AbortSignal
}

async function askUntilDone(server: ModelServerClientOptions, asking: Asking): Promise<ReviewResult> {
  const { request, folded, signal } = asking
  const until = Date.now() + request.deadlineMs
  const idempotencyKey = nameOf(request)
  let fruitless = 0
  for (;;) {
    const before = folded.furthest
    const timeLeft = Math.max(1000, until - Date.now())
    try {
      const body = { ...request, deadlineMs: Math.min(request.deadlineMs, timeLeft) }
      await askOnce(server, { request: body, idempotencyKey, folded, signal })
      const { result } = folded
      if (result !== undefined) return result
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error
      // A review that begins again and breaks off at the same place gets nowhere.
      fruitless = folded.furthest > before ? 0 : fruitless + 1
      await waitBefore({ error, fruitless, until, signal })
    }
  }
}

/** The same for the same request, whenever it is sent: the time left is no part of what is asked. */
function nameOf(request: ReviewRequestInput): string {
  const { deadlineMs: _timeLeft, ...asked } = request
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}

function wasCancelled(): ReviewError {
  return new ReviewError('cancelled', 'The review was cancelled.', {
    hint: 'Run the workflow again if the review is still wanted.',
  })
}

function ranOutOfTime(deadlineMs: number): ReviewError {
  return new ReviewError(
    'deadline',
    `The model server did not finish within ${Math.round(deadlineMs / 1000)} s.`,
    {
      hint: 'Raise deadline-minutes, or ask for a lower effort in the policy.',
      retryable: true,
    },
  )
}
