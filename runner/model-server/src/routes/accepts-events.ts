import type { FastifyRequest } from 'fastify'

/** Whether the client reads server-sent events. */
export function acceptsEvents(request: FastifyRequest): boolean {
  return /\btext\/event-stream\b/i.test(request.headers.accept ?? '')
}
