import type { problemCodes } from '@ai-review/protocol/problem'
import type { ErrorCode } from '../errors.ts'
import { ReviewError } from '../errors.ts'
import { PassingError } from './try-again.ts'

type ProblemCode = (typeof problemCodes)[number]

interface Meaning {
  readonly code: ErrorCode
  readonly what: string
  readonly hint: string
  /** Asking again may help, within the deadline. */
  readonly isPassing?: boolean
}

/** What the server's problems mean to a user of the Action. Its own words are not repeated: the log is an interpreter. */
const meanings: Readonly<Record<ProblemCode, Meaning>> = {
  'bad-request': {
    code: 'server-refused',
    what: 'does not understand the request',
    hint: 'Use the same version of the Action and of the model server.',
  },
  unauthorized: {
    code: 'server-unauthorized',
    what: 'does not know the key',
    hint: 'Set the input api-key to one of the keys in API_KEYS of the server.',
  },
  'not-found': {
    code: 'server-refused',
    what: 'has nothing at this address',
    hint: 'Check the input server-url: it is the address in front of /v1/reviews. Use the same version of the Action and of the model server.',
  },
  'not-your-repository': {
    code: 'server-unauthorized',
    what: 'does not let this run ask for this repository',
    hint: 'Set the input api-key to the key that API_KEYS of the server binds to this repository.',
  },
  'not-by-this-run': {
    code: 'server-unauthorized',
    what: 'does not take this from a run of this event',
    hint: 'Personas are changed by commands in comments, or by runs that are dispatched on a branch in OIDC_BRANCHES of the server or a protected one.',
  },
  conflict: {
    code: 'server-refused',
    what: 'already holds another request under the same name',
    hint: 'Run the workflow again; report it if it happens twice.',
  },
  'too-large': {
    code: 'server-refused',
    what: 'does not take a request of this size',
    hint: 'Leave files out with the ignore globs of the policy, or split the pull request.',
  },
  'no-consent': {
    code: 'no-consent',
    what: 'holds no consent of this person',
    hint: 'The person agrees by commenting the command with --opt-in, or by a verified commit of their own to the policy.',
  },
  'too-few-samples': {
    code: 'server-refused',
    what: 'has too few past comments of this person for an adapter',
    hint: 'The persona goes on by retrieval; train once more comments are there.',
  },
  'training-off': {
    code: 'server-refused',
    what: 'trains no adapters',
    hint: 'Set TRAINING on a server that has the trainer; the persona goes on by retrieval.',
  },
  'no-personas': {
    code: 'server-refused',
    what: 'keeps no personas, as it has no database',
    hint: 'Set DATABASE_URL of the model server to something else than none, or leave it out.',
  },
  'queue-full': {
    code: 'server-busy',
    what: 'has a full queue',
    hint: 'Run the workflow again later; add slots or servers if this happens often.',
    isPassing: true,
  },
  'deadline-too-short': {
    code: 'server-busy',
    what: 'cannot start within the deadline',
    hint: 'Raise deadline-minutes, or run the workflow again when fewer reviews are waiting.',
  },
  superseded: {
    code: 'head-moved',
    what: 'is reviewing a newer head of this pull request',
    hint: 'Nothing to do: the newer review replaces this one.',
  },
  cancelled: {
    code: 'cancelled',
    what: 'was told to cancel its work',
    hint: 'Run the workflow again if its result is still wanted.',
  },
  'engine-unavailable': {
    code: 'server-busy',
    what: 'is still loading its model',
    hint: 'Run the workflow again when /readyz of the server answers 200.',
    isPassing: true,
  },
  'storage-unavailable': {
    code: 'server-busy',
    what: 'cannot use its database',
    hint: 'Look into the log of the model server.',
    isPassing: true,
  },
  'issuer-unavailable': {
    code: 'server-busy',
    what: 'cannot read the keys by which tokens of runs are checked',
    hint: 'Check OIDC_ISSUER and OIDC_JWKS of the server, and that it reaches them.',
    isPassing: true,
  },
  'shutting-down': {
    code: 'server-busy',
    what: 'is stopping',
    hint: 'Run the workflow again when the server is back.',
    isPassing: true,
  },
  internal: {
    code: 'server-refused',
    what: 'failed',
    hint: 'Look into the log of the model server.',
  },
}

