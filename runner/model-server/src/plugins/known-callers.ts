import type { FastifyRequest } from 'fastify'
import type { Caller } from '../callers/caller.ts'

/** Who asks, known before the body is read: a stranger's body costs nothing. */
export interface KnownCallers {
  /** A hook of each route that is not for everybody. Throws `unauthorized`. */
  readonly onRequest: (request: FastifyRequest) => Promise<void>
  /** Who asks in a request that has passed the hook. */
  readonly callerOf: (request: FastifyRequest) => Caller
}

export function createKnownCallers(authenticate: (request: FastifyRequest) => Promise<Caller>): KnownCallers {
  const callers = new WeakMap<FastifyRequest, Caller>()
  return {
    onRequest: async (request) => {
      callers.set(request, await authenticate(request))
    },
    callerOf: (request) => {
      const caller = callers.get(request)
      if (caller === undefined) throw new TypeError('The route has no check of who asks')
      return caller
    },
  }
}
