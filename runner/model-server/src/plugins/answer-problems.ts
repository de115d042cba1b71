import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { type ProblemDetail, ProblemError } from '../problems.ts'
import { StoreError } from '../store/database.ts'
import { describeError } from './describe-error.ts'

/** At most this many faults of a request are named in the hint. */
const namedFaults = 5

/** Turns every failure, whoever throws it, into an `application/problem+json` answer without text of the request. */
export function answerProblems(http: FastifyInstance): void {
  http.setErrorHandler((error: unknown, request, reply) => sendProblem(reply, problemFor(error, request.log)))
  http.setNotFoundHandler((_request, reply) => sendProblem(reply, new ProblemError('not-found')))
}

/**
 * The answer to what is no HTTP, or too slow or too long to be: no request exists for the error handler then.
 * A client that has already gone, or to which an answer is on its way, gets none.
 */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable && socket.bytesWritten === 0) {
    const { problem } = new ProblemError('bad-request', brokenRequests[error.code ?? ''] ?? notHttp)
    const body = JSON.stringify(problem)
    const reason = STATUS_CODES[problem.status] ?? ''
    socket.write(
      `HTTP/1.1 ${problem.status} ${reason}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    )
  }
  socket.destroySoon()
}

const notHttp: ProblemDetail = { hint: 'Send a request of HTTP/1.1.' }
const brokenRequests: Readonly<Record<string, ProblemDetail>> = {
  HPE_HEADER_OVERFLOW: { status: 431, hint: 'Send shorter headers.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, hint: 'Send the request faster.' },
}

export function sendProblem(reply: FastifyReply, error: ProblemError): FastifyReply {
  if (error.retryAfter !== undefined) void reply.header('retry-after', String(error.retryAfter))
  if (error.code === 'unauthorized') void reply.header('www-authenticate', challengeOf(error))
  return reply
    .code(error.problem.status)
    .type('application/problem+json')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(error.problem)
}

/** RFC 6750, section 3: what is wrong with a token, here only how far outside of its time it is. */
function challengeOf({ clockSkew }: ProblemError): string {
  if (clockSkew === undefined) return 'Bearer'
  return `Bearer error="invalid_token", error_description="clock skew of ${clockSkew} s"`
}

function problemFor(error: unknown, log: FastifyBaseLogger): ProblemError {
  if (error instanceof ProblemError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new ProblemError('bad-request', { hint: hintOf(error.validation) })
  }
  if (error instanceof StoreError) {
    log.error(describeError(error), 'The database failed')
    return new ProblemError('storage-unavailable', { retryAfter: 5 })
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
