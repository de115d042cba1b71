import { ReplyResult, replyLimits } from '@ai-review/protocol/reply'
import { afterEach, describe, expect, test } from 'vitest'
import { EngineError } from '../../../runner/model-server/src/engine/engine.ts'
import { isTrusted } from '../../../runner/model-server/src/review/seal.ts'
import { aReplyRequest, aSealedMark, replyWith } from '../../support/reply-request.ts'
import { createScriptedEngine, type Scripted } from '../../support/scripted-engine.ts'
import { createHeldEngine } from '../support/held-engine.ts'
import { anApiKey, GatedPipeline, until } from '../support/review-parts.ts'
import { type HttpParts, sealKey, startHttp } from '../support/start-http.ts'

const mark = aSealedMark(sealKey)
let server: Awaited<ReturnType<typeof startHttp>>

async function start(parts: Partial<HttpParts> = {}): Promise<void> {
  server = await startHttp({ pipeline: new GatedPipeline(), ...parts })
}

afterEach(async () => {
  await server[Symbol.asyncDispose]()
})

function post(body: unknown, options: { headers?: Record<string, string>; signal?: AbortSignal } = {}) {
  const { headers, ...rest } = options
  return fetch(`${server.url}/v1/replies`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...rest,
  })
}

async function replyTo(body: unknown): Promise<ReplyResult> {
  const response = await post(body)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^application\/json/)
  return ReplyResult.strict().parse(await response.json())
}

const endedAs = () => server.ended.map(({ outcome }) => outcome)

describe('an answer', () => {
  test('is what the model says about the thread, with the model and the prompt named', async () => {
    const engine = createScriptedEngine(() => replyWith('You are right: it is always one.'))
    await start({ engine })
    const result = await replyTo(aReplyRequest(mark))
    expect(result).toEqual({
      answer: 'You are right: it is always one.',
      model: 'scripted',
      promptHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const shown = engine.asked[0]?.messages[1]?.content
    expect(shown).toContain('| Is the quantity not always one?')
    expect(shown).toContain('| +  const total = price')
    expect(shown).toContain('"src/total.ts"')
    expect(engine.asked).toHaveLength(1)
    expect(endedAs()).toEqual(['answered'])
  })

  test.each<[string, Scripted, string]>([
    ['a refusal', { text: '', finish: 'refusal', usage: usageOf() }, 'refused'],
    [
      'an answer that was cut',
      { text: '{"answer":"Yo', finish: 'length', usage: usageOf() },
      'invalid-answer',
    ],
    ['no JSON', 'You are right.', 'invalid-answer'],
    ['nothing', replyWith(''), 'invalid-answer'],
    ['circles', replyWith('I agree. '.repeat(60)), 'invalid-answer'],
    ['an error', new EngineError('rejected', 'SECRET-MARKER'), 'engine-failed'],
    ['an engine that crashes twice', new EngineError('crashed', 'SECRET-MARKER'), 'engine-failed'],
    ['an engine that is full for long', busy(60_000), 'engine-failed'],
  ])('that is %s is none, and says so', async (_name, scripted, reason) => {
    await start({ engine: createScriptedEngine(() => scripted) })
    const result = await replyTo(aReplyRequest(mark))
    expect(result).toMatchObject({ answer: null, reason, model: 'scripted' })
    expect(JSON.stringify(result)).not.toContain('MARKER')
    expect(endedAs()).toEqual([reason])
  })

  test('of an engine that is back in a moment is waited for', async () => {
    const script = (_request: unknown, call: number) => (call === 1 ? busy(50) : replyWith('Yes.'))
    await start({ engine: createScriptedEngine(script) })
    expect((await replyTo(aReplyRequest(mark))).answer).toBe('Yes.')
  })

  test('in a small context is asked for with less of the thread', async () => {
    const engine = createScriptedEngine(() => replyWith('Yes.'), { contextTokens: 2500 })
    await start({ engine })
    const said = { by: 'person', text: 'word '.repeat(700) } as const
    const { thread } = aReplyRequest(mark)
    const result = await replyTo(aReplyRequest(mark, { thread: [...thread, ...Array(20).fill(said)] }))
    expect(result.answer).toBe('Yes.')
    expect(engine.asked[0]?.messages[1]?.content).toContain('Quantity is ignored.')
    expect(engine.asked[0]?.messages[1]?.content).toContain('comments not shown')
  })

  test('in a context that holds nothing is none', async () => {
    await start({ engine: createScriptedEngine(() => replyWith('Yes.'), { contextTokens: 600 }) })
    expect(await replyTo(aReplyRequest(mark))).toMatchObject({ answer: null, reason: 'engine-failed' })
  })

  test('that does not come in time is none, and the model is stopped', async () => {
    const engine = createHeldEngine()
    await start({ engine })
    const result = await replyTo(aReplyRequest(mark, { deadlineMs: 1000 }))
    expect(result).toMatchObject({ answer: null, reason: 'deadline', model: 'scripted' })
    expect(engine.held.map(({ signal }) => signal.aborted)).toEqual([true])
  })

  test('that nobody waits for any more stops the model', async () => {
    const engine = createHeldEngine()
    await start({ engine, slots: 1 })
    const gone = new AbortController()
    const response = post(aReplyRequest(mark), { signal: gone.signal })
    await until(() => engine.held.length === 1)
    gone.abort()
    await expect(response).rejects.toThrow()
    await until(() => engine.held[0]?.signal.aborted === true)
    await until(() => server.ended.length === 1)
    expect(endedAs()).toEqual(['cancelled'])
    expect(server.replies.load).toEqual({ running: 0, queued: 0 })
  })

  test('goes before the reviews at the engine', async () => {
    const engine = createScriptedEngine(() => replyWith('Yes.'))
    const pipeline = new GatedPipeline()
    await start({ engine, pipeline })
    await replyTo(aReplyRequest(mark))
    // The priority of reviews is 100; lower goes first.
    expect(engine.asked[0]?.priority).toBeLessThan(100)
  })

  test('without a model is none', async () => {
    await start()
    expect(await replyTo(aReplyRequest(mark))).toEqual({ answer: null, reason: 'no-model', model: null })
    expect(endedAs()).toEqual(['no-model'])
  })

  test('while the model is loading is for later', async () => {
    await start({ pipeline: undefined })
    const response = await post(aReplyRequest(mark))
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ code: 'engine-unavailable', retryable: true })
  })
})

