import { createParser } from 'eventsource-parser'
import type { StreamMessage } from './folded-review.ts'
import { answerInvalid } from './server-errors.ts'

/** Limits of what is read of an answer, in bytes and characters: a broken server must not fill the runner's memory. */
const answerLimits = { bytes: 128 * 1024 * 1024, eventCharacters: 8 * 1024 * 1024 } as const

/** Server-sent events of a response body as they arrive. Throws `server-answer-invalid` past a limit or for bytes that are no UTF-8. */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<StreamMessage> {
  const arrived: StreamMessage[] = []
  let isTooLong = false
  const parser = createParser({
    onEvent: (event) => arrived.push(event),
    onError: (error) => {
      isTooLong ||= error.type === 'max-buffer-size-exceeded'
    },
    maxBufferSize: answerLimits.eventCharacters,
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > answerLimits.bytes) throw answerInvalid('it is too long')
    parser.feed(decode(decoder, chunk))
    if (isTooLong) throw answerInvalid('an event is too long')
    yield* arrived.splice(0)
  }
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: true })
  } catch {
    throw answerInvalid('it is not UTF-8 text')
  }
}
