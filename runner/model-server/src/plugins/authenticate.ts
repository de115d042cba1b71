import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { ApiKey } from '../callers/api-key.ts'
import type { Caller } from '../callers/caller.ts'
import { IssuerUnavailable } from '../callers/issuer-keys.ts'
import { type RunTokens, TokenRefused } from '../callers/run-tokens.ts'
import { ProblemError } from '../problems.ts'
import { describeError } from './describe-error.ts'

interface Known {
  readonly keys: readonly ApiKey[]
  /** Absent: workflow tokens are not taken. */
  readonly tokens?: RunTokens | undefined
  readonly log: FastifyBaseLogger
}

/** Wrong keys and tokens that one address may send in a minute before it is told to wait. */
const wrongPerMinute = 10
const minuteMs = 60_000
/** Who asks when nobody is configured: only programs on this machine can. */
const localCaller: Caller = { kind: 'any', name: 'local' }
/** GitHub's tokens have about 2,000 characters; the whole head of a request may have 16 KB. */
const bearer = /^Bearer ([\x21-\x7e]{1,8192})$/i
const tokenForm = /^[\w-]+\.[\w-]+\.[\w-]+$/

/**
 * Makes a check of the `Authorization` header against the known keys, and as a workflow's token. It returns the caller,
 * or throws `unauthorized`: 401, or 429 after too many wrong ones from one address. The answer is the same whatever is
 * wrong. A right one is always let in: others behind the same address do not suffer from a wrong one.
 */
export function createAuthenticate(known: Known): (request: FastifyRequest) => Promise<Caller> {
  const wrong = new LRUCache<string, number>({ max: 10_000, ttl: minuteMs })

  return async (request) => {
    if (known.keys.length === 0 && known.tokens === undefined) return localCaller
    const shown = await callerOf(credentialOf(request), known)
    if (shown !== null && !(shown instanceof TokenRefused)) return shown

    const count = (wrong.get(request.ip) ?? 0) + 1
    wrong.set(request.ip, count, { noUpdateTTL: true })
    if (count <= wrongPerMinute && shown !== null) tellRefusal(known.log, shown)
    throw refusalOf(shown, count > wrongPerMinute)
  }
}

function credentialOf({ headers }: FastifyRequest): string {
  return bearer.exec(headers.authorization ?? '')?.[1] ?? ''
}

function refusalOf(shown: TokenRefused | null, isTooMany: boolean): ProblemError {
  return new ProblemError('unauthorized', {
    ...(isTooMany ? { status: 429, retryAfter: minuteMs / 1000 } : {}),
    ...(shown?.secondsOff === undefined ? {} : { clockSkew: shown.secondsOff }),
  })
}

/** Null for what is neither a key that is known nor of the form of a token. */
async function callerOf(
  credential: string,
  { keys, tokens, log }: Known,
): Promise<Caller | TokenRefused | null> {
  const caller = credential === '' ? null : callerOfKey(keys, credential)
  if (caller !== null || tokens === undefined || !tokenForm.test(credential)) return caller
  try {
    return await tokens(credential)
  } catch (error) {
    if (error instanceof TokenRefused) return error
    if (!(error instanceof IssuerUnavailable)) throw error
    log.error(describeError(error.cause ?? error), 'The keys of OIDC_ISSUER cannot be read')
    throw new ProblemError('issuer-unavailable', { retryAfter: 5 })
  }
}

/** Nothing of the token: a word of our own, and a number. */
function tellRefusal(log: FastifyBaseLogger, { reason, secondsOff }: TokenRefused): void {
  if (secondsOff === undefined) log.info({ reason }, 'A workflow token was refused')
  else
    log.warn({ reason, secondsOff }, 'A workflow token was refused: clock skew, or it was kept for too long')
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
