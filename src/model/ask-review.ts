import type { ReviewRequestInput } from '@ai-review/protocol/review'
import type { Dispatcher } from 'undici'
import type { ModelServerClientOptions } from './connection.ts'
import { discard, exchange, headerOf, refusalOf, send } from './connection.ts'
import type { FoldedReview } from './folded-review.ts'
import { readEvents } from './read-events.ts'
import { answerInvalid, problemError, unreachable } from './server-errors.ts'

/** The server says something at least every 15 seconds, if only a comment: silence means that it has gone. */
const patience = { headersMs: 60_000, silenceMs: 60_000, cancelMs: 2000 } as const

interface Ask {
  readonly request: ReviewRequestInput
  readonly idempotencyKey: string
  readonly folded: FoldedReview
  readonly signal: AbortSignal
}

/**
 * One connection: asks for the review, or for the rest of it, and folds what comes until the stream ends. Throws a
 * PassingError where another connection may bring the rest, else a ReviewError.
 */
export async function askOnce(server: ModelServerClientOptions, ask: Ask): Promise<void> {
  await exchange(server, (host) => receive(server, ask, host))
}

async function receive(server: ModelServerClientOptions, ask: Ask, host: string): Promise<void> {
  const { folded } = ask
  const answer = await open(server, ask)
  if (answer.statusCode === 404 && folded.id !== undefined) {
    // The server was restarted in between.
    await answer.body.dump()
    folded.restart()
    throw problemError(host, 'shutting-down')
  }
  if (answer.statusCode !== 200) throw await refusalOf(server, answer)
  if (!/^text\/event-stream\b/i.test(headerOf(answer, 'content-type') ?? '')) {
    discard(answer)
    throw answerInvalid('it is not a stream of events')
  }
  for await (const message of readEvents(answer.body)) {
    const problem = folded.add(message)
    if (problem !== undefined) {
      folded.restart()
      throw problemError(host, problem.code)
    }
    if (folded.result !== undefined) return
  }
  throw unreachable(host, undefined)
}

/** Tells the server to stop; whether it hears that does not matter any more. */
export async function cancelReview(server: ModelServerClientOptions, id: string | undefined): Promise<void> {
  if (id === undefined) return
  try {
    const answer = await send(server, `/v1/reviews/${encodeURIComponent(id)}`, {
      method: 'DELETE',
      signal: AbortSignal.timeout(patience.cancelMs),
    })
    await answer.body.dump()
  } catch {
    // The review ends by itself at its deadline.
  }
}

async function open(server: ModelServerClientOptions, ask: Ask): Promise<Dispatcher.ResponseData> {
  const { id, lastEventId } = ask.folded
  const isFirst = id === undefined
  return send(server, isFirst ? '/v1/reviews' : `/v1/reviews/${encodeURIComponent(id)}`, {
    method: isFirst ? 'POST' : 'GET',
    headers: {
      accept: 'text/event-stream',
      ...(isFirst
        ? { 'content-type': 'application/json', 'idempotency-key': ask.idempotencyKey }
        : { 'last-event-id': String(lastEventId) }),
    },
    body: isFirst ? JSON.stringify(ask.request) : null,
    signal: ask.signal,
    headersTimeout: patience.headersMs,
    bodyTimeout: patience.silenceMs,
  })
}
