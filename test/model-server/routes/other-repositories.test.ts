import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openApiDocument } from '../../../runner/model-server/src/openapi.ts'
import type { KeptPersonas } from '../../../runner/model-server/src/personas/persona-store.ts'
import { createPersonas } from '../../../runner/model-server/src/personas/personas.ts'
import { createPersonaStore } from '../../../runner/model-server/src/store/persona-store.ts'
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

let opened: OpenedDatabase
let store: KeptPersonas
beforeAll(async () => {
  opened = await dialects[0].open()
})
afterAll(() => opened[Symbol.asyncDispose]())

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

function start(apiKeys: readonly string[]) {
  const personas = createPersonas({ store, trainings: null, servedModel: () => 'model-1' })
  return startHttp({ pipeline: new GatedPipeline(), personas, kept: store, apiKeys })
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
