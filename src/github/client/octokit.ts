import { createHash } from 'node:crypto'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit as RestOctokit } from '@octokit/rest'
import { guardedFetch, reserves } from './guarded-fetch.ts'
import { type ProxySettings, proxyDispatcher } from './proxy-dispatcher.ts'
import { kindOfRequest, type RequestKind } from './request-kind.ts'
import { waitOutLimits } from './wait-out-limits.ts'

interface OctokitOptions {
  /** Base of the REST API: `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server. */
  readonly apiUrl: string
  readonly token: string
  /** Ends reads that are under way. Writes are cut off by the deadline alone: nobody would know whether they landed. */
  readonly signal: AbortSignal
  /** Milliseconds until the run must have ended: no write starts later, and no rate limit is waited for longer. */
  readonly timeLeft: () => number
  readonly proxy?: ProxySettings
  /** Milliseconds that one unit of back-off lasts. */
  readonly backoffUnitMs?: number
  /** False sends writes without the gaps that GitHub asks for; for a host that has no limits. */
  readonly isPaced?: boolean
}

const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }
const LimitedOctokit = RestOctokit.plugin(retry, throttling)

type Client = InstanceType<typeof LimitedOctokit>

export interface Octokit extends Client {
  /** Asks GraphQL something that changes nothing. `graphql` is for mutations: a second is kept between writes. */
  readonly query: Client['graphql']
}

/** Requests of a client that went out so far, those that were repeated included. */
export interface RequestCount {
  readonly requestCount: () => number
}

/**
 * The one client of GitHub. Reads are retried after server errors; writes are repeated only after a rate
 * limit, which GitHub answers before it does anything. Octokit's own log is off: it prints paths.
 */
export function createOctokit(options: OctokitOptions): Octokit & RequestCount {
  let requests = 0
  const onRequest = () => {
    requests += 1
  }
  const octokit = createClient(options, onRequest)
  // The plugin that keeps the gaps takes every POST for a write.
  const { graphql: query } = createClient({ ...options, isPaced: false }, onRequest)
  return Object.assign(octokit, { query, requestCount: () => requests })
}

function createClient(options: OctokitOptions, onRequest: () => void): Client {
  const { signal, timeLeft, backoffUnitMs = 1000 } = options
  const octokit = new LimitedOctokit({
    auth: options.token,
    baseUrl: options.apiUrl,
    userAgent: 'ai-review-action',
    log: silent,
    request: {
      fetch: guardedFetch({ dispatcher: proxyDispatcher(options.proxy), timeLeft, onRequest }),
      log: silent,
    },
    // 429 is a rate limit: it is waited for.
    retry: {
      doNotRetry: [400, 401, 403, 404, 406, 410, 422, 429, 451],
      retryAfterBaseValue: backoffUnitMs,
    },
    throttle: {
      enabled: options.isPaced ?? true,
      // GitHub counts by token, so the gaps between writes are kept by token.
      id: createHash('sha256').update(options.token).digest('hex'),
      // The plugin knows two of the forms that a limit has; all of them are waited for below.
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false,
    },
  })
  octokit.hook.before('request', (request) => {
    // 2026-03-10 removes fields: https://docs.github.com/en/rest/about-the-rest-api/breaking-changes
    request.headers['x-github-api-version'] = '2022-11-28'
    if (kindOf(request) === 'read') request.request = { ...request.request, signal }
    else request.request = { ...request.request, retries: 0 }
  })
  octokit.hook.wrap('request', (request, parameters) => {
    const reserve = reserves[kindOf(parameters)].start
    const patience = { timeLeft: () => timeLeft() - reserve, signal, secondMs: backoffUnitMs }
    return waitOutLimits(async () => await request(parameters), patience)
  })
  return octokit
}

function kindOf(parameters: { method: string; url: string; query?: unknown }): RequestKind {
  const { method, url, query } = parameters
  return kindOfRequest(url.replace(/\{\w+\}/g, '0'), { method, body: JSON.stringify({ query }) })
}

function ignore(): void {}
