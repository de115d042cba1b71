import { Agent, fetch, type Response } from 'undici'
import { EngineError } from '../engine.ts'
import { errorOfStatus } from './server-error.ts'

/** Milliseconds. `firstToken` runs from the request to the first byte of an answer, `idle` between two of them. */
export interface Timeouts {
  readonly connect: number
  readonly firstToken: number
  readonly idle: number
}

export const defaultTimeouts: Timeouts = { connect: 5_000, firstToken: 60_000, idle: 20_000 }

/** Longest small answer that is read, in UTF-16 units. */
const bodyLengthMax = 8_000_000

/** Longest body of an error that is read, in bytes: it is only looked at for what it means. */
const errorBytesMax = 64_000

interface HttpCall {
  readonly path: string
  /** Sent as JSON by POST; without it the call is a GET. */
  readonly body?: unknown
  readonly signal?: AbortSignal
}

export interface HttpClient extends AsyncDisposable {
  /** The text of a successful answer, piece by piece as it comes. Ends early by closing the connection. */
  stream(call: HttpCall): AsyncGenerator<string>
  /** The whole text of a successful answer. */
  text(call: HttpCall): Promise<string>
}

/** Aborts when nothing was heard for a while; `heard` starts the next wait. */
function createWatchdog(firstMs: number, idleMs: number) {
  const controller = new AbortController()
  const expire = () => controller.abort()
  let timer = setTimeout(expire, firstMs)
  return {
    signal: controller.signal,
    heard: () => {
      clearTimeout(timer)
      timer = setTimeout(expire, idleMs)
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  }
}

const refusedCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
}

/** Why a call failed on the way. A message of the HTTP library may hold an address, never text of the change. */
function errorOfCall(
  error: unknown,
  state: { readonly isCancelled: boolean; readonly isSilent: boolean; readonly isHeard: boolean },
): EngineError {
  if (state.isCancelled) return new EngineError('aborted', 'The call was cancelled.')
  if (state.isSilent) return new EngineError('unavailable', 'The model server stayed silent too long.')
  if (error instanceof EngineError) return error
  if (refusedCodes.has(codeOf(error)) || !state.isHeard) {
    return new EngineError('unavailable', 'The model server cannot be reached.', { cause: error })
  }
  return new EngineError('crashed', 'The model server dropped the connection.', { cause: error })
}

interface HttpClientOptions {
  /** Without a slash at its end. */
  readonly origin: string
  readonly apiKey?: string | undefined
  readonly timeouts: Timeouts
}

async function refuse(response: Response): Promise<never> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    parts.push(part)
    bytes += part.length
    if (bytes > errorBytesMax) break
  }
  const body = Buffer.concat(parts).toString()
  throw errorOfStatus(response.status, body, response.headers.get('retry-after'))
}

/** One connection pool to a model server; redirects are refused, because the code must not follow them elsewhere. */
export function createHttpClient({ origin, apiKey, timeouts }: HttpClientOptions): HttpClient {
  const dispatcher = new Agent({ connect: { timeout: timeouts.connect }, headersTimeout: 0, bodyTimeout: 0 })
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }

  const send = ({ path, body }: HttpCall, signal: AbortSignal) =>
    fetch(`${origin}${path}`, {
      ...(body === undefined
        ? { headers }
        : {
            method: 'POST',
            body: JSON.stringify(body),
            headers: { ...headers, 'content-type': 'application/json' },
          }),
      redirect: 'error',
      dispatcher,
      signal,
    })

  async function* stream(call: HttpCall): AsyncGenerator<string> {
    using watchdog = createWatchdog(timeouts.firstToken, timeouts.idle)
    const left = new AbortController()
    const cancelled = call.signal ?? left.signal
    let isHeard = false
    try {
      const response = await send(call, AbortSignal.any([watchdog.signal, left.signal, cancelled]))
      if (!response.ok) await refuse(response)
      const decoder = new TextDecoder()
      for await (const bytes of response.body ?? []) {
        isHeard = true
        watchdog.heard()
        yield decoder.decode(bytes, { stream: true })
      }
    } catch (error) {
      throw errorOfCall(error, { isCancelled: cancelled.aborted, isSilent: watchdog.signal.aborted, isHeard })
    } finally {
      left.abort()
    }
  }

  return {
    stream,
    text: async (call) => {
      let text = ''
      for await (const piece of stream(call)) {
        text += piece
        if (text.length > bodyLengthMax)
          throw new EngineError('rejected', 'The model server answered without end.')
      }
      return text
    },
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  }
}
