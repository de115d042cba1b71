import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { ProblemError } from '../problems.ts'
import { describeError } from './describe-error.ts'

/** At most this many faults of a request are named in the hint. */
const namedFaults = 5

/** Turns every failure, whoever throws it, into an `application/problem+json` answer without text of the request. */
export function answerProblems(http: FastifyInstance): void {
  http.setErrorHandler((error: unknown, request, reply) => sendProblem(reply, problemFor(error, request.log)))
  http.setNotFoundHandler((_request, reply) => sendProblem(reply, new ProblemError('not-found')))
}

export function sendProblem(reply: FastifyReply, error: ProblemError): FastifyReply {
  if (error.retryAfter !== undefined) void reply.header('retry-after', String(error.retryAfter))
  if (error.code === 'unauthorized') void reply.header('www-authenticate', 'Bearer')
  return reply
    .code(error.problem.status)
    .type('application/problem+json')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(error.problem)
}

function problemFor(error: unknown, log: FastifyBaseLogger): ProblemError {
  if (error instanceof ProblemError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new ProblemError('bad-request', { hint: hintOf(error.validation) })
  }
  const status = (error as Partial<FastifyError> | null)?.statusCode ?? 500
  if (status === 413) return new ProblemError('too-large')
  if (status === 415) {
    return new ProblemError('bad-request', {
      status,
      hint: 'Send the body as application/json, not compressed.',
    })
  }
  if (status >= 400 && status < 500) return new ProblemError('bad-request')
  log.error(describeError(error), 'A request failed')
  return new ProblemError('internal')
}

type Faults = readonly { readonly instancePath: string; readonly keyword: string }[]

/** Names of fields and kinds of faults; a value is never repeated, nor a name that is not one of ours. */
function hintOf(faults: Faults): string {
  const named = faults
    .slice(0, namedFaults)
    .map(({ instancePath, keyword }) => `${instancePath === '' ? '/' : instancePath} (${keyword})`)
  const more = faults.length > namedFaults ? ` and ${faults.length - namedFaults} more` : ''
  return `Mend these fields: ${named.join(', ')}${more}. The contract is at /openapi.json.`
}
