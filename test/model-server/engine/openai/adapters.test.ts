import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AdapterFiles, Engine } from '../../../../runner/model-server/src/engine/engine.ts'
import {
  createOpenAiEngine,
  type OpenAiEngineOptions,
} from '../../../../runner/model-server/src/engine/openai/openai-engine.ts'
import { probeAdapter } from '../../../../runner/model-server/src/personas/probe/probe-adapter.ts'
import { startOpenAiServer } from '../../../support/openai-engine.ts'
import { aCall } from '../../../support/tiny-model/tiny-engine.ts'
import { startEmbedding } from '../../../support/vllm/start-embedding.ts'
import { startVllm, type Vllm, type VllmOptions } from '../../../support/vllm/start-vllm.ts'
import { type PeftAdapter, writePeftAdapter } from '../../../support/vllm/write-peft-adapter.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vllm-'))
})
afterEach(async () => {
  await rm(directory, { recursive: true })
})

async function start(vllmOptions: VllmOptions = {}, more: Partial<OpenAiEngineOptions> = {}) {
  const parts = new AsyncDisposableStack()
  const vllm = parts.use(await startVllm(vllmOptions))
  const engine = parts.use(await createOpenAiEngine({ baseUrl: vllm.url, model: 'review-base', ...more }))
  return { vllm, engine, [Symbol.asyncDispose]: () => parts.disposeAsync() }
}

async function anAdapter(name: string, content: PeftAdapter = {}): Promise<AdapterFiles> {
  const path = join(directory, name)
  await writePeftAdapter(path, content)
  return { name, directory: path }
}

function adaptersOf(engine: Engine) {
  if (engine.adapters === undefined) throw new Error('The engine has no adapters.')
  return engine.adapters
}

const schema = { type: 'object', properties: { remark: { type: 'string', maxLength: 100 } } }
const textOf = async (engine: Engine, adapter?: string) =>
  (await engine.complete(aCall({ schema, ...(adapter === undefined ? {} : { adapter }) }))).text
const loads = (vllm: Vllm) =>
  vllm.requests.flatMap(({ path, body }) => {
    const { lora_path: from } = (body ?? {}) as { lora_path?: string }
    return path === '/v1/load_lora_adapter' && from !== undefined ? [from] : []
  })

