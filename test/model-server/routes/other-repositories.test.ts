import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRunTokens } from '../../../runner/model-server/src/callers/run-tokens.ts'
import { readConfig } from '../../../runner/model-server/src/config.ts'
import { openApiDocument } from '../../../runner/model-server/src/openapi.ts'
import type { KeptPersonas } from '../../../runner/model-server/src/personas/persona-store.ts'
import { createPersonas } from '../../../runner/model-server/src/personas/personas.ts'
import { createPersonaStore } from '../../../runner/model-server/src/store/persona-store.ts'
import { ofComment } from '../../support/oidc/run-claims.ts'
import type { Claims } from '../../support/oidc/sign-token.ts'
import { startIssuer } from '../../support/oidc/start-issuer.ts'
import { dialects, type OpenedDatabase } from '../support/dialects.ts'
import { aChunk, aConsent, comments } from '../support/persona-parts.ts'
import { anApiKey, GatedPipeline } from '../support/review-parts.ts'
import { askRoute, routesOf } from '../support/routes-of-a-repository.ts'
import { startHttp } from '../support/start-http.ts'

const person = { id: 41, login: 'lead' }
const own = { repository: { id: 7, owner: 'acme', name: 'shop' }, person, pullRequest: 3 }
const other = { repository: { id: 99, owner: 'other', name: 'shop' }, person, pullRequest: 3 }
const keyOf = ({ repository }: typeof own) => ({
  owner: repository.owner,
  repository: repository.name,
  login: person.login,
})

const audience = 'http://gpu-box:8787'

let opened: OpenedDatabase
let store: KeptPersonas
let issuer: Awaited<ReturnType<typeof startIssuer>>
beforeAll(async () => {
  opened = await dialects[0].open()
  issuer = await startIssuer()
})
afterAll(async () => {
  await opened[Symbol.asyncDispose]()
  await issuer[Symbol.asyncDispose]()
})

/** The other repository has a persona with comments. */
beforeEach(async () => {
  await opened.database.script('TRUNCATE personas, persona_withdrawals, persona_feedback, reviews CASCADE')
  store = createPersonaStore({ database: opened.database, secret: randomBytes(32) })
  await store.agree(keyOf(other), { repositoryId: 99, personId: 41, consent: aConsent() })
  await store.addChunk(keyOf(other), aChunk({ ...other, comments: comments(1, 25), done: true }))
})

/** Every row of every table, whosever it is. */
async function rows(): Promise<string> {
  const tables = await opened.database.query<{ readonly name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
  )
  const all = await Promise.all(
    tables.map(({ name }) => opened.database.query(`SELECT t::text AS row FROM ${name} t ORDER BY 1`)),
  )
  return JSON.stringify(all)
}

function start(apiKeys: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const personas = createPersonas({
    store,
    trainings: null,
    servedModel: () => 'model-1',
    publicUrl: '',
    forgetFiles: async () => {},
  })
  const { oidc } = readConfig({
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: audience,
    OIDC_OWNERS: '70,71',
    ...settings,
  })
  const tokens = oidc && createRunTokens(oidc)
  return startHttp({
    pipeline: new GatedPipeline(),
    personas,
    kept: store,
    apiKeys,
    ...(tokens && { tokens }),
  })
}

const toldByNumbers = '?repository=99&person=41'

test('every route that a repository is named to is asked below', async () => {
  const { paths } = (await openApiDocument()) as {
    paths: Record<string, Record<string, { readonly operationId: string }>>
  }
  const operations = Object.entries(paths)
    .filter(
      ([path]) => path.startsWith('/v1/') && !path.startsWith('/v1/reviews/') && path !== '/v1/capacity',
    )
    .flatMap(([, methods]) => Object.values(methods).map(({ operationId }) => operationId))
  expect(
    routesOf({ path: own, body: own })
      .map(({ operation }) => operation)
      .sort(),
  ).toEqual(operations.sort())
})

describe.each([
  ['one repository', (key: string) => `acme/shop=${key}`],
  ['all of an owner', (key: string) => `ACME/*=${key}`],
  ['two repositories', (key: string) => `acme/api=${key},acme/shop=${key}`],
])('a key that is bound to %s', (_name, entries) => {
  const key = anApiKey()
  const apiKeys = [...entries(key).split(','), anApiKey()]

  test('asks for nothing of another owner’s repository of the same name, and changes nothing of it', async () => {
    await using server = await start(apiKeys)
    const before = await rows()
    const shouted = { ...other, repository: { ...other.repository, owner: 'OTHER', name: 'SHOP' } }
    const asked = [
      ...routesOf({ path: other, body: other }),
      ...routesOf({ path: shouted, body: shouted }),
      ...routesOf({ path: other, body: own }).filter(({ path }) => path.startsWith('/v1/personas/')),
      ...routesOf({ path: own, body: other }).filter(({ body }) => body !== undefined),
      { operation: 'forgetPersona', method: 'DELETE', path: `/v1/personas/other/shop/lead${toldByNumbers}` },
    ]
    for (const route of asked) {
      const answer = await askRoute(server.url, route, `Bearer ${key}`)
      expect(answer.status, `${route.method} ${route.path}`).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'not-your-repository', retryable: false })
    }
    expect(await rows()).toBe(before)
    expect(server.finished).toEqual([])
  })
})

