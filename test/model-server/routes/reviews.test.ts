import { Problem } from '@ai-review/protocol/problem'
import { ReviewResult } from '@ai-review/protocol/review'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sealOfMark } from '../../../runner/model-server/src/review/seal.ts'
import { anApiKey, aPipelineResult, aReviewRequest, GatedPipeline, until } from '../support/review-parts.ts'
import type { HttpParts } from '../support/start-http.ts'
import { sealKey, startHttp } from '../support/start-http.ts'

let pipeline: GatedPipeline
let server: Awaited<ReturnType<typeof startHttp>>

async function start(parts: Partial<HttpParts> = {}): Promise<void> {
  server = await startHttp({ pipeline, ...parts })
}

beforeEach(() => {
  pipeline = new GatedPipeline()
})

afterEach(async () => {
  await server[Symbol.asyncDispose]()
})

interface Sending {
  readonly headers?: Record<string, string>
  readonly accept?: string
  readonly signal?: AbortSignal
}

function post(body: unknown, { headers, accept, signal }: Sending = {}): Promise<Response> {
  return fetch(`${server.url}/v1/reviews`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: accept ?? 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  })
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, { headers })
}

interface SentEvent {
  readonly id: number
  readonly event: string
  readonly data: Record<string, unknown>
}

function eventsIn(text: string): SentEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('id:'))
    .map((block) => {
      const [id, event, data] = block.split('\n').map((line) => line.slice(line.indexOf(':') + 2))
      return { id: Number(id), event: event ?? '', data: JSON.parse(data ?? '') }
    })
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = Problem.parse(await response.json())
  expect(problem.status).toBe(response.status)
  return problem
}

async function startedReview(sending: Sending & { readonly head?: string } = {}): Promise<string> {
  const before = pipeline.runs.length
  const response = await post(aReviewRequest(sending.head === undefined ? {} : { head: sending.head }), {
    accept: 'text/event-stream',
    ...sending,
  })
  const reader = response.body!.getReader()
  const first = new TextDecoder().decode((await reader.read()).value)
  reader.releaseLock()
  await until(() => pipeline.runs.length > before)
  return String(eventsIn(first)[0]?.data.id)
}

describe('a review', () => {
  test('is a stream of numbered events, sealed', async () => {
    await start()
    pipeline.open()
    const response = await post(aReviewRequest(), { accept: 'text/event-stream' })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const events = eventsIn(await response.text())
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4])
    expect(events.map(({ event }) => event)).toEqual(['accepted', 'progress', 'finding', 'done'])

    const { change, repository } = aReviewRequest()
    const about = { repositoryId: repository.id, number: change.number }
    const head = change.headSha
    const { identity, seal } = events[2]!.data
    expect(seal).toBe(sealOfMark(sealKey, about, { kind: 'finding', head, identity: String(identity) }))
    const summary = sealOfMark(sealKey, about, { kind: 'summary', head, identity: '0'.repeat(64) })
    expect(events[3]!.data.summarySeal).toBe(summary)
  })

  test('is one JSON result for those who accept no events', async () => {
    await start()
    pipeline.open()
    const result = ReviewResult.parse(await (await post(aReviewRequest())).json())
    expect(result.findings).toHaveLength(1)
    expect(await (await get(`/v1/reviews/${result.accepted.id}`)).json()).toEqual(result)
  })

  test('goes on after the last event the client has', async () => {
    await start()
    const id = await startedReview({ headers: { 'idempotency-key': 'resume-me' } })
    const rest = get(`/v1/reviews/${id}`, { accept: 'text/event-stream', 'last-event-id': '2' })
    pipeline.open()
    expect(eventsIn(await (await rest).text()).map((event) => event.id)).toEqual([3, 4])
  })

  test('that fails says so without the words of the error', async () => {
    await start()
    const response = post(aReviewRequest())
    await until(() => pipeline.runs.length === 1)
    pipeline.fail(new Error('SECRET-MARKER'))
    const problem = await problemOf(await response)
    expect(problem).toMatchObject({ code: 'internal', status: 500 })
    expect(JSON.stringify(problem)).not.toContain('MARKER')
    expect(server.failures).toHaveLength(1)
  })

  test('that nobody waits for is stopped, unless it was given a name', async () => {
    await start()
    const leaving = new AbortController()
    await startedReview({ signal: leaving.signal })
    leaving.abort()
    await until(() => pipeline.runs[0]!.run.signal.aborted)

    const leavingNamed = new AbortController()
    const id = await startedReview({
      signal: leavingNamed.signal,
      head: 'other',
      headers: { 'idempotency-key': 'come-back' },
    })
    leavingNamed.abort()
    await until(() => server.finished.length === 1)
    expect(pipeline.runs[1]!.run.signal.aborted).toBe(false)
    pipeline.open()
    expect((await get(`/v1/reviews/${id}`)).status).toBe(200)
  })

  test('is cancelled by its id', async () => {
    await start()
    const id = await startedReview()
    const deleted = await fetch(`${server.url}/v1/reviews/${id}`, { method: 'DELETE' })
    expect(deleted.status).toBe(204)
    expect(await deleted.text()).toBe('')
    expect(pipeline.runs[0]!.run.signal.aborted).toBe(true)
    expect(await problemOf(await get(`/v1/reviews/${id}`))).toMatchObject({ code: 'cancelled' })
    await until(async () => ((await (await get('/v1/capacity')).json()) as { running: number }).running === 0)
  })

  test('gets what is left of its deadline', async () => {
    await start()
    const before = Date.now()
    await startedReview()
    const { deadline } = pipeline.runs[0]!.run
    expect(deadline).toBeGreaterThan(before + 50_000)
    expect(deadline).toBeLessThan(Date.now() + 60_000)
  })
})

