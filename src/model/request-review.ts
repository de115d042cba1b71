import { createHash } from 'node:crypto'
import type { ReviewRequestInput, ReviewResult } from '@ai-review/protocol/review'
import type { ModelServer } from '../roles.ts'
import { askOnce, cancelReview } from './ask-review.ts'
import type { ModelServerClientOptions } from './connection.ts'
import { FoldedReview } from './folded-review.ts'
import { isPassing, waitBefore } from './try-again.ts'
import { withinDeadline } from './within-deadline.ts'

/** Asks until the review is there: a stream that breaks is taken up where it broke. */
export async function requestReview(
  server: ModelServerClientOptions,
  request: ReviewRequestInput,
  options: Parameters<ModelServer['review']>[1],
): Promise<ReviewResult> {
  const folded = new FoldedReview(options.onProgress)
  const limits = {
    deadlineMs: request.deadlineMs,
    signal: options.signal,
    hint: 'Raise deadline-minutes, or ask for a lower effort in the policy.',
  }
  return withinDeadline(limits, async (signal) => {
    try {
      return await askUntilDone(server, { request, folded, signal })
    } catch (error) {
      if (signal.aborted) await cancelReview(server, folded.id)
      throw error
    }
  })
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
