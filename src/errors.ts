export const errorCodes = [
  'bad-input',
  'bad-event',
  'unsafe-runner',
  'missing-permission',
  'github-not-found',
  'github-unavailable',
  'github-rate-limited',
  'github-rejected',
  'git-failed',
  'server-unreachable',
  'server-refused',
  'no-consent',
  'server-busy',
  'server-unauthorized',
  'server-answer-invalid',
  'deadline',
  'cancelled',
  'head-moved',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

interface ErrorDetail {
  /** What the reader can change so that it works: one sentence. */
  readonly hint: string
  readonly retryable?: boolean
  readonly cause?: unknown
}

/**
 * The one family of errors of the Action. `message` says what happened and where, in our own words:
 * it is printed in the runner's log, so it never holds text of a pull request, a token or a model's answer.
 */
export class ReviewError extends Error {
  override readonly name = 'ReviewError'
  readonly code: ErrorCode
  readonly hint: string
  readonly retryable: boolean

  constructor(code: ErrorCode, message: string, detail: ErrorDetail) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.code = code
    this.hint = detail.hint
    this.retryable = detail.retryable ?? false
  }
}