describe('a mark', () => {
  const engine = createScriptedEngine(() => replyWith('Yes.'))
  test.each([
    ['made up', { ...mark, seal: '0'.repeat(64) }, {}],
    ['of another server', aSealedMark(new Uint8Array(32)), {}],
    ['of another identity', { ...mark, identity: '1'.repeat(64) }, {}],
    ['of another head', { ...mark, head: 'd'.repeat(40) }, {}],
    ['told to be less severe', { ...mark, severity: 'low' as const }, {}],
    ['of another repository', mark, { repository: { id: 8, owner: 'acme', name: 'shop' } }],
    [
      'of another pull request',
      mark,
      { change: { number: 13, headSha: 'b'.repeat(40), baseSha: 'c'.repeat(40) } },
    ],
    ['of a summary', aSealedMark(sealKey, { kind: 'summary' }), {}],
    ['of a declined finding', aSealedMark(sealKey, { kind: 'declined' }), {}],
  ])('%s opens no conversation and declines nothing', async (_name, other, overrides) => {
    await start({ engine })
    for (const intent of ['answer', 'decline'] as const) {
      const result = await replyTo(aReplyRequest(other, { intent, ...overrides }))
      expect(result).toEqual({ answer: null, reason: 'not-ours', model: null })
    }
    expect(engine.asked).toEqual([])
    expect(endedAs()).toEqual(['not-ours', 'not-ours'])
  })
})

describe('a declined finding', () => {
  test.each<[string, Partial<HttpParts>]>([
    ['without a model', {}],
    ['while the model is loading', { pipeline: undefined }],
    ['with a model, which is not asked', { engine: createHeldEngine() }],
  ])('is sealed for the head of now %s', async (_name, parts) => {
    await start(parts)
    const request = aReplyRequest(mark, { intent: 'decline' })
    const { declined, ...rest } = await replyTo(request)
    expect(rest).toEqual({ answer: null, model: null })
    expect(declined).toMatchObject({ kind: 'declined', head: 'b'.repeat(40), identity: mark.identity })
    expect(isTrusted(sealKey, { repositoryId: 7, number: 12 }, declined!)).toBe(true)
    expect(isTrusted(sealKey, { repositoryId: 7, number: 13 }, declined!)).toBe(false)
    expect(endedAs()).toEqual(['declined'])
  })
})