describe('the same Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'run-1-attempt-1' }

  test('with the same request is the same review, whatever time is left', async () => {
    await start()
    const first = post(aReviewRequest(), { headers })
    await until(() => pipeline.runs.length === 1)
    const second = post(aReviewRequest({ deadlineMs: 30_000 }), { headers })
    pipeline.open()
    const results = await Promise.all([first, second].map(async (response) => (await response).json()))
    expect(results[1]).toEqual(results[0])
    expect(await (await post(aReviewRequest(), { headers })).json()).toEqual(results[0])
    expect(pipeline.runs).toHaveLength(1)
  })

  test('with another request is a conflict', async () => {
    await start()
    pipeline.open()
    await post(aReviewRequest(), { headers })
    expect(await problemOf(await post(aReviewRequest({ text: 'other' }), { headers }))).toMatchObject({
      code: 'conflict',
      status: 409,
    })
    expect(pipeline.runs).toHaveLength(1)
  })

  test('tries again where the review brought no whole answer', async () => {
    await start()
    const first = post(aReviewRequest(), { headers })
    await until(() => pipeline.runs.length === 1)
    pipeline.release(aPipelineResult({ complete: false }))
    await first
    pipeline.open()
    const second = ReviewResult.parse(await (await post(aReviewRequest(), { headers })).json())
    expect(second.done.complete).toBe(true)
  })

  test('of another repository, or another caller, names another review', async () => {
    const apiKeys = [anApiKey(), anApiKey()]
    await start({ apiKeys })
    pipeline.open()
    const [one, two] = apiKeys.map((key) => ({ ...headers, authorization: `Bearer ${key}` }))
    const repository = { id: 8, owner: 'acme', name: 'other' }
    const answers = await Promise.all([
      post(aReviewRequest(), { headers: one! }),
      post(aReviewRequest({ repository }), { headers: one! }),
      post(aReviewRequest(), { headers: two! }),
    ])
    const ids = await Promise.all(
      answers.map(async (answer) => ReviewResult.parse(await answer.json()).accepted.id),
    )
    expect(new Set(ids).size).toBe(3)
  })
})

describe('a newer head', () => {
  test('ends the review of the older one, running or waiting, and takes its place', async () => {
    await start({ slots: 1, queueLimit: 1 })
    const running = post(aReviewRequest({ head: 'a' }))
    await until(() => pipeline.runs.length === 1)
    const waiting = post(aReviewRequest({ head: 'b' }))
    expect(await problemOf(await running)).toMatchObject({ code: 'superseded', status: 409 })
    const newest = post(aReviewRequest({ head: 'c' }))
    pipeline.open()
    expect(['superseded', undefined]).toContain(((await (await waiting).json()) as { code?: string }).code)
    expect((await newest).status).toBe(200)
  })

  test('of another pull request, or of a local branch, ends nothing', async () => {
    await start({ slots: 4 })
    const change = aReviewRequest().change
    const answers = [
      post(aReviewRequest()),
      post(aReviewRequest({ change: { ...aReviewRequest({ head: 'b' }).change, number: 4 } })),
      post(aReviewRequest({ change: { ...change, number: 0 } })),
      post(aReviewRequest({ change: { ...aReviewRequest({ head: 'b' }).change, number: 0 } })),
    ]
    await until(() => pipeline.runs.length === 4)
    pipeline.open()
    expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual([200, 200, 200, 200])
  })
})

