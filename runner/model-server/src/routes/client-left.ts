import type { FastifyReply } from 'fastify'

/** A signal that fires once the client's connection is closed, be it at the end of the answer or before. */
export function clientLeft(reply: FastifyReply): AbortSignal {
  const left = new AbortController()
  reply.raw.once('close', () => left.abort())
  if (reply.raw.destroyed) left.abort()
  return left.signal
}
