import { type ReplyRequestInput, ReplyResult } from '@ai-review/protocol/reply'
import type { ReplyServer } from '../roles.ts'
import type { ModelServerClientOptions } from './connection.ts'
import { discard, exchange, headerOf, parseJson, readText, refusalOf, send } from './connection.ts'
import { answerInvalid } from './server-errors.ts'
import { isPassing, waitBefore } from './try-again.ts'
import { withinDeadline } from './within-deadline.ts'

/** Many times what an answer and a mark take up. */
const resultBytes = 256 * 1024

/** Asks until the answer in a thread is there. Asking changes nothing at the server, so asking again is safe. */
export async function requestReply(
  server: ModelServerClientOptions,
  request: ReplyRequestInput,
  options: Parameters<ReplyServer['reply']>[1],
): Promise<ReplyResult> {
  const { deadlineMs } = request
  const hint = 'Raise deadline-minutes, or serve the model on a faster machine.'
  return withinDeadline({ deadlineMs, signal: options.signal, hint }, async (signal) => {
    const until = Date.now() + deadlineMs
    for (let fruitless = 1; ; fruitless += 1) {
      try {
        const timeLeft = Math.max(1000, until - Date.now())
        const body = { ...request, deadlineMs: Math.min(deadlineMs, timeLeft) }
        return await exchange(server, (host) => ask(server, body, { signal, host }))
      } catch (error) {
        if (signal.aborted || !isPassing(error)) throw error
        await waitBefore({ error, fruitless, until, signal })
      }
    }
  })
}

async function ask(
  server: ModelServerClientOptions,
  request: ReplyRequestInput,
  { signal, host }: { readonly signal: AbortSignal; readonly host: string },
): Promise<ReplyResult> {
  // The server says nothing until it has the answer; the signal ends the wait.
  const answer = await send(server, '/v1/replies', {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(request),
    signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  if (answer.statusCode !== 200) throw await refusalOf(host, answer)
  if (!/^application\/json\b/i.test(headerOf(answer, 'content-type') ?? '')) {
    discard(answer)
    throw answerInvalid('it is not JSON')
  }
  const text = await readText(answer, resultBytes)
  if (text === undefined) throw answerInvalid('it is too long')
  const result = ReplyResult.safeParse(parseJson(text))
  if (!result.success) throw answerInvalid('it does not fit the contract')
  return result.data
}
