import { type ReplyRequestInput, ReplyResult } from '@ai-review/protocol/reply'
import type { ReplyServer } from '../roles.ts'
import { askForJson } from './ask-for-json.ts'
import { exchange, type ModelServerClientOptions } from './connection.ts'
import { isPassing, waitBefore } from './try-again.ts'
import { withinDeadline } from './within-deadline.ts'

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
        return await exchange(server, () => ask(server, body, signal))
      } catch (error) {
        if (signal.aborted || !isPassing(error)) throw error
        await waitBefore({ error, fruitless, until, signal })
      }
    }
  })
}

function ask(
  server: ModelServerClientOptions,
  request: ReplyRequestInput,
  signal: AbortSignal,
): Promise<ReplyResult> {
  const asking = { method: 'POST', path: '/v1/replies', body: request, signal } as const
  return askForJson(server, asking, ReplyResult)
}
