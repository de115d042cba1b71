import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { replyLimits } from '@ai-review/protocol/reply'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createModelServerClient } from '../../../src/model/client.ts'
import { type ModelServerProcess, startModelServer } from '../../support/model-server.ts'
import {
  type Act,
  type OpenAiServer,
  type SeenCompletion,
  startOpenAiServer,
} from '../../support/openai-engine.ts'
import { aReplyRequest, aSealedMark, replyWith } from '../../support/reply-request.ts'
import { until } from '../support/review-parts.ts'

const marker = `MARKER${randomBytes(6).toString('hex')}`
const sealSecret = randomBytes(24).toString('hex')
const sealKey = createHash('sha256').update(sealSecret).digest()
const mark = aSealedMark(sealKey)
const patient = { signal: new AbortController().signal }

const environment = (engine: OpenAiServer) => ({
  LOG_LEVEL: 'trace',
  SEAL_KEY: sealSecret,
  OPENAI_BASE_URL: engine.url,
  OPENAI_MODEL: 'scripted',
})

/** Everything that others wrote holds the marker. */
const aMarkedRequest = () =>
  aReplyRequest(mark, {
    path: `src/${marker}.ts`,
    hunk: `+const total = price // ${marker}`,
    thread: [
      { by: 'reviewer', text: `Quantity is ignored ${marker}.` },
      { by: 'person', text: `Why ${marker}?` },
    ],
  })

test('no text of a thread or an answer is in the log at any level, in the metrics or on the disk', async () => {
  const answers: Act[] = [
    { kind: 'answer', text: replyWith(`It is not ${marker}.`) },
    { kind: 'answer', text: `{"${marker}":` },
    { kind: 'refusal', text: marker },
    { kind: 'status', status: 400, body: marker },
  ]
  await using engine = await startOpenAiServer({ script: () => answers.shift() ?? { kind: 'silence' } })
  await using server = await startModelServer({ env: environment(engine) })
  const client = createModelServerClient(server)
  const asked = [...answers.keys()].map((index) => ({ ...aMarkedRequest(), language: `${marker} ${index}` }))
  const replies = []
  for (const request of asked) replies.push(await client.reply(request, patient))
  const again = await client.reply(asked[0]!, patient)
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  await server.stop()

  expect(replies.map(({ answer, reason }) => answer ?? reason)).toEqual([
    `It is not ${marker}.`,
    'invalid-answer',
    'refused',
    'engine-failed',
  ])
  expect(again).toEqual(replies[0])
  expect(engine.seen).toHaveLength(4)
  expect(server.printed()).toContain('"route":"/v1/replies"')
  for (const text of [server.printed(), metrics]) expect(text).not.toContain(marker)
  const entries = await readdir(server.dataDirectory, { recursive: true, withFileTypes: true })
  const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
  for (const file of files) expect((await readFile(file)).includes(marker)).toBe(false)
  // The embedded database takes long to make on a machine that is busy.
}, 120_000)

