import { createHash } from 'node:crypto'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit as RestOctokit } from '@octokit/rest'
import { Agent, type Dispatcher, EnvHttpProxyAgent, fetch } from 'undici'

export interface ProxySettings {
  readonly httpProxy?: string
  readonly httpsProxy?: string
  readonly noProxy?: string
}

export interface OctokitOptions {
  /** Base of the REST API: `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server. */
  readonly apiUrl: string
  readonly token: string
  /** Ends reads that are under way. Writes are never cut off in the middle: nobody would know whether they landed. */
  readonly signal: AbortSignal
  /** Milliseconds until the run must have ended: a rate limit is waited for only where the wait fits. */
  readonly timeLeft: () => number
  readonly proxy?: ProxySettings
  /** Milliseconds that one unit of back-off lasts. */
  readonly backoffUnitMs?: number
}

const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }
const timeouts = { headersTimeout: 30_000, bodyTimeout: 30_000 } as const
const rateLimitRetries = 2
const LimitedOctokit = RestOctokit.plugin(retry, throttling)

export type Octokit = InstanceType<typeof LimitedOctokit>

/**
 * The one client of GitHub. Reads are retried after server errors; writes are repeated only after a rate
 * limit, which GitHub answers before it does anything. Octokit's own log is off: it prints paths.
 */
export function createOctokit(options: OctokitOptions): Octokit {
  const dispatcher = dispatcherFor(options.proxy)
  const waits = (seconds: number, retries: number) =>
    retries < rateLimitRetries && seconds * 1000 < options.timeLeft() && !options.signal.aborted
  const octokit = new LimitedOctokit({
    auth: options.token,
    baseUrl: options.apiUrl,
    userAgent: 'ai-review-action',
    log: silent,
    request: {
      fetch: (url: string, init: object) => fetch(url, { ...init, dispatcher }),
      log: silent,
    },
    // 429 is the throttling plugin's: it knows when GitHub wants to be asked again.
    retry: {
      doNotRetry: [400, 401, 403, 404, 406, 410, 422, 429, 451],
      retryAfterBaseValue: options.backoffUnitMs ?? 1000,
    },
    throttle: {
      // GitHub counts by token, so the gaps between writes are kept by token.
      id: createHash('sha256').update(options.token).digest('hex'),
      retryAfterBaseValue: options.backoffUnitMs ?? 1000,
      onRateLimit: (seconds, { request }) => waits(seconds, Number(request.retryCount ?? 0)),
      onSecondaryRateLimit: (seconds, { request }) => waits(seconds, Number(request.retryCount ?? 0)),
    },
  })
  octokit.hook.before('request', (request) => {
    // 2026-03-10 removes fields: https://docs.github.com/en/rest/about-the-rest-api/breaking-changes
    request.headers['x-github-api-version'] = '2022-11-28'
    if (request.method === 'GET') request.request = { ...request.request, signal: options.signal }
    else request.request = { ...request.request, retries: 0 }
  })
  return octokit
}

function dispatcherFor(proxy: ProxySettings | undefined): Dispatcher {
  if (proxy?.httpProxy === undefined && proxy?.httpsProxy === undefined) return new Agent(timeouts)
  return new EnvHttpProxyAgent({ ...timeouts, ...proxy })
}

function ignore(): void {}
