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

/** Milliseconds that a server asks to wait by its `Retry-After` header, in either of its forms. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined
  const ms = /^\d{1,7}(?:\.\d{1,3})?$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return ms > 0 ? Math.ceil(ms) : undefined
}

/**
 * What an answer of a status other than 200 means. The server's own words are never repeated: they may quote the
 * prompt. `retryHeader` is the value of `Retry-After`.
 */
export function errorOfStatus(status: number, body: string, retryHeader: string | null): EngineError {
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
    const retryAfterMs = retryAfter(retryHeader)
    const wait = retryAfterMs === undefined ? '' : ` It asks to wait ${Math.ceil(retryAfterMs / 1000)} s.`
    return new EngineError('unavailable', `The model server is busy or down (${status}).${wait}`, {
      retryAfterMs,
    })
  }
  if (status >= 500) return new EngineError('crashed', `The model server failed (${status}).`)
  return new EngineError('rejected', `The model server refused the request (${status}).`)
}
