import { z } from 'zod'
import { ReviewError } from '../../errors.ts'
import { asGraphqlErrors, type GraphqlErrors, isTooMuchAtOnce } from './graphql-errors.ts'
import { isGraphqlLimit, isRateLimit } from './rate-limit.ts'

/** What was being done, as it stands in a message ("reading the pull request"), and the permission it takes. */
export interface Operation {
  readonly doing: string
  readonly permission: string
}

const HttpError = z.object({
  status: z.int(),
  message: z.string(),
  response: z
    .object({
      headers: z.record(z.string(), z.union([z.string(), z.number(), z.undefined()])).optional(),
      data: z.unknown().optional(),
    })
    .optional(),
})
type HttpError = z.infer<typeof HttpError>

/** An error of Octokit as the parts that matter; null for any other error. `response` is absent when no answer came. */
export function asHttpError(error: unknown): HttpError | null {
  if (ownError(error) !== null || isAbort(error)) return null
  const parsed = HttpError.safeParse(error)
  return parsed.success ? parsed.data : null
}

/** True when GitHub may have done what was asked although no clear answer came: a server error, or none at all. */
export function isUnclear(error: unknown): boolean {
  const http = asHttpError(error)
  return http !== null && http.status >= 500
}

/** Runs `work` and turns what it throws into a `ReviewError`. */
export async function translating<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw translateError(error, operation)
  }
}

/** HTTP → our family of errors. GitHub's own text is never part of the message: it may quote what was sent. */
export function translateError(error: unknown, operation: Operation): ReviewError {
  const own = ownError(error)
  if (own !== null) return own
  if (isAbort(error)) {
    return new ReviewError('cancelled', `The run was cancelled while ${operation.doing}.`, {
      hint: 'Run the workflow again if the review is still wanted.',
      cause: error,
    })
  }
  const graphql = asGraphqlErrors(error)
  if (graphql !== null) return fromGraphql(graphql, operation, error)
  const http = asHttpError(error)
  if (http === null) {
    return new ReviewError('internal', `An unexpected error occurred while ${operation.doing}.`, {
      hint: 'Report it with the version of the Action and the code of this message.',
      cause: error,
    })
  }
  if (isRateLimit(http)) return rateLimited(operation, error)
  if (http.status >= 500) return unavailable(operation, { http, error })
  return fromStatus(http, operation)
}

/** An error of our own, also where Octokit has wrapped it as the cause of one of its own. */
function ownError(error: unknown): ReviewError | null {
  if (error instanceof ReviewError) return error
  return error instanceof Error && error.cause instanceof ReviewError ? error.cause : null
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

function fromGraphql(errors: GraphqlErrors, operation: Operation, cause: unknown): ReviewError {
  const types = new Set(errors.map(({ type }) => type))
  if (isGraphqlLimit(errors)) return rateLimited(operation, cause)
  if (isTooMuchAtOnce(cause)) return tooMuchAtOnce(operation, cause)
  if (types.has('FORBIDDEN') || types.has('INSUFFICIENT_SCOPES')) return missingPermission(operation, cause)
  if (types.has('NOT_FOUND')) return notFound(operation, cause)
  return rejected(operation, { answer: 'an error', cause })
}

function rateLimited(operation: Operation, cause: unknown): ReviewError {
  return new ReviewError('github-rate-limited', `GitHub's rate limit was reached while ${operation.doing}.`, {
    hint: 'Run the job again later; fewer workflows that share the token, or a longer deadline-minutes, help too.',
    retryable: true,
    cause,
  })
}

function tooMuchAtOnce({ doing }: Operation, cause: unknown): ReviewError {
  return new ReviewError('github-unavailable', `One question to GitHub took too much of it while ${doing}.`, {
    hint: 'Run the job again; see the status page of GitHub if it stays so.',
    retryable: true,
    cause,
  })
}

function fromStatus(http: HttpError, operation: Operation): ReviewError {
  const { doing } = operation
  const cause = http
  switch (http.status) {
    case 401:
      return new ReviewError('missing-permission', `GitHub did not accept the token while ${doing}.`, {
        hint: 'Give the input github-token a valid token, or leave it out to use the token of the job.',
        cause,
      })
    case 403:
      return missingPermission(operation, cause)
    case 404:
    case 410:
    case 451:
      return notFound(operation, cause, http.status)
    default:
      break
  }
  return rejected(operation, { answer: String(http.status), cause })
}

/** Codes of Node.js where no authority that it knows has signed the certificate of the host. */
const unknownAuthority: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

function unavailable(
  { doing }: Operation,
  { http, error }: { http: HttpError; error: unknown },
): ReviewError {
  if (unknownAuthority.has(codeIn(error))) {
    return new ReviewError(
      'github-unavailable',
      `The certificate of GitHub's host is signed by no authority that the runner knows, seen while ${doing}.`,
      {
        hint: 'Set NODE_EXTRA_CA_CERTS to the file of your own authority in PEM, under env: of the step or of the runner.',
        cause: error,
      },
    )
  }
  const what = http.response === undefined ? 'could not be reached' : `answered ${http.status}`
  return new ReviewError('github-unavailable', `GitHub ${what} while ${doing}.`, {
    hint: 'Run the job again; check the network and the proxy of the runner, and the status page of GitHub if it stays so.',
    retryable: true,
    cause: http,
  })
}

/** The code of the innermost cause: Octokit wraps what fetch has wrapped. */
function codeIn(error: unknown): string {
  let [inner, depth] = [error, 0]
  while (inner instanceof Error && inner.cause !== undefined && depth++ < 5) inner = inner.cause
  return inner instanceof Error && 'code' in inner ? String(inner.code) : ''
}

function missingPermission({ doing, permission }: Operation, cause: unknown): ReviewError {
  return new ReviewError('missing-permission', `The token lacks "${permission}", needed for ${doing}.`, {
    hint: `Add "${permission}" under permissions: of the job. The token of a pull request from a fork is read-only whatever the workflow says.`,
    cause,
  })
}

function notFound({ doing, permission }: Operation, cause: unknown, status = 404): ReviewError {
  return new ReviewError('github-not-found', `GitHub answered ${status} while ${doing}.`, {
    hint: `Check that the pull request exists and that the token has "${permission}": GitHub answers "not found" also where it may not tell.`,
    cause,
  })
}

function rejected({ doing }: Operation, { answer, cause }: { answer: string; cause: unknown }): ReviewError {
  return new ReviewError('github-rejected', `GitHub answered ${answer} while ${doing}.`, {
    hint: 'Check that the pull request is open and its conversation not locked; then run the job again.',
    cause,
  })
}
