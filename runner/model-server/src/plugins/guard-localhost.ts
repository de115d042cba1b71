import type { FastifyInstance } from 'fastify'
import { ProblemError } from '../problems.ts'

/**
 * Without keys, only programs on this machine may ask. A web page in a browser here could, too, by a name of its own
 * that resolves to a loopback address; the Host header gives it away.
 */
export function guardLocalhost(http: FastifyInstance): void {
  http.addHook('onRequest', async (request) => {
    const host = request.hostname.toLowerCase()
    if (host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)) return
    throw new ProblemError('unauthorized', {
      hint: 'Set API_KEYS on the server, or ask it by the name localhost.',
    })
  })
}
