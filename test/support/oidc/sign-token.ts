import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** A fresh pair of 2,048 bits, as GitHub's are. */
export function aSigningKey(kid = 'key-1'): SigningKey {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) }
}

export type Claims = Readonly<Record<string, unknown>>

interface Signing {
  readonly header?: Readonly<Record<string, unknown>>
  /** `none` leaves the signature out; `HS256` takes the public key for a secret, as forgers do. */
  readonly by?: 'RS256' | 'PS256' | 'HS256' | 'none'
}

/** A JWT in compact form. Nothing is checked: what is asked for is signed. */
export function signToken(key: SigningKey, claims: unknown, { header, by = 'RS256' }: Signing = {}): string {
  const head = { typ: 'JWT', alg: by, kid: key.kid, ...header }
  const signed = [head, claims].map((part) => base64url(JSON.stringify(part))).join('.')
  return `${signed}.${signatureOf(Buffer.from(signed), key, by)}`
}

function signatureOf(data: Buffer, { privateKey, publicKey }: SigningKey, by: Signing['by']): string {
  if (by === 'none') return ''
  if (by === 'HS256') {
    const secret = publicKey.export({ type: 'spki', format: 'pem' })
    return createHmac('sha256', secret).update(data).digest('base64url')
  }
  // https://nodejs.org/api/crypto.html: 6 is RSA_PKCS1_PSS_PADDING.
  const pss = { key: privateKey, padding: 6, saltLength: 32 }
  return sign('sha256', data, by === 'PS256' ? pss : privateKey).toString('base64url')
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}
