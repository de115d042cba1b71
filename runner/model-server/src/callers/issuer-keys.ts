import { readFile } from 'node:fs/promises'
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import type { OidcConfig } from '../oidc-settings.ts'

/** The keys of the issuer cannot be read: of the token nothing is known. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable'
}

const answerMs = 5000
/** After a failure nobody is asked for this long, whatever strangers send. */
const restMs = 5000
/** Keys of a file are read again after this time, those of an address as well. */
const freshMs = 10 * 60_000
/** A key that is not known is looked for at most this often. */
const cooldownMs = 30_000

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) })

/**
 * The issuer's public keys, fetched when the first token comes and again when a token names a key that is not known.
 * Throws IssuerUnavailable where they cannot be read, and an error of jose for a token that names none of them.
 */
export function createIssuerKeys({ issuer, keys }: Pick<OidcConfig, 'issuer' | 'keys'>): JWTVerifyGetKey {
  let restsUntil = 0
  let opened: Promise<{ readonly keys: JWTVerifyGetKey; readonly until: number }> | undefined
  const open = async () => {
    const now = Date.now()
    if (opened !== undefined && (await opened).until > now) return (await opened).keys
    opened = openKeys(issuer, keys)
    return (await opened).keys
  }
  return async (header, token) => {
    if (Date.now() < restsUntil) throw new IssuerUnavailable()
    try {
      return await (await open())(header, token)
    } catch (error) {
      if (isOfToken(error)) throw error
      opened = undefined
      restsUntil = Date.now() + restMs
      throw new IssuerUnavailable('The keys of the issuer cannot be read', { cause: error })
    }
  }
}

function isOfToken(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys
}

async function openKeys(issuer: string, source: OidcConfig['keys']) {
  if (source.kind === 'file') {
    const keys = createLocalJWKSet(JSON.parse(await readFile(source.path, 'utf8')))
    return { keys, until: Date.now() + cooldownMs }
  }
  const url = source.kind === 'url' ? source.url : await addressOfKeys(issuer)
  const keys = createRemoteJWKSet(new URL(url), {
    timeoutDuration: answerMs,
    cooldownDuration: cooldownMs,
    cacheMaxAge: freshMs,
  })
  return { keys, until: Number.POSITIVE_INFINITY }
}

/** What the issuer says of itself may lead to no other host, and to nothing less safe than itself. */
async function addressOfKeys(issuer: string): Promise<string> {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(answerMs),
    headers: { accept: 'application/json' },
  })
  if (!answer.ok) throw new IssuerUnavailable(`The issuer answered with status ${answer.status}`)
  const told = Discovery.parse(await answer.json())
  const isOwn = new URL(told.jwks_uri).origin === new URL(issuer).origin
  if (told.issuer !== issuer || !isOwn) throw new IssuerUnavailable('The issuer names another issuer or host')
  return told.jwks_uri
}
