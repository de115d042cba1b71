import { z } from 'zod'
import { EngineError, type EngineErrorCode } from '../engine.ts'
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

/** An answer of a status other than 200. */
export class StatusError extends EngineError {
  readonly status: number
  constructor(status: number, code: EngineErrorCode, { message, retryAfterMs }: StatusErrorParts) {
    super(code, message, { retryAfterMs })
    this.status = status
  }
}

interface StatusErrorParts {
  readonly message: string
  readonly retryAfterMs?: number | undefined
}

/**
 * What an answer of a status other than 200 means. The server's own words are never repeated: they may quote the
 * prompt. `retryHeader` is the value of `Retry-After`.
 */
export function errorOfStatus(status: number, body: string, retryHeader: string | null): StatusError {
  const [code, message] = meaningOf(status, body)
  if (code !== 'unavailable') return new StatusError(status, code, { message })
  const retryAfterMs = retryAfter(retryHeader)
  const wait = retryAfterMs === undefined ? '' : ` It asks to wait ${Math.ceil(retryAfterMs / 1000)} s.`
  return new StatusError(status, code, { message: `${message}${wait}`, retryAfterMs })
}

function meaningOf(status: number, body: string): readonly [EngineErrorCode, string] {
  if (status === 400 && isOverflow(body)) {
    return ['context-overflow', 'The prompt and its answer exceed the context of the model server.']
  }
  switch (status) {
    case 401:
    case 403:
      return ['rejected', `The model server answered ${status}: check the key it was given.`]
    case 404:
      return ['rejected', 'The model server answered 404: check its address and the model name.']
    case 429:
    case 502:
    case 503:
    case 504:
      return ['unavailable', `The model server is busy or down (${status}).`]
  }
  if (status >= 500) return ['crashed', `The model server failed (${status}).`]
  return ['rejected', `The model server refused the request (${status}).`]
}