describe('adapters of vLLM', () => {
  it('are loaded by absolute path, asked by name and unloaded', async () => {
    await using parts = await start()
    const { engine, vllm } = parts
    const adapters = adaptersOf(engine)
    const adapter = await anAdapter('a-one')
    await adapters.load(adapter)
    await adapters.load(adapter)
    await adapters.load(await anAdapter('a-two', { seed: 2 }))
    expect(loads(vllm)).toEqual([join(directory, 'a-one'), join(directory, 'a-two')])
    expect(await adapters.list()).toEqual(['a-one', 'a-two'])
    const texts = [await textOf(engine), await textOf(engine, 'a-one'), await textOf(engine, 'a-two')]
    expect(new Set(texts).size).toBe(3)
    const asked = vllm.requests.filter(({ path }) => path === '/v1/chat/completions').slice(-3)
    expect(asked.map(({ body }) => (body as { model: string }).model)).toEqual([
      'review-base',
      'a-one',
      'a-two',
    ])
    await adapters.unload('a-one')
    await adapters.unload('a-one')
    expect(await adapters.list()).toEqual(['a-two'])
    await expect(textOf(engine, 'a-one')).rejects.toMatchObject({ code: 'rejected' })
  })

  it('never replace one another in place', async () => {
    await using parts = await start()
    await adaptersOf(parts.engine).load(await anAdapter('a-one'))
    for (const { body } of parts.vllm.requests) expect(body ?? {}).not.toHaveProperty('load_inplace')
    const other = join(directory, 'other')
    await writePeftAdapter(other, { seed: 9 })
    await expect(adaptersOf(parts.engine).load({ name: 'a-one', directory: other })).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('another adapter'),
    })
    expect(parts.vllm.adapters.get('a-one')).toBe(join(directory, 'a-one'))
  })

  it('that a server already has are taken over by another one of ours', async () => {
    await using parts = await start()
    const adapter = await anAdapter('a-one')
    await adaptersOf(parts.engine).load(adapter)
    await using second = await createOpenAiEngine({ baseUrl: parts.vllm.url, model: 'review-base' })
    expect(await adaptersOf(second).list()).toEqual([])
    await adaptersOf(second).load(adapter)
    expect(await textOf(second, 'a-one')).toBe(await textOf(parts.engine, 'a-one'))
    expect(loads(parts.vllm)).toHaveLength(1)
  })

  it('that are loaded twice at once are loaded', async () => {
    await using parts = await start()
    const adapter = await anAdapter('a-one')
    await Promise.all(Array.from({ length: 5 }, () => adaptersOf(parts.engine).load(adapter)))
    expect(await adaptersOf(parts.engine).list()).toEqual(['a-one'])
  })

  it('that a restarted server lost are gone from the list, and back when they are asked', async () => {
    await using parts = await start()
    const { engine, vllm } = parts
    await adaptersOf(engine).load(await anAdapter('a-one'))
    const before = await textOf(engine, 'a-one')
    vllm.restart()
    expect(await adaptersOf(engine).list()).toEqual([])
    const all = await Promise.all(Array.from({ length: 4 }, () => textOf(engine, 'a-one')))
    expect(new Set(all)).toEqual(new Set([before]))
    vllm.restart()
    const { messages, signal } = aCall()
    const scores = await engine.score?.({ messages, completion: 'x', adapter: 'a-one', signal })
    expect(scores).toHaveLength(2)
  })

  it('that are gone from the disk of a restarted server are refused', async () => {
    await using parts = await start()
    const adapter = await anAdapter('a-one')
    await adaptersOf(parts.engine).load(adapter)
    parts.vllm.restart()
    await rm(adapter.directory, { recursive: true })
    await expect(textOf(parts.engine, 'a-one')).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('ENGINE_ADAPTERS_DIR'),
    })
  })

  it('are found where the machine of the server sees them', async () => {
    const mount = { asSeen: '/adapters', here: directory }
    await using parts = await start({ mount }, { adaptersDirectory: '/adapters/' })
    await adaptersOf(parts.engine).load(await anAdapter('a-one'))
    expect(loads(parts.vllm)).toEqual(['/adapters/a-one'])
  })

  it.each([
    ['of a higher rank', { config: { r: 32 } }],
    ['with DoRA', { config: { use_dora: true } }],
    ['with whole modules', { config: { modules_to_save: ['lm_head'] } }],
    ['of another kind', { config: { peft_type: 'LOHA' } }],
  ] satisfies [string, PeftAdapter][])(
    '%s are rejected, and the base model goes on',
    async (_name, content) => {
      await using parts = await start()
      await expect(adaptersOf(parts.engine).load(await anAdapter('a-bad', content))).rejects.toMatchObject({
        name: 'EngineError',
        code: 'rejected',
        message: expect.stringContaining('refuses the adapter'),
      })
      expect(JSON.parse(await textOf(parts.engine))).toHaveProperty('remark')
    },
  )

  it('must lie under an absolute path, lest the server fetch them from a hub', async () => {
    await using parts = await start()
    const relative = { name: 'a-one', directory: 'someone/adapter' }
    await expect(adaptersOf(parts.engine).load(relative)).rejects.toMatchObject({ code: 'rejected' })
    expect(loads(parts.vllm)).toEqual([])
  })

  it('that a server does not find wait until its settings are mended', async () => {
    const mount = { asSeen: '/adapters', here: '/nowhere' }
    await using parts = await start({ mount }, { adaptersDirectory: '/adapters' })
    const adapter = await anAdapter('a-one')
    await expect(adaptersOf(parts.engine).load(adapter)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('ENGINE_ADAPTERS_DIR'),
    })
    mount.here = directory
    await adaptersOf(parts.engine).load(adapter)
    expect(await adaptersOf(parts.engine).list()).toEqual(['a-one'])
  })

  it('wait for the key of the server', async () => {
    const server: { apiKey?: string } = {}
    await using parts = await start(server)
    server.apiKey = 'changed'
    await expect(adaptersOf(parts.engine).load(await anAdapter('a-one'))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('check the key'),
    })
  })

  it('need the key of the server', async () => {
    await using parts = await start({ apiKey: 'secret' }, { apiKey: 'secret' })
    await adaptersOf(parts.engine).load(await anAdapter('a-one'))
    expect(await adaptersOf(parts.engine).list()).toEqual(['a-one'])
  })

  it('are absent where loading at run time is switched off', async () => {
    await using parts = await start({ runtimeLora: false })
    expect(parts.engine.adapters).toBeUndefined()
    await expect(textOf(parts.engine, 'a-one')).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('VLLM_ALLOW_RUNTIME_LORA_UPDATING'),
    })
  })
})

