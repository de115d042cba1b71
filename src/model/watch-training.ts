import { TrainingStatus } from '@ai-review/protocol/persona'
import type { PersonaServer } from '../roles.ts'
import type { ModelServerClientOptions } from './connection.ts'
import { discard, exchange, headerOf, parseJson, refusalOf, send } from './connection.ts'
import { readEvents } from './read-events.ts'
import { answerInvalid, unreachable } from './server-errors.ts'
import { isPassing, waitBefore } from './try-again.ts'

/** The server says something at least every 15 seconds, if only a comment: silence means that it has gone. */
const silenceMs = 60_000
const ends: ReadonlySet<TrainingStatus['state']> = new Set(['done', 'failed', 'cancelled'])

type Watching = Parameters<PersonaServer['watchTraining']>[1]

/**
 * Follows the training at `path` until it has ended or the signal fires, and answers with the last that was told; null
 * where nothing was. A stream that breaks is asked for again.
 */
export async function watchTraining(
  server: ModelServerClientOptions,
  path: string,
  { signal, onStatus }: Watching,
): Promise<TrainingStatus | null> {
  let last: TrainingStatus | null = null
  let fruitless = 0
  const tell = (status: TrainingStatus) => {
    last = status
    fruitless = 0
    onStatus(status)
  }
  while (!signal.aborted) {
    try {
      await exchange(server, (host) => follow(server, { path, host, signal, tell }))
      return last
    } catch (error) {
      if (signal.aborted) return last
      if (!isPassing(error)) throw error
      fruitless += 1
      const until = Number.POSITIVE_INFINITY
      await waitBefore({ error, fruitless, until, signal }).catch((final: unknown) => {
        if (!signal.aborted) throw final
      })
    }
  }
  return last
}

interface Following {
  readonly path: string
  readonly host: string
  readonly signal: AbortSignal
  readonly tell: (status: TrainingStatus) => void
}

/** One connection. What a later version says beside states is passed over. */
async function follow(
  server: ModelServerClientOptions,
  { path, host, signal, tell }: Following,
): Promise<void> {
  const answer = await send(server, path, {
    method: 'GET',
    headers: { accept: 'text/event-stream' },
    signal,
    bodyTimeout: silenceMs,
  })
  if (answer.statusCode !== 200) throw await refusalOf(server, answer)
  if (!/^text\/event-stream\b/i.test(headerOf(answer, 'content-type') ?? '')) {
    discard(answer)
    throw answerInvalid('it is not a stream of events')
  }
  for await (const { data } of readEvents(answer.body)) {
    const status = TrainingStatus.safeParse(parseJson(data))
    if (!status.success) continue
    tell(status.data)
    if (ends.has(status.data.state)) return
  }
  throw unreachable(host, undefined)
}
