import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRunTokens, type TokenRefused } from '../../../runner/model-server/src/callers/run-tokens.ts'
import { readConfig } from '../../../runner/model-server/src/config.ts'
import { ofComment, runClaims } from '../../support/oidc/run-claims.ts'
import { aSigningKey, type Claims, signToken } from '../../support/oidc/sign-token.ts'
import { publicJwk, startIssuer } from '../../support/oidc/start-issuer.ts'
import { anApiKey, GatedPipeline } from '../support/review-parts.ts'
import { startHttp } from '../support/start-http.ts'

const audience = 'http://gpu-box:8787'
const stranger = aSigningKey()

let issuer: Awaited<ReturnType<typeof startIssuer>>
let toWrongKey: Awaited<ReturnType<typeof answerTo>>
beforeAll(async () => {
  issuer = await startIssuer()
  toWrongKey = await answerTo(anApiKey())
})
afterAll(() => issuer[Symbol.asyncDispose]())

/** As the server reads it of its environment: repositories 7 and 9 of owner 70. */
function tokensOf(settings: Readonly<Record<string, string>> = {}) {
  const { oidc } = readConfig({
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: audience,
    OIDC_OWNERS: '70',
    OIDC_REPOSITORIES: '7,9',
    ...settings,
  })
  if (oidc === undefined) throw new Error('no tokens are taken')
  return createRunTokens(oidc)
}