interface Refusal {
  readonly status: number
  readonly code?: string
  readonly retryAfterMs?: number
  /** What the request was sent with. */
  readonly shown: 'key' | 'token' | 'nothing'
  /** How far outside of its time the server holds the token to be. */
  readonly skewSeconds?: number
}

/** Who is not let in has to change another thing, by what they came with. */
function unauthorized({ shown, skewSeconds }: Refusal): Meaning {
  if (shown === 'key') return meanings.unauthorized
  if (shown === 'nothing') {
    return {
      code: 'server-unauthorized',
      what: 'wants a key or a token, and this run has neither',
      hint: 'Set the input api-key, or grant the job "id-token: write" where the server takes tokens of workflows.',
    }
  }
  if (skewSeconds !== undefined) {
    return {
      code: 'server-unauthorized',
      what: `holds the token of this run to be ${skewSeconds} s outside of its time`,
      hint: "Set the clock of the server right: it may differ from GitHub's by 60 s.",
    }
  }
  return {
    code: 'server-unauthorized',
    what: 'does not take the token of this run',
    hint: 'Compare OIDC_AUDIENCE of the server with server-url, and OIDC_OWNERS, OIDC_REPOSITORIES and OIDC_RUNNERS with this run; the log of the server names the reason.',
  }
}

/** The error for a problem that a review ended with. `code` is what the server sent: unknown ones count as `internal`. */
export function problemError(host: string, code: string): ReviewError | PassingError {
  return toError(host, meanings[knownCode(code) ?? 'internal'])
}

/** The error for an answer that is no success. `code` comes from its problem, where it has one. */
export function statusError(host: string, answer: Refusal): ReviewError | PassingError {
  const { status } = answer
  if (status >= 300 && status < 400) {
    return new ReviewError('server-answer-invalid', `The model server at ${host} answered with a redirect.`, {
      hint: 'Set the input server-url to the final address: redirects are not followed.',
    })
  }
  const known = knownCode(answer.code ?? '')
  const plain = known === undefined ? meaningOfStatus(status) : meanings[known]
  const meaning = plain === meanings.unauthorized ? unauthorized(answer) : plain
  return toError(host, meaning, { status, afterMs: answer.retryAfterMs })
}

/** The server could not be spoken with; `cause` is the error of the connection. */
export function unreachable(host: string, cause: unknown): PassingError {
  return new PassingError(
    new ReviewError('server-unreachable', `The model server at ${host} cannot be reached.`, {
      hint: hintOf(cause),
      retryable: true,
      cause,
    }),
  )
}

/** What came is not what the contract says; `what` completes "The answer of the model server cannot be used: ". */
export function answerInvalid(what: string): ReviewError {
  return new ReviewError('server-answer-invalid', `The answer of the model server cannot be used: ${what}.`, {
    hint: 'Check that server-url names a model server, not a proxy, and that Action and server have the same version.',
  })
}

function toError(
  host: string,
  meaning: Meaning,
  answer: { readonly status?: number; readonly afterMs?: number | undefined } = {},
): ReviewError | PassingError {
  const status = answer.status === undefined ? '' : ` (status ${answer.status})`
  const isPassing = meaning.isPassing ?? false
  const error = new ReviewError(meaning.code, `The model server at ${host} ${meaning.what}${status}.`, {
    hint: meaning.hint,
    retryable: isPassing,
  })
  return isPassing ? new PassingError(error, answer.afterMs) : error
}

function meaningOfStatus(status: number): Meaning {
  if (status === 401 || status === 403) return meanings.unauthorized
  if (status === 404) return meanings['not-found']
  if (status === 413) return meanings['too-large']
  if (status === 429) return meanings['queue-full']
  // A proxy in front of the server speaks of the server's absence with these.
  if (status >= 500) return { ...meanings.internal, what: 'did not answer as it should', isPassing: true }
  return meanings['bad-request']
}

function knownCode(code: string): ProblemCode | undefined {
  return Object.hasOwn(meanings, code) ? (code as ProblemCode) : undefined
}

function hintOf(cause: unknown): string {
  const code = (cause as { readonly code?: unknown } | null)?.code
  if (code === 'ENOTFOUND') return 'Check the name in server-url: this runner cannot resolve it.'
  if (typeof code === 'string' && /CERT|SELF_SIGNED|TLS/.test(code)) {
    return 'Let the runner trust the certificate of the server: set NODE_EXTRA_CA_CERTS in the job.'
  }
  return 'Check that the server runs, that server-url is right, and that this runner may reach it.'
}
