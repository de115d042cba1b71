import type { z } from 'zod'
import type { ModelServerClientOptions } from './connection.ts'
import { discard, headerOf, parseJson, readText, refusalOf, send } from './connection.ts'
import { answerInvalid } from './server-errors.ts'

/** Many times what an answer, a mark or a card takes up. */
const resultBytes = 1024 * 1024

interface Asking {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Begins with a slash. */
  readonly path: string
  /** Sent as JSON; absent: no body. */
  readonly body?: unknown
  /** Ends the wait: the server may say nothing until it has the answer. */
  readonly signal: AbortSignal
}

/** One request whose answer is JSON of this shape. Throws a PassingError where another try may help, else a ReviewError. */
export async function askForJson<Shape extends z.ZodType>(
  server: ModelServerClientOptions,
  { method, path, body, signal }: Asking,
  schema: Shape,
): Promise<z.output<Shape>> {
  const answer = await send(server, path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  if (answer.statusCode < 200 || answer.statusCode > 202) throw await refusalOf(server, answer)
  if (!/^application\/json\b/i.test(headerOf(answer, 'content-type') ?? '')) {
    discard(answer)
    throw answerInvalid('it is not JSON')
  }
  const text = await readText(answer, resultBytes)
  if (text === undefined) throw answerInvalid('it is too long')
  const result = schema.safeParse(parseJson(text))
  if (!result.success) throw answerInvalid('it does not fit the contract')
  return result.data
}