describe('many who ask at once', () => {
  const from = (id: number) => {
    const request = aReplyRequest(mark)
    return { ...request, repository: { ...request.repository, id } }
  }
  /** The repository's own mark: seals hold for one repository. */
  const asking = (id: number) => ({ ...from(id), mark: sealedFor(id) })

  test('wait for their turn, and repositories take turns', async () => {
    const engine = createHeldEngine()
    await start({ engine, slots: 1, queueLimit: 6 })
    const order: number[] = []
    const ask = async (id: number) => {
      const response = await post(asking(id))
      expect(response.status).toBe(200)
      await response.json()
      order.push(id)
    }
    const answers: Promise<void>[] = []
    for (const [index, id] of [1, 1, 1, 2].entries()) {
      answers.push(ask(id))
      await until(() => server.replies.load.running + server.replies.load.queued === index + 1)
    }
    for (let call = 1; call <= 4; call += 1) {
      await until(() => engine.held.length === call)
      engine.release(replyWith('Yes.'))
      await until(() => order.length === call)
    }
    await Promise.all(answers)
    expect(order).toEqual([1, 1, 2, 1])
  })

  test('are told to come back when the queue is full, each repository by itself', async () => {
    const engine = createHeldEngine()
    await start({ engine, slots: 1, queueLimit: 2 })
    const gone = new AbortController()
    const waiting = [1, 1, 2].map((id) => post(asking(id), { signal: gone.signal }).catch(() => undefined))
    await until(() => server.replies.load.queued === 2)
    const response = await post(asking(1))
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await response.json()).toMatchObject({ code: 'queue-full', retryable: true })
    gone.abort()
    await Promise.all(waiting)
    await until(() => server.replies.load.running + server.replies.load.queued === 0)
    expect(engine.held.length).toBeLessThanOrEqual(2)
  })

  test('but whose turn does not come in time are told', async () => {
    const engine = createHeldEngine()
    await start({ engine, slots: 1 })
    const first = post(asking(1))
    await until(() => engine.held.length === 1)
    const result = await replyTo({ ...asking(2), deadlineMs: 1000 })
    expect(result).toMatchObject({ answer: null, reason: 'deadline' })
    expect(server.replies.load).toEqual({ running: 1, queued: 0 })
    expect(engine.held).toHaveLength(1)
    engine.release(replyWith('Yes.'))
    expect((await first).status).toBe(200)
  })

  test('are sent away when the server stops, those that are answered at last', async () => {
    const engine = createHeldEngine()
    await start({ engine })
    const open = post(aReplyRequest(mark))
    await until(() => engine.held.length === 1)
    const drained = server.replies.drain(600_000)
    expect((await post(aReplyRequest(mark))).status).toBe(503)
    engine.release(replyWith('Yes.'))
    expect((await open).status).toBe(200)
    await drained
  })

  test('and are still waiting when the server has to go hear that it stops', async () => {
    const engine = createHeldEngine()
    await start({ engine })
    const open = post(aReplyRequest(mark))
    await until(() => engine.held.length === 1)
    await server.replies.drain(0)
    expect(await (await open).json()).toMatchObject({ code: 'shutting-down' })
  })
})

describe('a request', () => {
  test.each([
    ['with a field that is not known', { ...aReplyRequest(mark), more: 1 }],
    ['without a thread', { ...aReplyRequest(mark), thread: [] }],
    ['with a mark that is none', { ...aReplyRequest(mark), mark: { ...mark, seal: 'x' } }],
    ['of another kind', { ...aReplyRequest(mark), intent: 'approve' }],
    [
      'with too long a comment',
      { ...aReplyRequest(mark), thread: [{ by: 'person', text: 'x'.repeat(4001) }] },
    ],
    ['that is no JSON', '{"SECRET-MARKER'],
  ])('%s is refused without being repeated', async (_name, body) => {
    await start()
    const response = await post(body)
    expect(response.status).toBe(400)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ code: 'bad-request' })
    expect(text).not.toContain('MARKER')
  })

  test('of the longest conversation there can be is taken, a longer one is not read', async () => {
    await start()
    const largest = aReplyRequest(mark, {
      path: '\u0001'.repeat(4096),
      hunk: '\u0001'.repeat(replyLimits.hunk),
      thread: Array(replyLimits.thread).fill({ by: 'person', text: '\u0001'.repeat(replyLimits.text) }),
    })
    expect((await replyTo(largest)).reason).toBe('no-model')
    const response = await post({ ...largest, more: 'x'.repeat(1024 * 1024) })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'too-large' })
  })

  test('needs the key', async () => {
    const key = anApiKey()
    await start({ apiKeys: [key] })
    expect((await post(aReplyRequest(mark))).status).toBe(401)
    const headers = { authorization: `Bearer ${key}` }
    expect((await post(aReplyRequest(mark), { headers })).status).toBe(200)
  })
})

test('replies are counted by how they ended, with their tokens', async () => {
  await start({ engine: createScriptedEngine(() => replyWith('Yes.')) })
  await replyTo(aReplyRequest(mark))
  await replyTo(aReplyRequest(mark, { intent: 'decline' }))
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(metrics).toContain('ai_review_replies_total{outcome="answered"} 1')
  expect(metrics).toContain('ai_review_replies_total{outcome="declined"} 1')
  expect(metrics).toContain('ai_review_tokens_total{kind="completion"} 10')
  expect(metrics).toContain('ai_review_replies_running 0')
})

function usageOf() {
  return { promptTokens: 1, cachedTokens: 0, completionTokens: 1 }
}

function busy(retryAfterMs: number): EngineError {
  return new EngineError('unavailable', 'SECRET-MARKER', { retryAfterMs })
}

function sealedFor(repositoryId: number) {
  return aSealedMark(sealKey, {}, { repositoryId, number: 12 })
}
