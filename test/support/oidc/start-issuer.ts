import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runClaims } from './run-claims.ts'
import { aSigningKey, type Claims, type SigningKey, signToken } from './sign-token.ts'

interface Issuer extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string
  /** Those whose public halves it shows; a test may add or take away. */
  readonly keys: SigningKey[]
  /** What a job of `id-token: write` gets in its environment. */
  readonly jobEnvironment: Readonly<Record<string, string>>
  /** Every token that it handed to jobs. */
  readonly issued: readonly string[]
  /** Paths that were asked for. */
  readonly asked: readonly string[]
  /** Signs what a run says of itself, with the first of its keys. */
  token(audience: string, claims?: Claims): string
}

interface IssuerOptions {
  /** What it says of the run that asks for a token. */
  readonly claims?: Claims
  /** What it says of itself, where that is not the truth. */
  readonly discovery?: Readonly<Record<string, unknown>>
  /** So many requests for tokens fail before one is answered. */
  readonly failures?: number
}

const requestToken = 'request-token-of-the-job'

/** GitHub's token service on a free port: discovery, keys, and tokens for jobs. */
export async function startIssuer(options: IssuerOptions = {}): Promise<Issuer> {
  const keys = [aSigningKey()]
  const issued: string[] = []
  const asked: string[] = []
  let failures = options.failures ?? 0
  const answer = (url: URL, authorization: string | undefined): [number, object] => {
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return [200, { issuer: root, jwks_uri: `${root}/.well-known/jwks`, ...options.discovery }]
      case '/.well-known/jwks':
        return [200, { keys: keys.map(publicJwk) }]
      case '/token': {
        if (authorization !== `Bearer ${requestToken}`) return [401, {}]
        failures -= 1
        if (failures >= 0) return [500, {}]
        const value = token(url.searchParams.get('audience') ?? '', options.claims)
        issued.push(value)
        return [200, { value }]
      }
      default:
        return [404, {}]
    }
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    asked.push(url.pathname)
    const [status, body] = answer(url, request.headers.authorization)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const token = (audience: string, claims: Claims = {}) => {
    const [key] = keys
    if (key === undefined) throw new Error('the issuer has no key')
    return signToken(key, runClaims({ issuer: root, audience }, claims))
  }
  return {
    url: root,
    keys,
    issued,
    asked,
    token,
    jobEnvironment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${root}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

export function publicJwk({ kid, publicKey }: SigningKey): object {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
}
