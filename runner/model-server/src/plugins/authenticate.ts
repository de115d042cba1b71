import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { ProblemError } from '../problems.ts'

/** Wrong keys that one address may send in a minute before it is told to wait. */
const wrongKeysPerMinute = 10
const minuteMs = 60_000
/** Who asks when no keys are configured: only programs on this machine can. */
const localCaller = 'local'

/**
 * Makes a check of the `Authorization` header against SHA-256 digests of the known keys. It returns a name of the
 * caller, which is no secret, or throws `unauthorized`: 401, or 429 after too many wrong keys from one address.
 * A right key is always let in: others behind the same address do not suffer from a wrong one.
 */
export function createAuthenticate(digests: readonly Uint8Array[]): (request: FastifyRequest) => string {
  const wrongKeys = new LRUCache<string, number>({ max: 10_000, ttl: minuteMs })

  return (request) => {
    if (digests.length === 0) return localCaller
    const key = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(request.headers.authorization ?? '')?.[1]
    const digest = createHash('sha256')
      .update(key ?? '')
      .digest()
    // Every digest is compared, whichever matches: how long it takes tells nothing.
    const matches = digests.filter((known) => timingSafeEqual(known, digest))
    if (key !== undefined && matches.length > 0) return digest.toString('hex').slice(0, 16)

    const count = (wrongKeys.get(request.ip) ?? 0) + 1
    wrongKeys.set(request.ip, count, { noUpdateTTL: true })
    if (count <= wrongKeysPerMinute) throw new ProblemError('unauthorized')
    throw new ProblemError('unauthorized', { status: 429, retryAfter: minuteMs / 1000 })
  }
}
