import type { FastifyInstance } from 'fastify'
import { ProblemError } from '../problems.ts'

interface BodyLimits {
  /** Bytes of one body. */
  readonly each: number
  /** Bytes of all bodies that are being received or read at once. */
  readonly together: number
}

/**
 * Refuses what would only cost memory: compressed bodies, and bodies beyond what all requests together may hold.
 * A body of unknown length counts as the largest one.
 */
export function limitBodies(http: FastifyInstance, limits: BodyLimits): void {
  let held = 0
  http.addHook('onRequest', async (request, reply) => {
    const {
      'content-encoding': encoding,
      'content-length': length,
      'transfer-encoding': transfer,
    } = request.headers
    if (encoding !== undefined && encoding !== 'identity') {
      throw new ProblemError('bad-request', { status: 415, hint: 'Send the body uncompressed.' })
    }
    const bytes = transfer === undefined ? Number(length ?? 0) : limits.each
    if (bytes > limits.each) throw new ProblemError('too-large')
    if (held + bytes > limits.together) throw new ProblemError('queue-full', { retryAfter: 5 })
    held += bytes
    reply.raw.once('close', () => {
      held -= bytes
    })
  })
}