describe('a key that is bound to a repository', () => {
  const key = anApiKey()

  test('does not reach another one by stating its number', async () => {
    await using server = await start([`acme/shop=${key}`])
    const path = `/v1/personas/acme/shop/lead${toldByNumbers}`
    const route = { operation: 'forgetPersona', method: 'DELETE', path }
    expect((await askRoute(server.url, route, `Bearer ${key}`)).status).toBe(200)
    expect(await store.find(keyOf(other))).toMatchObject({ comments: 25 })
    expect(await store.agree(keyOf(other), { repositoryId: 99, personId: 41, consent: aConsent() })).toBe(
      true,
    )
  })

  test('asks for its own, whatever the case of the names', async () => {
    await using server = await start([`acme/shop=${key}`])
    const shouted = { ...own, repository: { ...own.repository, owner: 'Acme', name: 'SHOP' } }
    const slow = ['createReview', 'forgetPersona']
    const asked = routesOf({ path: shouted, body: shouted }).filter(
      ({ operation }) => !slow.includes(operation),
    )
    for (const route of asked) {
      const answer = await askRoute(server.url, route, `Bearer ${key}`)
      expect(await answer.text(), `${route.method} ${route.path}`).not.toContain('not-your-repository')
    }
    expect(await store.find(keyOf(own))).toMatchObject({ comments: 3 })
  })
})

test('a key that is bound to an owner is not bound to owners whose names begin alike', async () => {
  const key = anApiKey()
  await using server = await start([`acme/*=${key}`])
  const longer = { ...own, repository: { ...own.repository, owner: 'acme-corp' } }
  for (const route of routesOf({ path: longer, body: longer })) {
    expect((await askRoute(server.url, route, `Bearer ${key}`)).status).toBe(403)
  }
})

test("another key's review is told as one that is not there", async () => {
  const [bound, unbound] = [anApiKey(), anApiKey()]
  await using server = await start([`acme/shop=${bound}`, unbound])
  const [route] = routesOf({ path: other, body: other })
  const answer = await fetch(`${server.url}${route!.path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${unbound}`,
      'content-type': 'application/json',
      accept: 'text/event-stream',
    },
    body: JSON.stringify(route!.body),
  })
  const reader = answer.body!.getReader()
  const [, id = ''] =
    /"id":"([0-9a-f]{32})"/.exec(new TextDecoder().decode((await reader.read()).value)) ?? []
  expect(id).not.toBe('')
  const nobodys = 'f'.repeat(32)
  for (const method of ['GET', 'DELETE']) {
    const ask = async (review: string) => {
      const headers = { authorization: `Bearer ${bound}` }
      const told = await fetch(`${server.url}/v1/reviews/${review}`, { method, headers })
      return [told.status, await told.text()]
    }
    expect(await ask(id)).toEqual(await ask(nobodys))
    expect((await ask(id))[0]).toBe(404)
  }
  expect(server.finished).toEqual([])
  await reader.cancel()
})