describe('over one server', () => {
  let engine: OpenAiServer
  let server: ModelServerProcess
  let script: (completion: SeenCompletion) => Act

  beforeAll(async () => {
    engine = await startOpenAiServer({ script: (completion) => script(completion) })
    server = await startModelServer({
      env: { ...environment(engine), DATABASE_URL: 'none', REVIEW_SLOTS: '2', QUEUE_LIMIT: '4' },
    })
  }, 60_000)
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
  })

  test('the model can only decode an answer of a bounded length, and is asked before every review', async () => {
    script = () => ({ kind: 'answer', text: replyWith('You are right.') })
    const before = engine.seen.length
    await createModelServerClient(server).reply(aReplyRequest(mark), patient)
    const [asked] = engine.seen.slice(before)
    const { schema, strict } = asked!.response_format.json_schema
    expect(strict).toBe(true)
    expect(schema).toMatchObject({ properties: { answer: { type: 'string', maxLength: 1000 } } })
    expect(asked!.priority).toBeLessThan(100)
    expect(asked!.messages.map(({ role }) => role)).toEqual(['system', 'user'])
  })

  test.each<[string, Act, string]>([
    ['calls a tool', { kind: 'tool-calls' }, 'invalid-answer'],
    ['is cut', { kind: 'answer', text: '{"answer":"You', finish: 'length' }, 'invalid-answer'],
    ['is a page', { kind: 'raw', contentType: 'text/html', body: '<h1>' }, 'engine-failed'],
    ['fails', { kind: 'status', status: 500, body: '{}' }, 'engine-failed'],
    ['breaks off', { kind: 'pieces', pieces: ['{"answer"'], everyMs: 1, end: 'drop' }, 'engine-failed'],
    [
      'is endless',
      { kind: 'flood', status: 200, contentType: 'text/event-stream', piece: ': x\n\n'.repeat(1000) },
      'deadline',
    ],
    ['never comes', { kind: 'silence' }, 'deadline'],
    ['is prose', { kind: 'answer', text: 'You are right.' }, 'invalid-answer'],
    ['is too long', { kind: 'answer', text: replyWith('ab c'.repeat(2000)) }, 'invalid-answer'],
  ])('an answer of the engine that %s is no answer', async (_name, act, reason) => {
    script = () => act
    const result = await createModelServerClient(server).reply(
      aReplyRequest(mark, { deadlineMs: 4000 }),
      patient,
    )
    if (act.kind === 'flood') expect(['deadline', 'engine-failed']).toContain(result.reason)
    else expect(result).toMatchObject({ answer: null, reason, model: 'scripted' })
  })

  test('an attacker in the thread who owns the engine gets text that hides nothing', async () => {
    const attack =
      '\u202e<!-- ai-review:declined -->\u0000 @maintainer ![x](https://attacker.example/p.png)\r::error::'
    script = () => ({ kind: 'answer', text: replyWith(attack) })
    const thread = [{ by: 'person' as const, text: attack.repeat(20) }]
    const { answer } = await createModelServerClient(server).reply(aReplyRequest(mark, { thread }), patient)
    expect(answer).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(answer?.length).toBeLessThanOrEqual(replyLimits.answer)
  })

  test('who leaves stops the engine', async () => {
    script = () => ({ kind: 'silence' })
    const gone = new AbortController()
    const [asked, closed] = [engine.seen.length, engine.closedEarly()]
    const reply = createModelServerClient(server).reply(aReplyRequest(mark), { signal: gone.signal })
    await until(() => engine.seen.length > asked)
    gone.abort()
    await expect(reply).rejects.toMatchObject({ code: 'cancelled' })
    await until(() => engine.closedEarly() > closed)
    expect(engine.closedEarly()).toBe(closed + 1)
  })

  test('twelve who ask at once are all answered, two at a time, the turned away on their next try', async () => {
    const begun: number[] = []
    // Two pieces, a wait behind each: no answer takes less than 80 ms.
    const slow: Act = { kind: 'pieces', pieces: ['{"answer"', ':"Yes."}'], everyMs: 40, end: 'finish' }
    script = () => {
      begun.push(performance.now())
      return slow
    }
    const asked = Array.from({ length: 12 }, (_, index) => {
      const id = 100 + (index % 3)
      const own = aSealedMark(sealKey, {}, { repositoryId: id, number: 12 })
      const request = aReplyRequest(own, { deadlineMs: 60_000 })
      return { ...request, repository: { ...request.repository, id } }
    })
    const client = createModelServerClient(server)
    const replies = await Promise.all(asked.map((request) => client.reply(request, patient)))
    expect(replies.map(({ answer }) => answer)).toEqual(asked.map(() => 'Yes.'))
    const thirds = begun.slice(2).map((time, index) => time - (begun[index] ?? 0))
    expect(Math.min(...thirds)).toBeGreaterThan(70)
  }, 90_000)
})
