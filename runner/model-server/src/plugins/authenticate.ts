import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { ApiKey } from '../callers/api-key.ts'
import type { Caller } from '../callers/caller.ts'
import { ProblemError } from '../problems.ts'

/** Wrong keys that one address may send in a minute before it is told to wait. */
const wrongKeysPerMinute = 10
const minuteMs = 60_000
/** Who asks when no keys are configured: only programs on this machine can. */
const localCaller: Caller = { kind: 'any', name: 'local' }

/**
 * Makes a check of the `Authorization` header against the known keys. It returns the caller, or throws
 * `unauthorized`: 401, or 429 after too many wrong keys from one address.
 * A right key is always let in: others behind the same address do not suffer from a wrong one.
 */
export function createAuthenticate(keys: readonly ApiKey[]): (request: FastifyRequest) => Caller {
  const wrongKeys = new LRUCache<string, number>({ max: 10_000, ttl: minuteMs })

  return (request) => {
    if (keys.length === 0) return localCaller
    const key = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(request.headers.authorization ?? '')?.[1]
    const caller = key === undefined ? null : callerOfKey(keys, key)
    if (caller !== null) return caller

    const count = (wrongKeys.get(request.ip) ?? 0) + 1
    wrongKeys.set(request.ip, count, { noUpdateTTL: true })
    if (count <= wrongKeysPerMinute) throw new ProblemError('unauthorized')
    throw new ProblemError('unauthorized', { status: 429, retryAfter: minuteMs / 1000 })
  }
}

/** Whose key it is: one that is bound several times may ask for each, one that is also bound to nothing for any. */
function callerOfKey(keys: readonly ApiKey[], key: string): Caller | null {
  const digest = createHash('sha256').update(key).digest()
  // Every digest is compared, whichever matches: how long it takes tells nothing.
  const matches = keys.filter((known) => timingSafeEqual(known.digest, digest))
  if (matches.length === 0) return null
  const name = digest.toString('hex').slice(0, 16)
  const repositories = matches.flatMap(({ repository }) => repository ?? [])
  if (repositories.length < matches.length) return { kind: 'any', name }
  return { kind: 'bound', name, repositories }
}
