import { createHash, randomBytes } from 'node:crypto'
import { PersonaStatus, TrainingStatus } from '@ai-review/protocol/persona'
import { Problem } from '@ai-review/protocol/problem'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { KeptPersonas } from '../../../runner/model-server/src/personas/persona-store.ts'
import { createPersonas, type Trainings } from '../../../runner/model-server/src/personas/personas.ts'
import { createPersonaStore } from '../../../runner/model-server/src/store/persona-store.ts'
import { dialects, type OpenedDatabase } from '../support/dialects.ts'
import {
  aChunk,
  aConsent,
  aPerson,
  aRepository,
  aVersion,
  comments,
  day,
  hashOf,
} from '../support/persona-parts.ts'
import { anApiKey, GatedPipeline, until } from '../support/review-parts.ts'
import { startHttp } from '../support/start-http.ts'

const model = 'model-1'
const path = '/v1/personas/acme/shop/lead'
const about = { repository: aRepository, person: aPerson }

let opened: OpenedDatabase
let store: KeptPersonas
let server: Awaited<ReturnType<typeof startHttp>>
let removedFiles: string[]
let listeners: Set<() => void>
let hasAdapters: boolean

/** Trainings that nobody carries out: they wait in the store until a test reports on them. */
function waitingTrainings(): Trainings {
  return {
    canServe: () => hasAdapters,
    baseModel: () => model,
    enqueue: (job) => store.enqueue({ ...job, baseModel: model }),
    cancel: (key) => store.cancelJob(key),
    onChange: (_key, listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

async function start(
  parts: { readonly apiKeys?: string[]; readonly trains?: boolean; readonly publicUrl?: string } = {},
): Promise<void> {
  const personas = createPersonas({
    store,
    trainings: parts.trains === false ? null : waitingTrainings(),
    servedModel: () => model,
    forgetFiles: async (hashes) => {
      removedFiles.push(...hashes)
    },
    publicUrl: parts.publicUrl ?? '',
  })
  const apiKeys = parts.apiKeys ?? []
  server = await startHttp({ pipeline: new GatedPipeline(), personas, kept: store, apiKeys })
}

beforeAll(async () => {
  opened = await dialects[0].open()
})

beforeEach(() => {
  store = createPersonaStore({ database: opened.database, secret: randomBytes(32) })
  removedFiles = []
  listeners = new Set()
  hasAdapters = true
})

afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await opened.database.script('TRUNCATE personas, persona_withdrawals CASCADE')
})

afterAll(async () => {
  await opened[Symbol.asyncDispose]()
})

function ask(method: string, to: string, body?: unknown) {
  return fetch(`${server.url}${to}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** The events of the training. */
function follow() {
  return fetch(`${server.url}${path}/training`, { headers: { accept: 'text/event-stream' } })
}

async function told(method: string, to: string, body?: unknown): Promise<PersonaStatus> {
  const response = await ask(method, to, body)
  expect(response.status, await response.clone().text()).toBe(200)
  return PersonaStatus.strict().parse(await response.json())
}

async function refused(method: string, to: string, body?: unknown) {
  const response = await ask(method, to, body)
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const { code, title, hint } = Problem.strict().parse(await response.json())
  return { status: response.status, code, title, hint }
}

const agree = (consent = aConsent()) => told('PUT', `${path}/consent`, { ...about, consent })
const upload = (chunk: Partial<ReturnType<typeof aChunk>>) => told('PUT', `${path}/samples`, aChunk(chunk))

async function learn(count: number, session = 'one'): Promise<void> {
  for (let from = 1; from <= count; from += 200) {
    const some = comments(from, Math.min(200, count - from + 1))
    await upload({ session, comments: some, done: from + 200 > count })
  }
}

describe('the way of a persona', () => {
  test('from nobody by consent and history to one that can speak', async () => {
    await start()
    expect(await told('GET', path)).toMatchObject({ state: 'none', card: null, trains: true, consent: null })
    const agreed = await agree()
    expect(agreed).toMatchObject({ state: 'collecting', comments: 0, consent: { kind: 'comment' } })
    const first = await upload({ comments: comments(1, 15), cursor: 'after-15' })
    expect(first).toMatchObject({
      state: 'collecting',
      comments: 15,
      collection: { session: 'one', cursor: 'after-15', comments: 15 },
      style: null,
    })
    await upload({ comments: comments(16, 10), done: true })
    const ready = await told('GET', path)
    expect(ready).toMatchObject({ state: 'ready', comments: 25, collection: null })
    expect(ready.style?.comments).toBe(25)
    expect(ready.style?.questions).toBe(1)
    expect(ready.card).toBe(agreed.card)
  })

  test('tells when its history was read, and its card by the address that people reach', async () => {
    await start({ publicUrl: 'https://review.example' })
    await agree()
    await upload({ comments: comments(1, 30), cursor: 'after-30' })
    expect(await told('GET', path)).toMatchObject({ readAt: null })
    const before = Date.now()
    await upload({ done: true })
    const { readAt, card } = await told('GET', path)
    expect(Date.parse(readAt ?? '')).toBeGreaterThanOrEqual(before)
    expect(card).toMatch(/^https:\/\/review\.example\/cards\/[0-9a-f]{32}$/)
  })

  test('ends when it is forgotten: files, card and consent go', async () => {
    await start()
    await agree()
    await learn(30)
    await store.saveVersion(aVersion({ state: 'live' }))
    const { card } = await told('GET', path)
    expect((await ask('GET', card ?? '')).status).toBe(200)
    const forgotten = await ask('DELETE', path)
    expect(await forgotten.json()).toEqual({ comments: 30, versions: 1, cancelled: false })
    expect(removedFiles).toEqual([aVersion().hash])
    expect((await ask('GET', card ?? '')).status).toBe(404)
    expect(await told('GET', path)).toMatchObject({ state: 'withdrawn', comments: 0, card: null })
    const body = { ...about, consent: aConsent() }
    expect(await refused('PUT', `${path}/consent`, body)).toMatchObject({ status: 403, code: 'no-consent' })
    expect((await ask('DELETE', path)).status, 'said again').toBe(200)
  })

  test('is the same whatever the case of its name', async () => {
    await start()
    await agree()
    expect((await told('GET', '/v1/personas/ACME/Shop/LEAD')).state).toBe('collecting')
    const named = { repository: { id: 7, owner: 'ACME', name: 'SHOP' }, person: { id: 41, login: 'Lead' } }
    await told('PUT', '/v1/personas/ACME/SHOP/Lead/samples', {
      ...aChunk({ comments: comments(1, 2) }),
      ...named,
    })
    expect((await told('GET', path)).comments).toBe(2)
  })
})

describe('what is refused', () => {
  const bodies = {
    consent: { ...about, consent: aConsent() },
    samples: aChunk(),
    training: about,
    promotion: { ...about, to: 'none' },
  }
  const writes = [
    ['PUT', 'consent'],
    ['PUT', 'samples'],
    ['POST', 'training'],
    ['POST', 'promotion'],
  ] as const

  test('everything without the key, but for cards', async () => {
    await start({ apiKeys: [anApiKey()] })
    const all = [
      ...writes.map(([method, rest]) => [method, `${path}/${rest}`] as const),
      ['GET', path],
      ['DELETE', path],
      ['GET', `${path}/training`],
      ['DELETE', `${path}/training`],
      ['POST', '/v1/feedback'],
    ] as const
    for (const [method, to] of all) {
      expect([401, 429], `${method} ${to}`).toContain((await ask(method, to)).status)
    }
    expect((await ask('GET', `/cards/${'0'.repeat(32)}`)).status).toBe(404)
  })

  test.each(writes.filter(([, rest]) => rest !== 'consent'))(
    '%s %s before there is a consent',
    async (method, rest) => {
      await start()
      expect(await refused(method, `${path}/${rest}`, bodies[rest])).toMatchObject({
        status: 403,
        code: 'no-consent',
      })
    },
  )

  test.each(writes)('%s %s for another account or repository of the same name', async (method, rest) => {
    await start()
    await agree()
    const others = [{ person: { id: 42, login: 'lead' } }, { repository: { ...aRepository, id: 8 } }]
    for (const other of others) {
      const answer = await refused(method, `${path}/${rest}`, { ...bodies[rest], ...other })
      expect(answer).toMatchObject({ status: 409, code: 'conflict' })
      expect(answer.title).toContain('another repository or account')
    }
  })

  test('forgetting for another account or repository, where the caller names numbers', async () => {
    await start()
    await agree()
    for (const query of ['person=42', 'repository=8', 'person=41&repository=8']) {
      expect(await refused('DELETE', `${path}?${query}`)).toMatchObject({ status: 409, code: 'conflict' })
    }
    expect(await refused('DELETE', `${path}?person=0`)).toMatchObject({ status: 400 })
    expect((await ask('DELETE', `${path}?person=41&repository=7`)).status).toBe(200)
  })

  test.each(writes)('%s %s where path and body name different personas', async (method, rest) => {
    await start()
    await agree()
    const answer = await refused(method, `/v1/personas/globex/shop/lead/${rest}`, bodies[rest])
    expect(answer).toMatchObject({ status: 400, code: 'bad-request' })
  })

  test.each([
    '/v1/personas/..%2f/shop/lead',
    '/v1/personas/acme/../lead',
    '/v1/personas/acme/..%2f..%2fshop/lead',
    '/v1/personas/acme/%2e%2e/lead',
    '/v1/personas/acme/shop/..',
    '/v1/personas/acme/shop/l%C3%A9ad',
    '/v1/personas/acme/shop/%E2%80%AElead',
    '/v1/personas/acme/shop/lead%00',
    '/v1/personas/acme/shop/lead%27--',
    '/v1/personas/acme/shop/-lead',
    `/v1/personas/acme/shop/${'l'.repeat(40)}`,
    `/v1/personas/acme/${'s'.repeat(101)}/lead`,
    '/v1/personas/acme/shop/lead%',
  ])('the name %s', async (to) => {
    await start()
    for (const method of ['GET', 'DELETE']) {
      const { status } = await refused(method, to)
      expect([400, 404]).toContain(status)
    }
  })

  test('nothing that GitHub allows', async () => {
    await start()
    const names = [
      `/v1/personas/acme_corp/${'s.'.repeat(50)}/${'l'.repeat(39)}`,
      '/v1/personas/a/.github/m-m_acme',
    ]
    for (const to of names) expect(await told('GET', to)).toMatchObject({ state: 'none' })
  })

  test('a body with what the contract does not know, or beyond its limits', async () => {
    await start()
    await agree()
    expect(await refused('PUT', `${path}/samples`, { ...aChunk(), extra: 1 })).toMatchObject({ status: 400 })
    const many = aChunk({ comments: comments(1, 201) })
    expect(await refused('PUT', `${path}/samples`, many)).toMatchObject({ status: 400 })
    const long = { ...about, to: 'x'.repeat(70_000) }
    expect(await refused('POST', `${path}/promotion`, long)).toMatchObject({ status: 413, code: 'too-large' })
  })

  test('everything where nothing is kept, and while the database fails', async () => {
    server = await startHttp({ pipeline: new GatedPipeline() })
    expect(await refused('GET', path)).toMatchObject({ status: 409, code: 'no-personas' })
    await server[Symbol.asyncDispose]()
    await start()
    await opened.database.script('ALTER TABLE personas RENAME TO elsewhere')
    expect(await refused('GET', path)).toMatchObject({ status: 503, code: 'storage-unavailable' })
    expect(await refused('PUT', `${path}/samples`, aChunk())).toMatchObject({ status: 503 })
    expect((await ask('GET', '/metrics')).status).toBe(200)
    await opened.database.script('ALTER TABLE elsewhere RENAME TO personas')
  })
})

describe('a training', () => {
  const train = (more: object = {}) => ask('POST', `${path}/training`, { ...about, ...more })

  test('is refused where there is too little to learn from, or nobody to do it', async () => {
    await start()
    await agree()
    await learn(99)
    expect(await refused('POST', `${path}/training`, about)).toMatchObject({
      status: 409,
      code: 'too-few-samples',
    })
    expect(await refused('GET', `${path}/training`)).toMatchObject({ status: 404 })
    await server[Symbol.asyncDispose]()
    await start({ trains: false })
    expect(await refused('POST', `${path}/training`, about)).toMatchObject({
      status: 409,
      code: 'training-off',
    })
  })

  test('is refused where the engine could not use what comes of it', async () => {
    await start()
    await agree()
    await learn(120)
    hasAdapters = false
    expect((await told('GET', path)).trains).toBe(false)
    const answer = await refused('POST', `${path}/training`, about)
    expect(answer).toMatchObject({ status: 409, code: 'training-off' })
    expect(answer.hint).toContain('loads no adapters')
    expect(await store.job({ owner: 'acme', repository: 'shop', login: 'lead' })).toBeNull()
  })

  test('is queued once, and done once for the same comments unless it is forced', async () => {
    await start()
    await agree()
    await learn(120)
    const queued = await train({ refresh: 'weekly' })
    expect(queued.status).toBe(202)
    const { id } = TrainingStatus.parse(await queued.json())
    expect(await (await train()).json()).toMatchObject({ id, state: 'queued' })
    const older = { repositoryId: 7, personId: 41, baseModel: 'model-0', force: false }
    await store.enqueue({ ...older, key: { owner: 'acme', repository: 'shop', login: 'lead' } })
    expect((await told('GET', path)).training).toMatchObject({ id })

    await store.takeJob('w', 60_000)
    await store.reportJob(id, 'w', { state: 'done', version: 'a-0123456789ab' })
    const again = await train()
    expect(again.status).toBe(200)
    expect(await again.json()).toMatchObject({ id, state: 'done' })
    const forced = TrainingStatus.parse(await (await train({ force: true })).json())
    expect(forced).toMatchObject({ state: 'queued' })
    expect(forced.id).not.toBe(id)

    expect((await ask('DELETE', `${path}/training`)).status).toBe(204)
    expect((await ask('DELETE', `${path}/training`)).status).toBe(204)
    expect(await (await ask('GET', `${path}/training`)).json()).toMatchObject({ state: 'cancelled' })
  })

  test('is followed as a stream until it has ended', async () => {
    await start()
    await agree()
    await learn(100)
    const { id } = TrainingStatus.parse(await (await train()).json())
    const stream = await follow()
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/)
    let text = ''
    const ended = stream.body?.pipeThrough(new TextDecoderStream()).pipeTo(
      new WritableStream({
        write: (piece) => {
          text += piece
        },
      }),
    )
    const change = async (status: Partial<TrainingStatus>) => {
      const before = text.length
      await store.reportJob(id, 'w', status)
      for (const listener of listeners) listener()
      await until(() => text.length > before)
    }
    await until(() => listeners.size === 1 && text !== '')
    await store.takeJob('w', 60_000)
    await change({ state: 'training', step: 1, steps: 2, secondsLeft: 30 })
    await change({ step: 2 })
    await change({ state: 'done', message: 'The adapter is live.', version: 'a-0123456789ab' })
    await ended
    const events = [...text.matchAll(/^event: training\ndata: (.*)$/gm)].map(([, data]) =>
      TrainingStatus.parse(JSON.parse(data ?? '')),
    )
    expect(events[0]?.id).toBe(id)
    expect(events.at(-1)).toMatchObject({ state: 'done', step: 2, version: 'a-0123456789ab' })
    expect(events.some(({ state, step }) => state === 'training' && step === 1)).toBe(true)
    expect(listeners.size, 'nobody listens any more').toBe(0)
  })

  test('whose persona is forgotten ends its stream', async () => {
    await start()
    await agree()
    await learn(100)
    await train()
    const stream = await follow()
    const text = stream.text()
    expect(await (await ask('DELETE', path)).json()).toMatchObject({ cancelled: true })
    expect(await text).toContain('event: training')
  })
})

describe('promotion', () => {
  const first = aVersion({ hash: hashOf('first'), at: day(100), state: 'live' })
  const second = aVersion({ hash: hashOf('second'), at: day(101), state: 'live' })
  const failed = { isPassed: false, reasons: ['It copies.'], measures: [], cases: 9 }
  const third = aVersion({ hash: hashOf('third'), at: day(102), state: 'refused', gate: failed })
  const disliked = aVersion({ hash: hashOf('fourth'), at: day(103), state: 'refused' })
  const promote = (to: string) => told('POST', `${path}/promotion`, { ...about, to })
  const states = (status: PersonaStatus) =>
    Object.fromEntries(status.versions.map(({ name, state }) => [name, state]))

  beforeEach(async () => {
    await start()
    await agree()
    for (const version of [first, second, third, disliked]) await store.saveVersion(version)
    await store.saveVersion(
      aVersion({ hash: hashOf('of another model'), baseModel: 'model-2', state: 'live' }),
    )
  })

  test('brings the version before back, and forth again', async () => {
    expect(states(await promote('previous'))).toMatchObject({
      [first.name]: 'live',
      [second.name]: 'retired',
    })
    expect(await refused('POST', `${path}/promotion`, { ...about, to: 'previous' })).toMatchObject({
      status: 404,
    })
    expect(states(await promote(second.name))).toMatchObject({
      [first.name]: 'retired',
      [second.name]: 'live',
    })
  })

  test('ends a trial, and passes over what was never more than on trial', async () => {
    const trial = aVersion({ hash: hashOf('trial'), at: day(104), state: 'canary' })
    const older = aVersion({ hash: hashOf('older trial'), at: day(100.5), state: 'canary' })
    for (const version of [older, trial]) await store.saveVersion(version)
    expect(states(await promote('previous'))).toMatchObject({
      [second.name]: 'live',
      [trial.name]: 'retired',
    })
    expect(states(await promote('previous'))).toMatchObject({ [first.name]: 'live', [older.name]: 'retired' })
    await store.setVersionState({ owner: 'acme', repository: 'shop', login: 'lead' }, trial.name, 'canary')
    expect(states(await promote(second.name))).toMatchObject({
      [second.name]: 'live',
      [trial.name]: 'retired',
    })
  })

  test('of a version whose files were removed is refused', async () => {
    await store.setVersionState(disliked.key, third.name, 'live')
    await store.giveUpFiles(disliked.hash)
    expect(await refused('POST', `${path}/promotion`, { ...about, to: disliked.name })).toMatchObject({
      status: 409,
      hint: expect.stringContaining('files were removed'),
    })
    expect(states(await told('GET', path))).toMatchObject({
      [disliked.name]: 'refused',
      [third.name]: 'live',
    })
  })

  test('takes all out', async () => {
    expect(Object.values(states(await promote('none')))).not.toContain('live')
    expect(states(await promote('previous'))[second.name]).toBe('live')
  })

  test('makes live what people disliked, never what has not passed', async () => {
    const answer = await refused('POST', `${path}/promotion`, { ...about, to: third.name })
    expect(answer).toMatchObject({ status: 409, code: 'conflict', title: 'The version cannot serve' })
    expect(states(await promote(disliked.name))[disliked.name]).toBe('live')
    const unknown = await refused('POST', `${path}/promotion`, { ...about, to: 'a-000000000000' })
    expect(unknown).toMatchObject({ status: 404 })
    const other = aVersion({ hash: hashOf('of another model') }).name
    expect(await refused('POST', `${path}/promotion`, { ...about, to: other })).toMatchObject({ status: 404 })
  })
})

test('a card is a page of its own for people: no script, no foreign thing, no past comment, never kept', async () => {
  await start()
  await agree()
  await upload({
    comments: comments(1, 30).map((comment) => ({ ...comment, body: `<img src=x> ${comment.body}` })),
  })
  const reasons = ['<script>alert(1)</script>']
  const gate = { isPassed: true, reasons, measures: [], cases: 4 }
  await store.saveVersion(aVersion({ state: 'live', gate }))
  const { card } = await told('GET', path)
  const page = await ask('GET', card ?? '')
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; /)
  const html = await page.text()
  const style = /<style>([^<]*)<\/style>/.exec(html)?.[1] ?? ''
  expect(policy).toContain(createHash('sha256').update(style).digest('base64'))
  expect(html).toContain('In the style of lead')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).not.toMatch(/<script|<img|http|Could this total/i)
  for (const name of ['', 'x', '0'.repeat(31), `${card?.slice(7)}0`, '..%2f']) {
    expect((await ask('GET', `/cards/${name}`)).status).toBe(404)
  }
})

test('metrics count personas and trainings', async () => {
  await start()
  await agree()
  await learn(100)
  await ask('POST', `${path}/training`, about)
  const metrics = await (await ask('GET', '/metrics')).text()
  expect(metrics).toContain('ai_review_personas 1')
  expect(metrics).toContain('ai_review_trainings{state="queued"} 1')
  expect(metrics).toContain('ai_review_trainings{state="failed"} 0')
})
