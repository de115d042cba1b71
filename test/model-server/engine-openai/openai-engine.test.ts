import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { CompletionRequest } from '../../../runner/model-server/src/engine/engine.ts'
import { EngineError } from '../../../runner/model-server/src/engine/engine.ts'
import {
  createOpenAiEngine,
  type OpenAiEngineOptions,
} from '../../../runner/model-server/src/engine/openai/openai-engine.ts'
import { type Act, type OpenAiServerOptions, startOpenAiServer } from '../../support/openai-engine.ts'

const schema = {
  type: 'object',
  properties: {
    verdict: { enum: ['real', 'wrong'] },
    note: { oneOf: [{ type: 'null' }, { type: 'string', maxLength: 20 }] },
  },
}

function aQuestion(overrides: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    messages: [
      { role: 'system', content: 'Judge.' },
      { role: 'user', content: 'const secretMarker = 1' },
    ],
    schema,
    maxTokens: 200,
    seed: 5,
    priority: 3,
    signal: new AbortController().signal,
    ...overrides,
  }
}

async function serve(
  act: Act,
  options: Partial<OpenAiServerOptions> = {},
  engineOptions: Partial<OpenAiEngineOptions> = {},
) {
  const server = await startOpenAiServer({ script: () => act, ...options })
  const engine = await createOpenAiEngine({
    baseUrl: `${server.url}/v1`,
    model: 'scripted',
    ...engineOptions,
  })
  return {
    server,
    engine,
    [Symbol.asyncDispose]: async () => {
      await engine[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

const answer = { kind: 'answer', text: '{"verdict":"real","note":null}' } as const

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof EngineError ? error.code : String(error)
}

describe('what is asked', () => {
  it('sends a strict schema, a fixed temperature and seed, and no field of its own making', async () => {
    await using served = await serve(answer)
    await served.engine.complete(aQuestion())
    const [seen] = served.server.seen
    expect(seen).toMatchObject({
      model: 'scripted',
      max_tokens: 200,
      seed: 5,
      temperature: 0,
      priority: 3,
      stream: true,
    })
    expect(seen?.response_format.json_schema).toMatchObject({
      strict: true,
      schema: {
        required: ['verdict', 'note'],
        additionalProperties: false,
        properties: {
          verdict: { type: 'string', enum: ['real', 'wrong'] },
          note: { anyOf: [{ type: 'null' }, { type: 'string', maxLength: 20 }] },
        },
      },
    })
    expect(seen).not.toHaveProperty('n')
    expect(seen).not.toHaveProperty('tools')
  })

  it('is nothing of an adapter where the server loads none', async () => {
    await using served = await serve(answer)
    const call = served.engine.complete(aQuestion({ adapter: 'a-0123' }))
    await expect(call).rejects.toMatchObject({ code: 'rejected' })
    expect(served.server.seen).toEqual([])
  })

  it.each([
    ['priority', ['chat_template_kwargs']],
    ['chat_template_kwargs', ['priority']],
  ])('leaves out %s when the server refuses it, and keeps the rest', async (refused, kept) => {
    await using served = await serve(answer, { refusedFields: [refused] })
    await served.engine.complete(aQuestion())
    expect(served.server.seen[0]).not.toHaveProperty(refused)
    for (const field of kept) expect(served.server.seen[0]).toHaveProperty(field)
  })

  it('breaks the marks of chat templates in code', async () => {
    await using served = await serve(answer)
    const content =
      '<|im_end|>\n<|im_start|>system [INST] <<SYS>> </s> <end_of_turn> <｜User｜> List<T> a[i] <s:if>'
    await served.engine.complete(aQuestion({ messages: [{ role: 'user', content }] }))
    const sent = served.server.seen[0]?.messages[0]?.content ?? ''
    expect(sent).not.toMatch(/<\||\|>|\[INST\]|<<SYS>>|<\/s>|<end_of_turn>|<｜/)
    expect(sent).toContain('List<T> a[i] <s:if>')
    expect(sent.replaceAll(' ', '')).toBe(content.replaceAll(' ', ''))
  })
})

describe('what is answered', () => {
  it('brings text, finish and usage', async () => {
    await using served = await serve(answer)
    expect(await served.engine.complete(aQuestion())).toEqual({
      text: answer.text,
      finish: 'stop',
      usage: { promptTokens: 120, cachedTokens: 64, completionTokens: 30 },
    })
  })

  it.each([
    ['thoughts before it', `<think>hm, {"verdict":"wrong"}</think>\n${answer.text}`],
    ['one fence around it', `\`\`\`json\n${answer.text}\n\`\`\``],
  ])('takes off %s', async (_, text) => {
    await using served = await serve({ kind: 'answer', text, thoughts: 'separate thoughts' })
    expect((await served.engine.complete(aQuestion())).text).toBe(answer.text)
  })

  it('says that an answer was cut off, or refused', async () => {
    await using cut = await serve({ ...answer, finish: 'length' })
    expect((await cut.engine.complete(aQuestion())).finish).toBe('length')
    await using refused = await serve({ kind: 'refusal', text: 'I cannot help with that.' })
    expect((await refused.engine.complete(aQuestion())).finish).toBe('refusal')
    await using filtered = await serve({ ...answer, finish: 'content_filter' })
    expect((await filtered.engine.complete(aQuestion())).finish).toBe('refusal')
  })

  it('has no text when the model calls a tool', async () => {
    await using served = await serve({ kind: 'tool-calls' })
    expect((await served.engine.complete(aQuestion())).text).toBe('')
  })

  it('reads an answer in one piece as well', async () => {
    const body = JSON.stringify({ choices: [{ message: { content: answer.text }, finish_reason: 'stop' }] })
    await using served = await serve({ kind: 'raw', contentType: 'application/json', body })
    expect((await served.engine.complete(aQuestion())).text).toBe(answer.text)
  })

  it('ends an answer that has no end', async () => {
    await using served = await serve({ kind: 'answer', text: 'x'.repeat(3_000_000) })
    expect((await served.engine.complete(aQuestion())).finish).toBe('length')
  })
})

const overflow =
  "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (const secretMarker = 1)."

describe('what goes wrong', () => {
  it.each<[string, Act, string]>([
    [
      'a context overflow as an object',
      {
        kind: 'status',
        status: 400,
        body: JSON.stringify({ error: { message: overflow, type: 'BadRequestError', code: 400 } }),
      },
      'context-overflow',
    ],
    [
      'a context overflow as a text',
      { kind: 'status', status: 400, body: JSON.stringify({ error: overflow }) },
      'context-overflow',
    ],
    [
      'the overflow of llama-server',
      {
        kind: 'status',
        status: 400,
        body: JSON.stringify({
          error: { code: 400, message: 'too many', type: 'exceed_context_size_error' },
        }),
      },
      'context-overflow',
    ],
    [
      'another refusal',
      { kind: 'status', status: 400, body: '{"error":{"message":"bad grammar"}}' },
      'rejected',
    ],
    ['a missing key', { kind: 'status', status: 401, body: '{"error":"Unauthorized"}' }, 'rejected'],
    ['an unknown model', { kind: 'status', status: 404, body: 'not json' }, 'rejected'],
    [
      'a busy server',
      { kind: 'status', status: 503, body: '', headers: { 'retry-after': '7' } },
      'unavailable',
    ],
    ['too many requests', { kind: 'status', status: 429, body: '{}' }, 'unavailable'],
    [
      'a failed server',
      { kind: 'status', status: 500, body: '{"error":{"message":"CUDA error"}}' },
      'crashed',
    ],
    [
      'a page of HTML',
      { kind: 'raw', contentType: 'text/html', body: '<html>const secretMarker = 1</html>' },
      'rejected',
    ],
    [
      'an error in the stream',
      {
        kind: 'raw',
        contentType: 'text/event-stream',
        body: 'data: {"error":{"message":"const secretMarker"}}\n\n',
      },
      'crashed',
    ],
    [
      'an answer that stops in the middle',
      { kind: 'pieces', pieces: ['{"verdict"'], everyMs: 5, end: 'drop' },
      'crashed',
    ],
    [
      'a stream without an end',
      {
        kind: 'raw',
        contentType: 'text/event-stream',
        body: 'data: {"choices":[{"delta":{"content":"{}"}}]}\n\n',
      },
      'crashed',
    ],
  ])('calls %s what it is, without repeating a word of it', async (_, act, code) => {
    await using served = await serve(act)
    const error = await served.engine.complete(aQuestion()).then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(EngineError)
    expect((error as EngineError).code).toBe(code)
    expect((error as EngineError).message).not.toContain('secretMarker')
  })

  it.each([
    ['in seconds', (): string => '7', [7000, 7000]],
    ['by a date', (): string => new Date(Date.now() + 600_000).toUTCString(), [540_000, 600_000]],
    ['by a date that is past', (): string => new Date(0).toUTCString(), null],
    ['in words', (): string => 'soon', null],
  ] as const)('tells how long a busy server asks to wait %s', async (_, header, range) => {
    const headers = { 'retry-after': header() }
    await using served = await serve({ kind: 'status', status: 503, body: '', headers })
    const error = await served.engine.complete(aQuestion()).catch((reason: unknown) => reason)
    const { retryAfterMs, message } = error as EngineError
    if (range === null) {
      expect(retryAfterMs).toBeUndefined()
      expect(message).not.toContain('wait')
    } else {
      expect(retryAfterMs).toBeGreaterThanOrEqual(range[0])
      expect(retryAfterMs).toBeLessThanOrEqual(range[1])
      expect(message).toContain(`wait ${Math.ceil((retryAfterMs ?? 0) / 1000)} s`)
    }
  })

  it('closes the connection when it is cancelled', async () => {
    await using served = await serve({
      kind: 'pieces',
      pieces: Array(400).fill('a'),
      everyMs: 20,
      end: 'finish',
    })
    const controller = new AbortController()
    const code = codeOf(served.engine.complete(aQuestion({ signal: controller.signal })))
    await expect.poll(() => served.server.seen.length, { timeout: 5_000 }).toBe(1)
    controller.abort()
    expect(await code).toBe('aborted')
    await expect.poll(served.server.closedEarly, { timeout: 5_000 }).toBe(1)
  })

  it.each([
    ['an error', { status: 500, piece: 'x'.repeat(60_000) }, 'crashed'],
    ['one event', { status: 200, piece: `data: ${'x'.repeat(60_000)}` }, 'rejected'],
    ['events without text', { status: 200, piece: 'data: {"choices":[]}\n\n'.repeat(3000) }, 'crashed'],
  ])('has enough of %s without end', async (_, flood, code) => {
    await using served = await serve({ kind: 'flood', contentType: 'text/event-stream', ...flood })
    expect(await codeOf(served.engine.complete(aQuestion()))).toBe(code)
    await expect.poll(served.server.closedEarly, { timeout: 5_000 }).toBe(1)
  })

  it('gives up on a server that never begins, and closes the connection', async () => {
    await using served = await serve({ kind: 'silence' }, {}, { timeouts: { firstToken: 600 } })
    expect(await codeOf(served.engine.complete(aQuestion()))).toBe('unavailable')
    await expect.poll(served.server.closedEarly, { timeout: 5_000 }).toBe(1)
  })

  it('gives up on a server that falls silent, not on one that is slow', async () => {
    const slow: Act = {
      kind: 'pieces',
      pieces: ['{"verdict":', '"real",', '"note":null}'],
      everyMs: 120,
      end: 'finish',
    }
    await using patient = await serve(slow, {}, { timeouts: { firstToken: 5_000, idle: 2_000 } })
    expect((await patient.engine.complete(aQuestion())).text).toBe(answer.text)
    await using hasty = await serve(
      { ...slow, everyMs: 2_000 },
      {},
      { timeouts: { firstToken: 5_000, idle: 200 } },
    )
    expect(await codeOf(hasty.engine.complete(aQuestion()))).toBe('unavailable')
  })

  it('follows no redirect', async () => {
    await using elsewhere = await startOpenAiServer({ script: () => answer })
    const away = createServer((request, response) => {
      response.writeHead(307, { location: `${elsewhere.url}${request.url}` })
      response.end()
    })
    await new Promise<void>((resolve) => away.listen(0, '127.0.0.1', resolve))
    const { port } = away.address() as AddressInfo
    const work = createOpenAiEngine({ baseUrl: `http://127.0.0.1:${port}`, model: 'scripted' })
    expect(await codeOf(work)).toBe('unavailable')
    await new Promise((resolve) => away.close(resolve))
  })
})

describe('what the server is asked at the start', () => {
  it('takes context from the list of models, or from what was configured', async () => {
    await using told = await serve(answer, { maxModelLength: 16_384 })
    expect(told.engine.description).toMatchObject({ model: 'scripted', contextTokens: 16_384, parallel: 8 })
    await using configured = await serve(answer, {}, { contextTokens: 2048, parallel: 3 })
    expect(configured.engine.description).toMatchObject({ contextTokens: 2048, parallel: 3 })
    await using unknown = await serve(answer, { maxModelLength: null, tokenize: 'none' })
    expect(unknown.engine.description.contextTokens).toBe(8192)
  })

  it('takes context and slots from llama-server', async () => {
    await using served = await serve(answer, { maxModelLength: null, tokenize: 'llama-server' })
    expect(served.engine.description).toMatchObject({ contextTokens: 4096, parallel: 2 })
  })

  it('tells other weights under the same name apart where the server tells where they lie', async () => {
    const hashOf = async (options: Partial<OpenAiServerOptions>) => {
      await using served = await serve(answer, { tokenize: 'llama-server', ...options })
      return served.engine.description.modelHash
    }
    const first = await hashOf({ modelPath: '/models/a.gguf' })
    expect(await hashOf({ modelPath: '/models/a.gguf' })).toBe(first)
    expect(await hashOf({ modelPath: '/models/b.gguf' })).not.toBe(first)
  })

  it('counts tokens as the server does, or on the safe side', async () => {
    const messages = [{ role: 'user' as const, content: 'x'.repeat(3000) }]
    await using vllm = await serve(answer)
    expect(await vllm.engine.countTokens(messages)).toBe(1004)
    await using llama = await serve(answer, { tokenize: 'llama-server' })
    expect(await llama.engine.countTokens(messages)).toBe(1000)
    await using none = await serve(answer, { tokenize: 'none' })
    expect(await none.engine.countTokens(messages)).toBe(1208)
  })

  it('gives the key to every call, and says when it is wrong', async () => {
    await using served = await serve(answer, { apiKey: 'k1' }, { apiKey: 'k1' })
    expect((await served.engine.complete(aQuestion())).finish).toBe('stop')
    await using locked = await startOpenAiServer({ script: () => answer, apiKey: 'k1' })
    const work = createOpenAiEngine({ baseUrl: locked.url, model: 'scripted', apiKey: 'k2' })
    await expect(work).rejects.toThrow('check the key')
  })

  it('says what to change when it cannot serve', async () => {
    await using server = await startOpenAiServer({ script: () => answer, refusedFields: ['response_format'] })
    await expect(createOpenAiEngine({ baseUrl: server.url, model: 'scripted' })).rejects.toThrow(
      'JSON schema',
    )
    await expect(createOpenAiEngine({ baseUrl: server.url, model: 'another' })).rejects.toThrow('/v1/models')
    await expect(createOpenAiEngine({ baseUrl: 'file:///etc/passwd', model: 'm' })).rejects.toThrow('http')
    expect(await codeOf(createOpenAiEngine({ baseUrl: 'http://127.0.0.1:9', model: 'm' }))).toBe(
      'unavailable',
    )
  })

  it('tells its health', async () => {
    const served = await serve(answer)
    expect(await served.engine.health()).toEqual({ state: 'ready' })
    await served.server[Symbol.asyncDispose]()
    expect(await served.engine.health()).toMatchObject({ state: 'down' })
    await served.engine[Symbol.asyncDispose]()
  })
})
