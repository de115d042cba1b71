import type { Answer } from './call.ts'
import { isObject, type Json } from './json.ts'

/** How GitHub tells of a secondary limit: it has done so in each of these three ways. */
export type LimitForm = 'forbidden' | 'too-many-requests' | 'abuse'

export interface LimitOptions {
  /** `forbidden` (403) unless told. */
  readonly form?: LimitForm
  /** Comments, reviews and checks made in a minute: 80, as GitHub documents, unless told. */
  readonly contentPerMinute?: number
  /** Points in a minute, where reading is 1 and writing 5: 900, as GitHub documents, unless told. */
  readonly pointsPerMinute?: number
  /** What `retry-after` says: the rest of the minute unless told. */
  readonly retryAfterSeconds?: number
}

interface Charge {
  readonly at: number
  readonly points: number
  readonly content: number
}

const minuteMs = 60_000
const message =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. ' +
  'If you reach out to GitHub Support for help, please include the request ID.'
const statuses = { forbidden: 403, 'too-many-requests': 429, abuse: 422 } as const

/**
 * GitHub's limits on how fast one account may read and write. A review counts once for itself and once for each comment
 * in it. Source: "Rate limits for the REST API" of GitHub's documentation.
 */
export class SecondaryLimits {
  readonly #options: Required<Omit<LimitOptions, 'retryAfterSeconds'>> &
    Pick<LimitOptions, 'retryAfterSeconds'>
  #charges: Charge[] = []

  constructor(options: LimitOptions) {
    this.#options = { form: 'forbidden', contentPerMinute: 80, pointsPerMinute: 900, ...options }
  }

  /** The refusal of a request that goes over a limit, or null; only what is let through is charged. */
  charge(request: {
    readonly method: string
    readonly path: string
    readonly body: Json | undefined
  }): Answer | null {
    const now = Date.now()
    this.#charges = this.#charges.filter(({ at }) => now - at < minuteMs)
    const charge = { at: now, ...costOf(request) }
    const spent = (kind: 'points' | 'content'): number =>
      this.#charges.reduce((sum, one) => sum + one[kind], charge[kind])
    const isOver =
      spent('points') > this.#options.pointsPerMinute ||
      (charge.content > 0 && spent('content') > this.#options.contentPerMinute)
    if (!isOver) {
      this.#charges.push(charge)
      return null
    }
    const oldest = this.#charges[0]?.at ?? now
    const wait = this.#options.retryAfterSeconds ?? Math.ceil((oldest + minuteMs - now) / 1000)
    return this.#refusal(wait)
  }

  #refusal(waitSeconds: number): Answer {
    const { form } = this.#options
    const body =
      form === 'abuse'
        ? {
            message: 'Validation Failed',
            errors: [{ resource: 'Review', code: 'abuse', message: 'was submitted too quickly' }],
          }
        : { message }
    return {
      status: statuses[form],
      body: { ...body, documentation_url: 'https://docs.github.com/rest' },
      headers: form === 'abuse' ? {} : { 'retry-after': String(waitSeconds) },
    }
  }
}

function costOf({ method, path, body }: { method: string; path: string; body: Json | undefined }): {
  points: number
  content: number
} {
  const isGraphql = path.endsWith('/graphql')
  const query = isObject(body) && typeof body.query === 'string' ? body.query : ''
  const isRead = method === 'GET' || (isGraphql && !/^\s*mutation\b/.test(query))
  if (isRead) return { points: 1, content: 0 }
  const makesContent = method === 'POST' && /\/(reviews|comments|replies|check-runs)$/.test(path)
  const comments = isObject(body) && Array.isArray(body.comments) ? body.comments.length : 0
  return { points: 5, content: makesContent ? 1 + comments : 0 }
}
