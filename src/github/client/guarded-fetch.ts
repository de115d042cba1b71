import { type Dispatcher, fetch, Response } from 'undici'
import { ReviewError } from '../../errors.ts'
import { kindOfRequest, type RequestKind } from './request-kind.ts'

interface FetchInit {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string
  readonly signal?: AbortSignal
}

interface GuardedFetchOptions {
  readonly dispatcher: Dispatcher
  /** Milliseconds until the run must have ended. */
  readonly timeLeft: () => number
  /** Called for every request that goes out. */
  readonly onRequest: () => void
}

/**
 * What of the time left a write leaves alone, in milliseconds: none starts with less than `start`, and one under way is
 * cut off at `end`. Checks are completed until the deadline itself; the other writes leave the time for that.
 */
export const reserves: Readonly<Record<RequestKind, { readonly start: number; readonly end: number }>> = {
  read: { start: 0, end: 0 },
  write: { start: 6000, end: 3000 },
  check: { start: 0, end: 0 },
}

const redirects: ReadonlySet<number> = new Set([301, 302, 307, 308])
const mostRedirects = 3
const longestTimer = 2 ** 31 - 1

/**
 * `fetch` for the client: never a write after the deadline, and never the token to another host. An answer counts once
 * all of it is there, so that one cut off in the middle is an unclear one.
 */
export function guardedFetch(options: GuardedFetchOptions) {
  return async (url: string, init: FetchInit): Promise<Response> => {
    const kind = kindOfRequest(url, init)
    if (kind === 'read') return await follow(url, init, options)
    const left = options.timeLeft()
    if (left <= reserves[kind].start) throw tooLate('No time was left to write to GitHub.')
    const controller = new AbortController()
    const cut = () => controller.abort(tooLate('GitHub did not answer a write before the deadline.'))
    const timer = setTimeout(cut, Math.min(left - reserves[kind].end, longestTimer))
    try {
      return await follow(url, { ...init, signal: controller.signal }, options)
    } finally {
      clearTimeout(timer)
    }
  }
}

/** GitHub redirects after a repository was renamed, and wants the request repeated as it was. */
async function follow(url: string, init: FetchInit, options: GuardedFetchOptions): Promise<Response> {
  let target = url
  for (let redirect = 0; ; redirect++) {
    options.onRequest()
    const answer = await fetch(target, { ...init, redirect: 'manual', dispatcher: options.dispatcher })
    const location = redirects.has(answer.status) ? answer.headers.get('location') : null
    if (location === null) return await whole(answer)
    await answer.body?.cancel()
    const next = new URL(location, target)
    if (redirect === mostRedirects || next.origin !== new URL(url).origin) throw strayed()
    target = next.href
  }
}

async function whole(answer: Response): Promise<Response> {
  const bytes = await answer.arrayBuffer()
  const isEmpty = answer.status === 204 || answer.status === 205 || answer.status === 304
  const { status, headers } = answer
  return new Response(isEmpty ? null : bytes, { status, headers })
}

function tooLate(message: string): ReviewError {
  return new ReviewError('deadline', message, {
    hint: 'Raise deadline-minutes. What was written stands; the next run finds it and goes on from there.',
  })
}

function strayed(): ReviewError {
  return new ReviewError('github-rejected', 'GitHub redirected a request to another host.', {
    hint: 'Check that GITHUB_API_URL is the address of the API itself; the token is sent to no other.',
  })
}
