import type { Problem, problemCodes } from '@ai-review/protocol/problem'

export type ProblemCode = (typeof problemCodes)[number]

interface ProblemKind {
  readonly status: number
  readonly title: string
  readonly hint: string
  readonly retryable: boolean
}

/** Every answer that is not a success, by code: status, what happened, what to change, and whether trying again can help. */
export const problemKinds: Readonly<Record<ProblemCode, ProblemKind>> = {
  'bad-request': {
    status: 400,
    title: 'The request does not fit the contract',
    hint: 'Use an Action of the same major version as this server; the contract is at /openapi.json.',
    retryable: false,
  },
  unauthorized: {
    status: 401,
    title: 'The key or token is missing or not taken',
    hint: 'Send "Authorization: Bearer <key>" with one of the keys in API_KEYS of the server, or the token of a workflow that its OIDC settings let in; its log names the reason.',
    retryable: false,
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    hint: 'Check the path and the id; finished reviews are kept in memory for a short while only.',
    retryable: false,
  },
  'not-your-repository': {
    status: 403,
    title: 'The key or token is not for this repository',
    hint: 'Send the key that API_KEYS of the server binds to this repository (owner/name=KEY), or the token of a run of its own workflow.',
    retryable: false,
  },
  'not-by-this-run': {
    status: 403,
    title: 'A run of this event may not do this',
    hint: 'Personas are changed by commands in comments, or by runs that are dispatched on a branch in OIDC_BRANCHES or a protected one; a run of a pull request speaks of that one alone.',
    retryable: false,
  },
  conflict: {
    status: 409,
    title: 'The Idempotency-Key was already used for another request',
    hint: 'Send a new Idempotency-Key with a new request.',
    retryable: false,
  },
  'too-large': {
    status: 413,
    title: 'The request is larger than the server accepts',
    hint: 'Leave files out with the ignore globs of the policy, or split the change.',
    retryable: false,
  },
  'queue-full': {
    status: 429,
    title: 'The queue of reviews is full',
    hint: 'Try again after Retry-After; raise REVIEW_SLOTS or add a server if this happens often.',
    retryable: true,
  },
  'deadline-too-short': {
    status: 503,
    title: 'The review cannot start within the deadline',
    hint: 'Raise deadline-minutes, or try again when fewer reviews are waiting.',
    retryable: true,
  },
  superseded: {
    status: 409,
    title: 'A newer head of the same pull request is being reviewed',
    hint: 'Nothing to do: the review of the newer head replaces this one.',
    retryable: false,
  },
  cancelled: {
    status: 409,
    title: 'The review was cancelled',
    hint: 'Send the review again if it is still wanted.',
    retryable: false,
  },
  'no-consent': {
    status: 403,
    title: 'The person has not agreed to a persona',
    hint: 'The person agrees by the command --opt-in, or by a verified commit of their own to the policy.',
    retryable: false,
  },
  'too-few-samples': {
    status: 409,
    title: 'There are too few past comments to train an adapter',
    hint: 'The persona goes on by retrieval; train once more comments are there.',
    retryable: false,
  },
  'training-off': {
    status: 409,
    title: 'This server trains no adapters',
    hint: 'Set TRAINING on a server with the trainer; the persona goes on by retrieval.',
    retryable: false,
  },
  'no-personas': {
    status: 409,
    title: 'This server keeps no personas',
    hint: 'Give the server a database to keep them in: DATABASE_URL must not be none.',
    retryable: false,
  },
  'engine-unavailable': {
    status: 503,
    title: 'The model is not ready',
    hint: 'Wait until /readyz answers 200; the log of the server says what it is waiting for.',
    retryable: true,
  },
  'storage-unavailable': {
    status: 503,
    title: 'The database cannot be used',
    hint: 'Check DATA_DIR (space, permissions, no second server) or DATABASE_URL.',
    retryable: true,
  },
  'issuer-unavailable': {
    status: 503,
    title: 'The keys by which workflow tokens are checked cannot be read',
    hint: 'Check OIDC_ISSUER and OIDC_JWKS, and that this server reaches them; its log names the error.',
    retryable: true,
  },
  'shutting-down': {
    status: 503,
    title: 'The server is stopping',
    hint: 'Try again: another server, or this one after its restart, will take the review.',
    retryable: true,
  },
  internal: {
    status: 500,
    title: 'The server failed',
    hint: 'Look into the log of the server and report the error with its code and version.',
    retryable: true,
  },
}

/** `hint` and `title` replace the general ones where more is known; `status` where a code is answered under another one. */
export interface ProblemDetail {
  readonly title?: string
  readonly hint?: string
  readonly status?: number
  readonly retryable?: boolean
}

/** The wire form of a problem. Details are our own sentences: never text of a change. */
export function problemOf(code: ProblemCode, detail: ProblemDetail = {}): Problem {
  return { type: `urn:ai-review:problem:${code}`, code, ...problemKinds[code], ...detail }
}

interface Beside {
  readonly retryAfter?: number
  readonly clockSkew?: number
}

/** Thrown where a request cannot be served; the error handler turns it into the answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly problem: Problem
  /** Whole seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined
  /** Seconds that a token is outside of its time; it stands beside the problem, which is the same for every token. */
  readonly clockSkew: number | undefined

  constructor(code: ProblemCode, detail: ProblemDetail & Beside = {}) {
    const { retryAfter, clockSkew, ...rest } = detail
    const problem = problemOf(code, rest)
    super(problem.title)
    this.code = code
    this.problem = problem
    this.retryAfter = retryAfter
    this.clockSkew = clockSkew
  }
}