describe('the token of a run', () => {
  /** What the run is answered to each of these requests, with a fresh token for each. */
  async function codesOf(url: string, claims: Claims, asked: ReturnType<typeof routesOf>) {
    const codes: [string, number, string | undefined][] = []
    for (const route of asked) {
      const answer = await askRoute(url, route, `Bearer ${issuer.token(audience, claims)}`)
      const { code } = answer.ok ? {} : ((await answer.json()) as { code?: string })
      codes.push([route.operation, answer.status, code])
      await answer.body?.cancel().catch(() => {})
    }
    return codes
  }
  const refusedAs = (code: string, asked: ReturnType<typeof routesOf>) =>
    asked.map(({ operation }) => [operation, 403, code])

  test.each<[string, Claims]>([
    ['a comment', ofComment],
    ['a pull request', {}],
  ])('of %s asks for nothing of another repository, and changes nothing of it', async (_name, claims) => {
    await using server = await start([])
    const before = await rows()
    const asked = [
      ...routesOf({ path: other, body: other }),
      ...routesOf({ path: other, body: own }).filter(({ path }) => path.startsWith('/v1/personas/')),
      ...routesOf({ path: own, body: other }).filter(({ body }) => body !== undefined),
      // Its own name, and the number of another: what a name that changed hands would look like.
      ...routesOf({ path: own, body: { ...own, repository: { ...own.repository, id: 99 } } }).filter(
        ({ body }) => body !== undefined,
      ),
      { operation: 'personaStatus', method: 'GET', path: `/v1/personas/acme/shop/lead${toldByNumbers}` },
      { operation: 'forgetPersona', method: 'DELETE', path: `/v1/personas/acme/shop/lead${toldByNumbers}` },
    ]
    const codes = await codesOf(server.url, claims, asked)
    const expected = refusedAs('not-your-repository', asked)
    // Who may forget nothing is told so first.
    const isLast = ([operation]: readonly unknown[]) => operation === 'forgetPersona'
    expect(codes.filter((told) => !isLast(told))).toEqual(expected.filter((told) => !isLast(told)))
    expect(codes.map(([, status]) => status)).toEqual(expected.map(() => 403))
    expect(await rows()).toBe(before)
    expect(server.finished).toEqual([])
  })

  test('finds nothing of a repository that had its name before', async () => {
    await store.agree(keyOf(own), { repositoryId: 6, personId: 41, consent: aConsent() })
    const job = { key: keyOf(own), repositoryId: 6, personId: 41, baseModel: 'model-1', force: false }
    await store.enqueue(job)
    await using server = await start([])
    const asked = routesOf({ path: own, body: own }).filter(({ operation }) =>
      ['personaStatus', 'personaTraining', 'cancelTraining'].includes(operation),
    )
    expect(await codesOf(server.url, ofComment, asked)).toEqual([
      ['personaStatus', 200, undefined],
      ['personaTraining', 404, 'not-found'],
      ['cancelTraining', 204, undefined],
    ])
    expect((await store.lastTraining(keyOf(own)))?.job.status.state).toBe('queued')
  })

  test('of a pull request asks for reviews, answers and looks, and changes no persona', async () => {
    await using server = await start([])
    const asked = routesOf({ path: own, body: own }).filter(({ operation }) => operation !== 'createReview')
    const codes = await codesOf(server.url, {}, asked)
    expect(codes.filter(([, status]) => status !== 403)).toEqual([
      ['createReply', 200, undefined],
      ['sendFeedback', 200, undefined],
      ['personaStatus', 200, undefined],
      ['personaTraining', 404, 'not-found'],
    ])
    expect(codes.filter(([, , code]) => code === 'not-by-this-run').map(([operation]) => operation)).toEqual([
      'agreeToPersona',
      'uploadSamples',
      'trainPersona',
      'cancelTraining',
      'promoteVersion',
      'forgetPersona',
    ])
    expect(await store.find(keyOf(own))).toBeNull()
  })

  test('of a pull request speaks of no other one', async () => {
    await using server = await start([])
    const elsewhere = { ...own, pullRequest: 4 }
    const asked = routesOf({ path: own, body: elsewhere }).slice(0, 3)
    expect(await codesOf(server.url, {}, asked)).toEqual(refusedAs('not-by-this-run', asked))
    expect(await codesOf(server.url, { event_name: 'pull_request_review_comment' }, asked)).toEqual(
      refusedAs('not-by-this-run', asked),
    )
  })

  const dispatched = { ...ofComment, event_name: 'workflow_dispatch', ref_protected: 'false' }
  const onProtected = (ref: string) => ({ ...dispatched, ref, ref_protected: 'true' })
  test.each([
    { by: 'a comment', claims: ofComment, may: true },
    { by: 'a dispatch on a topic', claims: { ...dispatched, ref: 'refs/heads/topic' }, may: false },
    { by: 'a dispatch on a protected branch', claims: onProtected('refs/heads/main'), may: true },
    { by: 'a dispatch on a protected tag', claims: onProtected('refs/tags/main'), may: false },
    { by: 'a dispatch on a branch of the list', claims: dispatched, branches: 'trunk, main', may: true },
    {
      by: 'a dispatch on a protected branch beside the list',
      claims: onProtected('refs/heads/release'),
      branches: 'main',
      may: false,
    },
  ])('of $by changes personas and tells feedback: $may', async ({ claims, branches, may }) => {
    await using server = await start([], branches === undefined ? {} : { OIDC_BRANCHES: branches })
    const asked = routesOf({ path: own, body: own }).filter(({ operation }) =>
      ['agreeToPersona', 'sendFeedback'].includes(operation),
    )
    const codes = await codesOf(server.url, claims, asked)
    expect(codes.map(([, status]) => status)).toEqual(may ? [200, 200] : [403, 403])
    expect(await store.find(keyOf(own))).toEqual(may ? expect.objectContaining({ repositoryId: 7 }) : null)
  })
})
