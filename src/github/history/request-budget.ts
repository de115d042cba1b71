import { ReviewError } from '../../errors.ts'
import type { RequestCount } from '../client/octokit.ts'

/** What one reading may ask of GitHub. A workflow's token has 1,000 an hour, which all workflows of a repository share. */
const limits = {
  requests: 900,
  /** What is left to the others, and to this run's own review. */
  reserve: 80,
} as const

type Headers = Readonly<Record<string, string | number | undefined>>

/** Counts what one reading costs. */
export interface RequestBudget {
  /** Requests that this reading made so far. */
  spent(): number
  /** Requests that it may still make. */
  left(): number
  /** Takes note of what an answer tells of the token's limit. */
  note(headers: Headers): void
}

export function createRequestBudget(
  { requestCount }: RequestCount,
  most: number = limits.requests,
): RequestBudget {
  const first = requestCount()
  let told: { readonly remaining: number; readonly at: number } | null = null
  const spent = () => requestCount() - first
  return {
    spent,
    left() {
      const ofToken = told === null ? most : told.remaining - (spent() - told.at) - limits.reserve
      return Math.max(0, Math.min(most - spent(), ofToken))
    },
    note(headers) {
      const remaining = Number.parseInt(String(headers['x-ratelimit-remaining']), 10)
      if (Number.isSafeInteger(remaining)) told = { remaining, at: spent() }
    },
  }
}

export function outOfRequests(pullRequests: number): ReviewError {
  return new ReviewError(
    'github-rate-limited',
    `The requests of this hour are used up; the comments of ${pullRequests} pull requests have been read so far.`,
    {
      hint: 'Give the command again in an hour: reading goes on where it stopped.',
      retryable: true,
    },
  )
}
