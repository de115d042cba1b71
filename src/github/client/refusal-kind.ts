import { isRateLimit } from './rate-limit.ts'
import { asHttpError } from './translate-error.ts'

/**
 * What GitHub's 422 to a review means, by its text. `placement`: a comment stands where none can; `unknown`: a text that
 * nobody has seen. `limit` is a rate limit, which was waited for already.
 */
export type RefusalKind = 'placement' | 'transient' | 'pending' | 'moved' | 'closed' | 'limit' | 'unknown'

const texts: readonly (readonly [RefusalKind, RegExp])[] = [
  ['pending', /pending review/i],
  ['moved', /commitOID|not part of the pull request/i],
  ['closed', /lock prevents|is locked|body can't be blank|body is too long/i],
  // Seen in GitHub's incidents: the base of a thread could not be found for a moment.
  ['transient', /pull_request_review_thread\.base/],
  [
    'placement',
    // "Line could not be resolved", "Path could not be resolved", "… must be part of the diff", "start line must precede the end line".
    /could not be resolved|part of the diff|hunk|must precede|pull_request_review_thread\.|side is not included/i,
  ],
]

/** Null for any answer but 422. */
export function refusalKind(error: unknown): RefusalKind | null {
  const http = asHttpError(error)
  if (http?.status !== 422) return null
  if (isRateLimit(http)) return 'limit'
  const told = `${http.message}\n${JSON.stringify(http.response?.data ?? '')}`
  return texts.find(([, text]) => text.test(told))?.[0] ?? 'unknown'
}
