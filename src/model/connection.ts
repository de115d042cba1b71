import { Problem } from '@ai-review/protocol/problem'
import type { Dispatcher } from 'undici'
import { request } from 'undici'
import { ReviewError } from '../errors.ts'
import { statusError, unreachable } from './server-errors.ts'
import { isPassing } from './try-again.ts'

export interface ModelServerClientOptions {
  /** Base address, without `/v1`. */
  readonly url: string
  readonly apiKey?: string
  /** What is shown where there is no key: a fresh one for each request. */
  readonly token?: () => Promise<string>
  /** Where requests go through: a proxy, a certificate of one's own. Absent: undici's own. */
  readonly dispatcher?: Dispatcher
}

interface SendOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | null
  readonly signal: AbortSignal
  /** Milliseconds until the head of the answer is there, and between its bytes. */
  readonly headersTimeout?: number
  readonly bodyTimeout?: number
}

const problemBytes = 64 * 1024
const longestRetryAfterMs = 3_600_000

/** One request, with the key or a token, through the configured way. `path` begins with a slash. */
export async function send(
  { url, apiKey, token, dispatcher }: ModelServerClientOptions,
  path: string,
  { headers, ...options }: SendOptions,
): Promise<Dispatcher.ResponseData> {
  const credential = apiKey ?? (await orAborted(options.signal, token?.()))
  return request(`${url}${path}`, {
    ...options,
    headers: { ...headers, ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }) },
    ...(dispatcher === undefined ? {} : { dispatcher }),
  })
}

/** The service of tokens knows no signal. */
async function orAborted<T>(signal: AbortSignal, work: Promise<T> | undefined): Promise<T | undefined> {
  if (work === undefined) return undefined
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** Runs one exchange with the server; what is no error of ours is a connection that failed. */
export async function exchange<Result>(
  server: ModelServerClientOptions,
  work: (host: string) => Promise<Result>,
): Promise<Result> {
  const host = new URL(server.url).host
  try {
    return await work(host)
  } catch (error) {
    throw error instanceof ReviewError || isPassing(error) ? error : unreachable(host, error)
  }
}

/** The error for an answer that is no success. */
export async function refusalOf(
  { url, apiKey, token }: ModelServerClientOptions,
  answer: Dispatcher.ResponseData,
): Promise<Error> {
  const code = await problemCodeOf(answer)
  const retryAfterMs = retryAfterOf(answer)
  const skew = /error_description="clock skew of (\d{1,12}) s"$/.exec(
    headerOf(answer, 'www-authenticate') ?? '',
  )
  const withoutKey = token === undefined ? 'nothing' : 'token'
  return statusError(new URL(url).host, {
    status: answer.statusCode,
    shown: apiKey === undefined ? withoutKey : 'key',
    ...(skew === null ? {} : { skewSeconds: Number(skew[1]) }),
    ...(code === undefined ? {} : { code }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

async function problemCodeOf(answer: Dispatcher.ResponseData): Promise<string | undefined> {
  const text = await readText(answer, problemBytes)
  const problem = text === undefined ? undefined : Problem.safeParse(parseJson(text))
  return problem?.data?.code
}

/** The whole body of an answer; undefined for one of more than `most` bytes, which is not read on. */
export async function readText(answer: Dispatcher.ResponseData, most: number): Promise<string | undefined> {
  if (Number(headerOf(answer, 'content-length') ?? Number.NaN) > most) {
    discard(answer)
    return undefined
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > most) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The value of a text of JSON; undefined for one that is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Leaves the rest of an answer unread. A body that is cut off emits an error, which nobody else listens to. */
export function discard(answer: Dispatcher.ResponseData): void {
  answer.body.on('error', () => {}).destroy()
}

/** RFC 9110: whole seconds, or a date. */
function retryAfterOf(answer: Dispatcher.ResponseData): number | undefined {
  const text = headerOf(answer, 'retry-after')
  if (text === undefined) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.min(longestRetryAfterMs, Math.max(0, ms)) : undefined
}

export function headerOf(answer: Dispatcher.ResponseData, name: string): string | undefined {
  const value = answer.headers[name]
  return Array.isArray(value) ? value[0] : value
}
