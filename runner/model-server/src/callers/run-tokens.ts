import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { OidcConfig } from '../oidc-settings.ts'
import type { Caller } from './caller.ts'
import { createIssuerKeys, IssuerUnavailable } from './issuer-keys.ts'
import { type RunClaims, readRunClaims, runOf, strangerBy } from './run-claims.ts'

/** Clocks of GitHub and of this machine may differ by this much. */
const skewSeconds = 60
/** No token of GitHub lives as long; one that did would have to be remembered as long. */
const longestLifeSeconds = 3600
/** Beyond what the server could answer in the life of a token. */
const rememberedTokens = 100_000

type Reason =
  | 'malformed'
  | 'forged'
  | 'time'
  | 'claims'
  | 'audience'
  | 'issuer'
  | 'event'
  | 'used-before'
  | NonNullable<ReturnType<typeof strangerBy>>

/** A token that is not taken. `reason` is for the log of this server: who sent it learns nothing. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
  readonly reason: Reason
  /** How far outside of its time a token is that was good otherwise. */
  readonly secondsOff: number | undefined

  constructor(reason: Reason, secondsOff?: number) {
    super('The token is not taken')
    this.reason = reason
    this.secondsOff = secondsOff
  }
}

/** Who shows this token. */
export type RunTokens = (token: string) => Promise<Caller>

/**
 * Makes a check of workflow tokens: signature by the issuer's key in RS256 and nothing else, issuer, audience, time, the
 * allowed owners and repositories by number, the event, the runner, and that it was never shown before. Throws
 * TokenRefused, or IssuerUnavailable where the issuer's keys cannot be read.
 */
export function createRunTokens(config: OidcConfig): RunTokens {
  const keys = createIssuerKeys(config)
  const used = new LRUCache<string, true>({ max: rememberedTokens })

  return async (token) => {
    const at = Date.now() / 1000
    const { payload, isTimely } = await readToken(token, { config, keys, at })
    const claims = readRunClaims(payload)
    if (claims === null) throw new TokenRefused('claims')
    const stranger = strangerBy(claims, config)
    if (stranger !== null) throw new TokenRefused(stranger)
    const run = runOf(claims, config.branches)
    if (run === null) throw new TokenRefused('event')
    if (!isTimely) throw new TokenRefused('time', secondsOff(claims, at))
    if (used.has(claims.jti)) throw new TokenRefused('used-before')
    used.set(claims.jti, true, { ttl: (endOf(claims) + skewSeconds - at) * 1000 })
    return { kind: 'run', name: `repository-${run.repository.id}`, run }
  }
}

interface Reading {
  readonly config: OidcConfig
  readonly keys: JWTVerifyGetKey
  /** Seconds since the epoch. */
  readonly at: number
}

/** The claims of a token that is the issuer's and for this server, be it in its time or not. */
async function readToken(
  token: string,
  { config, keys, at }: Reading,
): Promise<{ readonly payload: JWTPayload; readonly isTimely: boolean }> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: config.issuer,
      audience: config.audience,
      clockTolerance: skewSeconds,
      maxTokenAge: longestLifeSeconds,
      requiredClaims: ['jti', 'iat', 'nbf', 'exp'],
      currentDate: new Date(at * 1000),
    })
    return { payload, isTimely: true }
  } catch (error) {
    if (error instanceof IssuerUnavailable) throw error
    if (isOfTime(error)) return { payload: error.payload, isTimely: false }
    throw new TokenRefused(reasonOf(error))
  }
}

function isOfTime(error: unknown): error is errors.JWTExpired | errors.JWTClaimValidationFailed {
  if (error instanceof errors.JWTExpired) return true
  if (!(error instanceof errors.JWTClaimValidationFailed)) return false
  return error.reason === 'check_failed' && ['iat', 'nbf', 'exp'].includes(error.claim)
}

function reasonOf(error: unknown): Reason {
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'audience'
    return error.claim === 'iss' ? 'issuer' : 'claims'
  }
  const isForged =
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JWKSNoMatchingKey
  return isForged ? 'forged' : 'malformed'
}

function endOf({ exp, iat }: RunClaims): number {
  return Math.min(exp, iat + longestLifeSeconds)
}

function secondsOff(claims: RunClaims, at: number): number {
  return Math.ceil(Math.max(at - endOf(claims), Math.max(claims.nbf, claims.iat) - at))
}