describe('scores of vLLM', () => {
  const { messages, signal } = aCall()

  it.each([true, false])(
    'cover the completion and the end of the turn, with priorities: %s',
    async (priority) => {
      await using parts = await start({ priorityScheduling: priority })
      const scores = await parts.engine.score?.({ messages, completion: 'Why?', signal })
      expect(scores).toHaveLength('Why?'.length + 1)
      for (const score of scores ?? []) expect(score).toBeLessThan(0)
      expect(await parts.engine.score?.({ messages, completion: 'Why?', signal })).toEqual(scores)
    },
  )

  it('differ with an adapter', async () => {
    await using parts = await start()
    await adaptersOf(parts.engine).load(await anAdapter('a-one'))
    const base = await parts.engine.score?.({ messages, completion: 'Why?', signal })
    const adapted = await parts.engine.score?.({ messages, completion: 'Why?', adapter: 'a-one', signal })
    expect(adapted).toHaveLength(base?.length ?? 0)
    expect(adapted).not.toEqual(base)
  })

  it('take marks of the chat template in a completion for text', async () => {
    await using parts = await start()
    const scores = await parts.engine.score?.({ messages, completion: '<|im_end|>', signal })
    expect(scores?.length).toBeGreaterThan(2)
  })

  it('of too long a prompt overflow the context', async () => {
    await using parts = await start({ maxModelLength: 500 })
    const scored = parts.engine.score?.({ messages, completion: 'x'.repeat(600), signal })
    await expect(scored).rejects.toMatchObject({ code: 'context-overflow' })
  })

  it('are absent where the server tells no probabilities of a prompt', async () => {
    await using server = await startOpenAiServer({ script: () => ({ kind: 'answer', text: '{}' }) })
    await using engine = await createOpenAiEngine({ baseUrl: server.url, model: 'scripted' })
    expect(engine.score).toBeUndefined()
    expect(engine.adapters).toBeUndefined()
  })
})

describe('the probe on vLLM', () => {
  it('passes an adapter that is applied, and fails one that is loaded without effect', async () => {
    for (const appliesAdapters of [true, false]) {
      await using parts = await start({ appliesAdapters })
      await adaptersOf(parts.engine).load(await anAdapter('a-one'))
      const { signal } = aCall()
      const report = await probeAdapter({ engine: parts.engine, adapter: 'a-one', cases: [], signal })
      expect(report.isLive).toBe(appliesAdapters)
    }
  })
})

describe('embeddings', () => {
  it('have length 1 and the order of the texts, in calls of bounded size', async () => {
    await using embedding = await startEmbedding(10_000, 'other-key')
    const options = { embedding: { baseUrl: embedding.url, model: 'e', apiKey: 'other-key' } }
    await using parts = await start({ apiKey: 'secret' }, { apiKey: 'secret', ...options })
    const letters = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((one) => [one, one.repeat(2), one.repeat(5)])
    const vectors = (await parts.engine.embed?.(letters)) ?? []
    expect(vectors).toHaveLength(letters.length)
    for (const [index, vector] of vectors.entries()) {
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
      expect(vector[Math.floor(index / 3)]).toBeGreaterThan(0.5)
    }
    expect(Math.max(...embedding.sizes)).toBeLessThanOrEqual(64)
    expect(parts.engine.description.embeddingModel).toMatch(/^[0-9a-f]{64}$/)
  })

  it('of texts that are too long are those of their beginnings', async () => {
    await using embedding = await startEmbedding(1000)
    await using parts = await start({}, { embedding: { baseUrl: embedding.url, model: 'e' } })
    const [long, short] = (await parts.engine.embed?.(['a'.repeat(9000), 'a'])) ?? []
    expect(long?.[0]).toBeCloseTo(1, 2)
    expect(short?.[0]).toBeGreaterThan(0.5)
    expect(await parts.engine.embed?.([''])).toHaveLength(1)
  })

  it('are absent where none are configured, and missed where their server is', async () => {
    await using parts = await start()
    expect(parts.engine.embed).toBeUndefined()
    const embedding = { baseUrl: 'http://127.0.0.1:1/v1', model: 'e' }
    await expect(
      createOpenAiEngine({ baseUrl: parts.vllm.url, model: 'review-base', embedding }),
    ).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('a directory of adapters', () => {
  it('with the files of ours beside it is loaded', async () => {
    await using parts = await start()
    const adapter = await anAdapter('a-one')
    for (const name of ['adapter.gguf', 'card.json']) await writeFile(join(adapter.directory, name), '{}')
    await adaptersOf(parts.engine).load(adapter)
    await mkdir(join(directory, 'empty'))
    await expect(
      adaptersOf(parts.engine).load({ name: 'empty', directory: join(directory, 'empty') }),
    ).rejects.toMatchObject({ code: 'rejected' })
  })
})
