import { Problem } from '@ai-review/protocol/problem'
import type { ReviewRequestInput } from '@ai-review/protocol/review'
import type { Dispatcher } from 'undici'
import { request as send } from 'undici'
import { ReviewError } from '../errors.ts'
import type { ModelServerClientOptions } from './client.ts'
import type { FoldedReview } from './folded-review.ts'
import { readEvents } from './read-events.ts'
import { answerInvalid, problemError, statusError, unreachable } from './server-errors.ts'
import { isPassing } from './try-again.ts'

/** The server says something at least every 15 seconds, if only a comment: silence means that it has gone. */
const patience = { headersMs: 60_000, silenceMs: 60_000, cancelMs: 2000 } as const
const problemBytes = 64 * 1024
const longestRetryAfterMs = 3_600_000

export interface Ask {
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
  const host = hostOf(server)
  try {
    await receive(server, ask, host)
  } catch (error) {
    throw error instanceof ReviewError || isPassing(error) ? error : unreachable(host, error)
  }
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
  if (answer.statusCode !== 200) throw await refusalOf(host, answer)
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
    const answer = await send(`${server.url}/v1/reviews/${encodeURIComponent(id)}`, {
      method: 'DELETE',
      headers: authorization(server),
      signal: AbortSignal.timeout(patience.cancelMs),
      ...through(server),
    })
    await answer.body.dump()
  } catch {
    // The review ends by itself at its deadline.
  }
}

async function open(server: ModelServerClientOptions, ask: Ask): Promise<Dispatcher.ResponseData> {
  const { id, lastEventId } = ask.folded
  const isFirst = id === undefined
  return send(isFirst ? `${server.url}/v1/reviews` : `${server.url}/v1/reviews/${encodeURIComponent(id)}`, {
    method: isFirst ? 'POST' : 'GET',
    headers: {
      ...authorization(server),
      accept: 'text/event-stream',
      ...(isFirst
        ? { 'content-type': 'application/json', 'idempotency-key': ask.idempotencyKey }
        : { 'last-event-id': String(lastEventId) }),
    },
    body: isFirst ? JSON.stringify(ask.request) : null,
    signal: ask.signal,
    headersTimeout: patience.headersMs,
    bodyTimeout: patience.silenceMs,
    ...through(server),
  })
}

async function refusalOf(host: string, answer: Dispatcher.ResponseData): Promise<Error> {
  const code = await problemCodeOf(answer)
  const retryAfterMs = retryAfterOf(answer)
  return statusError(host, {
    status: answer.statusCode,
    ...(code === undefined ? {} : { code }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

async function problemCodeOf(answer: Dispatcher.ResponseData): Promise<string | undefined> {
  if (Number(headerOf(answer, 'content-length') ?? Number.NaN) > problemBytes) {
    discard(answer)
    return undefined
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > problemBytes) return undefined
    chunks.push(chunk)
  }
  try {
    return Problem.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))).code
  } catch {
    return undefined
  }
}

/** Leaves the rest of an answer unread. A body that is cut off emits an error, which nobody else listens to. */
function discard(answer: Dispatcher.ResponseData): void {
  answer.body.on('error', () => {}).destroy()
}

/** RFC 9110: whole seconds, or a date. */
function retryAfterOf(answer: Dispatcher.ResponseData): number | undefined {
  const text = headerOf(answer, 'retry-after')
  if (text === undefined) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.min(longestRetryAfterMs, Math.max(0, ms)) : undefined
}

function headerOf(answer: Dispatcher.ResponseData, name: string): string | undefined {
  const value = answer.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function authorization(server: ModelServerClientOptions): Record<string, string> {
  return server.apiKey === undefined ? {} : { authorization: `Bearer ${server.apiKey}` }
}

function through(server: ModelServerClientOptions): { readonly dispatcher?: Dispatcher } {
  return server.dispatcher === undefined ? {} : { dispatcher: server.dispatcher }
}

function hostOf(server: ModelServerClientOptions): string {
  return new URL(server.url).host
}