/** What the server answers to whoever shows this. */
async function answerTo(credential: string | undefined, tokens = tokensOf(), path = '/v1/capacity') {
  await using server = await startHttp({ pipeline: new GatedPipeline(), tokens, apiKeys: [anApiKey()] })
  const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` }
  const answer = await fetch(server.url + path, { headers })
  return {
    status: answer.status,
    body: await answer.text(),
    challenge: answer.headers.get('www-authenticate'),
  }
}

const claimsOf = (overrides: Claims = {}) => runClaims({ issuer: issuer.url, audience }, overrides)
const without = (name: string) => {
  const { [name]: _gone, ...rest } = claimsOf()
  return rest
}
const signed = (claims: unknown, how: Parameters<typeof signToken>[2] = {}) =>
  signToken(issuer.keys[0]!, claims, how)
const seconds = () => Math.floor(Date.now() / 1000)

test.each<[string, () => Claims]>([
  ['pull request', () => ({})],
  ['comment', () => ofComment],
  ['reply', () => ({ event_name: 'pull_request_review_comment' })],
  ['dispatched run', () => ({ event_name: 'workflow_dispatch', ref: 'refs/heads/topic' })],
  ['renamed repository', () => ({ repository: 'acme/store' })],
  ['token half a minute too old', () => ({ iat: seconds() - 330, exp: seconds() - 30 })],
  ['token half a minute too young', () => ({ iat: seconds() + 30, nbf: seconds() + 30 })],
])('lets a %s in', async (_name, overrides) => {
  expect(await answerTo(issuer.token(audience, overrides()))).toMatchObject({ status: 200 })
})

const forks = { repository: 'contributor/shop', repository_id: '77', repository_owner_id: '40' }
const refused: [string, TokenRefused['reason'], () => string][] = [
  ["GitHub's default audience", 'audience', () => signed(claimsOf({ aud: 'https://github.com/acme' }))],
  ['another server’s audience', 'audience', () => signed(claimsOf({ aud: 'http://other-box:8787' }))],
  ['an audience with more behind it', 'audience', () => signed(claimsOf({ aud: `${audience}/` }))],
  ['several audiences', 'claims', () => signed(claimsOf({ aud: [audience, 'http://other-box:8787'] }))],
  [
    'another organisation',
    'owner',
    () => signed(claimsOf({ repository: 'other/shop', repository_id: '8', repository_owner_id: '71' })),
  ],
  ['another owner of the same name', 'owner', () => signed(claimsOf({ repository_owner_id: '71' }))],
  [
    'another repository of the organisation',
    'repository',
    () => signed(claimsOf({ repository: 'acme/api', repository_id: '8' })),
  ],
  ['a new repository of the old name', 'repository', () => signed(claimsOf({ repository_id: '8' }))],
  ["a fork's own run", 'owner', () => signed(claimsOf(forks))],
  ['the algorithm none with something behind it', 'forged', () => `${signed(claimsOf(), { by: 'none' })}AA`],
  ['the algorithm none', 'forged', () => signed(claimsOf(), { header: { alg: 'none' } })],
  ['the algorithm nOnE', 'forged', () => signed(claimsOf(), { header: { alg: 'nOnE' } })],
  ['HS256 with the public key for a secret', 'forged', () => signed(claimsOf(), { by: 'HS256' })],
  [
    'HS256 that calls itself RS256',
    'forged',
    () => signed(claimsOf(), { by: 'HS256', header: { alg: 'RS256' } }),
  ],
  ['PS256', 'forged', () => signed(claimsOf(), { by: 'PS256' })],
  ['a path for a key', 'forged', () => signed(claimsOf(), { header: { kid: '../../../../dev/null' } })],
  ['an unknown key', 'forged', () => signToken({ ...stranger, kid: 'key-9' }, claimsOf())],
  ['a known name on another key', 'forged', () => signToken(stranger, claimsOf())],
  [
    'the address of keys of its own',
    'forged',
    () => signToken(stranger, claimsOf(), { header: { jku: `${issuer.url}/own-keys` } }),
  ],
  [
    'a key of its own in its head',
    'forged',
    () => signToken(stranger, claimsOf(), { header: { jwk: publicJwk(stranger), kid: undefined } }),
  ],
  [
    'an extension that must be understood',
    'malformed',
    () => signed(claimsOf(), { header: { crit: ['own'], own: true } }),
  ],
  ['an hour after its end', 'time', () => signed(claimsOf({ iat: seconds() - 3900, exp: seconds() - 3600 }))],
  ['an hour before its time', 'time', () => signed(claimsOf({ nbf: seconds() + 3600 }))],
  ['an hour before it was made', 'time', () => signed(claimsOf({ iat: seconds() + 3600 }))],
  ['of another day, good for a year', 'time', () => signed(claimsOf({ iat: seconds() - 86_400, exp: 4e9 }))],
  ['an Enterprise Server', 'issuer', () => signed(claimsOf({ iss: 'https://ghes.example/_services/token' }))],
  ['the issuer with a slash', 'issuer', () => signed(claimsOf({ iss: `${issuer.url}/` }))],
  ['a number that is a number', 'claims', () => signed(claimsOf({ repository_id: 7 }))],
  ['a number with a zero in front', 'claims', () => signed(claimsOf({ repository_id: '07' }))],
  ['numbers in a list', 'claims', () => signed(claimsOf({ repository_owner_id: ['70'] }))],
  ['an end in words', 'claims', () => signed(claimsOf({ exp: 'never' }))],
  ['a name in an object', 'claims', () => signed(claimsOf({ jti: { toString: 'x' } }))],
  ['a repository without an owner', 'claims', () => signed(claimsOf({ repository: 'shop' }))],
  ['a repository with two slashes', 'claims', () => signed(claimsOf({ repository: 'acme/shop/x' }))],
  ['a list for claims', 'malformed', () => signed([claimsOf()])],
  ['nothing for claims', 'malformed', () => signed(null)],
  ['a push', 'event', () => signed(claimsOf({ event_name: 'push', ref: 'refs/heads/main' }))],
  ['pull_request_target', 'event', () => signed(claimsOf({ event_name: 'pull_request_target' }))],
  ['workflow_run', 'event', () => signed(claimsOf({ ...ofComment, event_name: 'workflow_run' }))],
  ['a pull request without its number', 'event', () => signed(claimsOf({ ref: 'refs/heads/main' }))],
  ['a hosted runner', 'runner', () => signed(claimsOf({ runner_environment: 'github-hosted' }))],
  ['claims that were changed', 'forged', () => changed(signed(claimsOf()), claimsOf({ actor: 'other' }))],
  ['half a signature', 'forged', () => signed(claimsOf()).slice(0, -171)],
  ['three words', 'malformed', () => 'one.two.three'],
  ...['aud', 'iss', 'jti', 'iat', 'nbf', 'exp'].map(missing),
  ...['repository', 'repository_id', 'repository_owner_id', 'event_name', 'ref'].map(missing),
]

function missing(name: string): (typeof refused)[number] {
  const reason = name === 'aud' ? 'audience' : name === 'iss' ? 'issuer' : 'claims'
  return [`no ${name}`, reason, () => signed(without(name))]
}

/** The head and the signature of one token around other claims. */
function changed(token: string, claims: Claims): string {
  const [head, , signature] = token.split('.')
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
}

describe('refuses a token', () => {
  test.each(refused)('of %s (%s), as it refuses a wrong key', async (_name, reason, make) => {
    const tokens = tokensOf()
    const token = make()
    await expect(tokens(token)).rejects.toMatchObject({ name: 'TokenRefused', reason })
    const { challenge, ...answer } = await answerTo(token, tokens)
    expect(answer).toEqual({ status: 401, body: toWrongKey.body })
    expect(challenge).toMatch(reason === 'time' ? /clock skew of \d+ s/ : /^Bearer$/)
  })

  test.each([
    ['of five parts', () => `${issuer.token(audience)}.e30.e30`],
    ['too long to be one', () => signed(claimsOf({ filler: 'x'.repeat(9000) }))],
    ['without a signature', () => signed(claimsOf(), { by: 'none' })],
  ])('%s', async (_name, make) => {
    expect(await answerTo(make())).toEqual(toWrongKey)
  })

  test('that was shown before', async () => {
    const tokens = tokensOf()
    const token = issuer.token(audience)
    expect(await answerTo(token, tokens)).toMatchObject({ status: 200 })
    const again = await answerTo(token, tokens)
    expect(again).toEqual(toWrongKey)
    await expect(tokens(token)).rejects.toMatchObject({ reason: 'used-before' })
  })

  test.each([
    [-75, 'exp'],
    [75, 'nbf'],
    [75, 'iat'],
  ])('%i seconds off by its %s, and says how far', async (off, claim) => {
    const claims = { ...(off < 0 ? { iat: seconds() - 375 } : {}), [claim]: seconds() + off }
    const { body, challenge } = await answerTo(issuer.token(audience, claims))
    expect(body).toBe(toWrongKey.body)
    const [, told] = /error_description="clock skew of (\d+) s"$/.exec(challenge ?? '') ?? []
    expect(Math.abs(Number(told) - 75)).toBeLessThanOrEqual(5)
  })

  test('whose time is off says nothing where it is another’s as well', async () => {
    const token = issuer.token(audience, { ...forks, exp: seconds() - 90, iat: seconds() - 300 })
    expect(await answerTo(token)).toEqual(toWrongKey)
  })

  test('too often from one address makes it wait, and right ones are still let in', async () => {
    const tokens = tokensOf()
    await using server = await startHttp({ pipeline: new GatedPipeline(), tokens })
    const ask = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      return (await fetch(`${server.url}/v1/capacity`, { headers })).status
    }
    const statuses = []
    for (let tries = 0; tries < 11; tries += 1)
      statuses.push(await ask(issuer.token('http://other-box:8787')))
    expect(statuses).toEqual([...Array(10).fill(401), 429])
    expect(await ask(issuer.token(audience))).toBe(200)
  })
})

test('without any key, a server that takes tokens lets nobody in who shows none', async () => {
  await using server = await startHttp({ pipeline: new GatedPipeline(), tokens: tokensOf() })
  expect((await fetch(`${server.url}/v1/capacity`)).status).toBe(401)
})

test('tokens of hosted runners are taken where the server says so', async () => {
  const token = issuer.token(audience, { runner_environment: 'github-hosted' })
  expect(await answerTo(token, tokensOf({ OIDC_RUNNERS: 'any' }))).toMatchObject({ status: 200 })
})

describe('the keys of the issuer', () => {
  const unavailable = { status: 503, body: expect.stringContaining('issuer-unavailable') }

  test('are asked for once, and again for a key that is not known yet', async () => {
    await using rotating = await startIssuer()
    const tokens = tokensOf({ OIDC_ISSUER: rotating.url })
    for (let shown = 0; shown < 3; shown += 1) {
      expect(await answerTo(rotating.token(audience), tokens)).toMatchObject({ status: 200 })
    }
    expect(rotating.asked).toEqual(['/.well-known/openid-configuration', '/.well-known/jwks'])
  })

  test.each([
    ['of another host', { jwks_uri: 'http://localhost:9/keys' }],
    ['of another issuer', { issuer: 'https://token.actions.githubusercontent.com' }],
    ['at no address', { jwks_uri: 'file:///etc/passwd' }],
  ])('are not taken %s', async (_name, discovery) => {
    await using misled = await startIssuer({ discovery })
    const token = misled.token(audience)
    expect(await answerTo(token, tokensOf({ OIDC_ISSUER: misled.url }))).toMatchObject(unavailable)
    expect(misled.asked).toEqual(['/.well-known/openid-configuration'])
  })

  test('that cannot be read keep nobody out who has a key, and are not asked for by everyone', async () => {
    const key = anApiKey()
    const gone = await startIssuer()
    await gone[Symbol.asyncDispose]()
    const tokens = tokensOf({ OIDC_ISSUER: gone.url })
    await using server = await startHttp({ pipeline: new GatedPipeline(), tokens, apiKeys: [key] })
    const ask = async (credential: string) => {
      const headers = { authorization: `Bearer ${credential}` }
      return (await fetch(`${server.url}/v1/capacity`, { headers })).status
    }
    expect(await ask(gone.token(audience))).toBe(503)
    expect(await ask(key)).toBe(200)
  })

  test('are read of a file, where the issuer cannot be reached', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'jwks-'))
    try {
      const file = join(directory, 'keys.json')
      const tokens = tokensOf({ OIDC_ISSUER: 'https://ghes.example/_services/token', OIDC_JWKS: file })
      const token = issuer.token(audience, { iss: 'https://ghes.example/_services/token' })
      await writeFile(file, JSON.stringify({ keys: issuer.keys.map(publicJwk) }))
      expect(await answerTo(token, tokens)).toMatchObject({ status: 200 })
      expect(await answerTo(issuer.token(audience), tokens)).toMatchObject({ status: 401 })
      await writeFile(file, 'no JSON')
      const other = tokensOf({ OIDC_ISSUER: 'https://ghes.example/_services/token', OIDC_JWKS: file })
      expect(await answerTo(token, other)).toMatchObject(unavailable)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  })

  test('are read of an address of one’s own', async () => {
    const tokens = tokensOf({ OIDC_JWKS: `${issuer.url}/.well-known/jwks` })
    expect(await answerTo(issuer.token(audience), tokens)).toMatchObject({ status: 200 })
  })
})
