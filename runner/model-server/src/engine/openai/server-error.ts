import { z } from 'zod'
import { EngineError } from '../engine.ts'
import { parseJson } from '../parse-json.ts'

/** `error` is an object for most servers, and a plain text for what their gateways refuse. */
const ErrorBody = z.object({
  error: z.union([
    z.string().transform((message) => ({ message, type: '' })),
    z.object({ message: z.string().catch(''), type: z.string().catch('') }),
  ]),
})

const overflowText =
  /maximum context length|context (?:size|length|window)|exceed_context_size|n_ctx|prompt is too long/i

function isOverflow(body: string): boolean {
  const parsed = ErrorBody.safeParse(parseJson(body))
  return parsed.success && overflowText.test(`${parsed.data.error.type} ${parsed.data.error.message}`)
}

/** Seconds that a server asks to wait by its `Retry-After` header; 0 where it does not say. */
function retryAfterSeconds(header: string | null): number {
  const seconds = Number(header)
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 0
}

/**
 * What an answer of a status other than 200 means. The server's own words are never repeated: they may quote the
 * prompt. `retryAfter` is the value of that header.
 */
export function errorOfStatus(status: number, body: string, retryAfter: string | null): EngineError {
  if (status === 400 && isOverflow(body)) {
    return new EngineError(
      'context-overflow',
      'The prompt and its answer exceed the context of the model server.',
    )
  }
  if (status === 401 || status === 403) {
    return new EngineError('rejected', `The model server answered ${status}: check the key it was given.`)
  }
  if (status === 404) {
    return new EngineError('rejected', 'The model server answered 404: check its address and the model name.')
  }
  if (status === 429 || status === 502 || status === 503 || status === 504) {
    const seconds = retryAfterSeconds(retryAfter)
    const wait = seconds > 0 ? ` It asks to wait ${seconds} s.` : ''
    return new EngineError('unavailable', `The model server is busy or down (${status}).${wait}`)
  }
  if (status >= 500) return new EngineError('crashed', `The model server failed (${status}).`)
  return new EngineError('rejected', `The model server refused the request (${status}).`)
}