describe('a full server', () => {
  test('refuses early, says when to come back, and shows its load', async () => {
    await start({ slots: 1, queueLimit: 2 })
    const repositoryOf = (id: number) => ({ repository: { id, owner: 'acme', name: `r${id}` } })
    const admitted = [1, 2, 3].map((id) => post(aReviewRequest(repositoryOf(id))))
    await until(async () => {
      const { running, queued } = (await (await get('/v1/capacity')).json()) as {
        running: number
        queued: number
      }
      return running === 1 && queued === 2
    })
    const refused = await post(aReviewRequest(repositoryOf(4)))
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(5)
    expect(await problemOf(refused)).toMatchObject({ code: 'queue-full', status: 429, retryable: true })
    pipeline.open()
    expect((await Promise.all(admitted)).map((answer) => answer.status)).toEqual([200, 200, 200])
  })

  test('tells a review that its turn came too late', async () => {
    await start({ slots: 1 })
    const first = post(aReviewRequest())
    await until(() => pipeline.runs.length === 1)
    const second = post(aReviewRequest({ repository: { id: 9, owner: 'a', name: 'b' }, deadlineMs: 1000 }))
    await until(async () => ((await (await get('/v1/capacity')).json()) as { queued: number }).queued === 1)
    await new Promise((done) => setTimeout(done, 1100))
    pipeline.open()
    expect((await first).status).toBe(200)
    expect(await problemOf(await second)).toMatchObject({ code: 'deadline-too-short', status: 503 })
    expect(pipeline.runs).toHaveLength(1)
  })

  test('takes nothing in while it drains, and lets what runs end', async () => {
    await start()
    const running = post(aReviewRequest())
    await until(() => pipeline.runs.length === 1)
    const drained = server.reviews.drain(10_000)
    expect(await problemOf(await post(aReviewRequest({ head: 'b' })))).toMatchObject({
      code: 'shutting-down',
    })
    pipeline.open()
    await drained
    expect((await running).status).toBe(200)
  })
})

describe('a request that is not one', () => {
  test.each([
    ['no JSON', '{"repository": SECRET-MARKER', 400],
    ['an unknown field', { ...aReviewRequest(), 'SECRET-MARKER': 1 }, 400],
    [
      'an unknown field inside',
      { ...aReviewRequest(), change: { ...aReviewRequest().change, extra: 1 } },
      400,
    ],
    ['a prototype', '{"__proto__": {"a": 1}}', 400],
    ['a wrong type', { ...aReviewRequest(), deadlineMs: 'SECRET-MARKER' }, 400],
    ['a number beyond all numbers', JSON.stringify(aReviewRequest()).replace('60000', '1e309'), 400],
    ['an array', [], 400],
    ['nothing', '', 400],
  ])('with %s is refused without being repeated', async (_name, body, status) => {
    await start()
    const problem = await problemOf(await post(body))
    expect(problem).toMatchObject({ code: 'bad-request', status })
    expect(JSON.stringify(problem)).not.toContain('MARKER')
    expect(pipeline.runs).toHaveLength(0)
  })

  test('names the fields to mend', async () => {
    await start()
    const { policyHash: _policyHash, ...request } = aReviewRequest()
    expect((await problemOf(await post(request))).hint).toContain('/policyHash')
  })

  test.each([
    ['text/plain', {}, 415],
    ['application/json', { 'content-encoding': 'gzip' }, 415],
  ])('as %s with %o is refused', async (type, headers, status) => {
    await start()
    const response = await post(aReviewRequest(), { headers: { 'content-type': type, ...headers } })
    expect(await problemOf(response)).toMatchObject({ status })
  })

  test('that is too large is refused, whether or not it says how large it is', async () => {
    await start()
    const huge = 'x'.repeat(33 * 1024 * 1024)
    expect(await problemOf(await post(huge))).toMatchObject({ code: 'too-large', status: 413 })
  })

  test.each(['/nowhere', '/v1/reviews/0123', '/v1/reviews/../../etc/passwd', '/v1/reviews/%00'])(
    'for %s finds nothing',
    async (path) => {
      await start()
      const response = await get(path)
      expect([400, 404]).toContain(response.status)
      await problemOf(response)
    },
  )
})

describe('before the engine is there', () => {
  test('reviews are refused for now, and the server is alive but not ready', async () => {
    server = await startHttp({ pipeline: undefined })
    expect(await problemOf(await post(aReviewRequest()))).toMatchObject({
      code: 'engine-unavailable',
      status: 503,
    })
    expect((await get('/healthz')).status).toBe(200)
    expect(await problemOf(await get('/readyz'))).toMatchObject({ code: 'engine-unavailable' })
  })
})
