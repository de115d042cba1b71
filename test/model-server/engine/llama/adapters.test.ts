import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AdapterFiles } from '../../../../runner/model-server/src/engine/engine.ts'
import type { LlamaEngine } from '../../../../runner/model-server/src/engine/llama/llama-engine.ts'
import { tinyAdapterBytes, writeTinyAdapter } from '../../../support/tiny-model/tiny-adapter.ts'
import { aCall, longText, startTinyEngine } from '../../../support/tiny-model/tiny-engine.ts'

let engine: LlamaEngine
beforeAll(async () => {
  engine = await startTinyEngine()
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
})

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'adapters-'))
})
afterEach(async () => {
  for (const name of await engine.adapters.list()) await engine.adapters.unload(name)
  await rm(directory, { recursive: true })
})

async function load(name: string, seed: number, into = engine): Promise<AdapterFiles> {
  const adapter = await writeTinyAdapter(directory, { seed }, name)
  await into.adapters.load(adapter)
  return adapter
}

const textOf = async (call: Parameters<typeof aCall>[0], by = engine) => (await by.complete(aCall(call))).text
const yesOrNo = { type: 'object', properties: { ok: { type: 'boolean' } } }

describe('adapters', () => {
  it('are loaded into the running process, and the base model stays what it was', async () => {
    const pid = engine.pid
    const base = await textOf({})
    await load('a-one', 1)
    expect(await engine.adapters.list()).toEqual(['a-one'])
    expect(await textOf({ adapter: 'a-one' })).not.toBe(base)
    expect(await textOf({})).toBe(base)
    expect(engine.pid).toBe(pid)
  })

  it('answer interleaved with each other and the base model as each does alone', async () => {
    await load('a-one', 1)
    await load('a-two', 2)
    const parts = [{}, { adapter: 'a-one' }, { adapter: 'a-two' }]
    const alone: string[] = []
    for (const part of parts) alone.push(await textOf(part))
    expect(new Set(alone).size).toBe(3)
    const mixed = Array.from({ length: 12 }, (_, index) => textOf(parts[index % 3] ?? {}))
    expect(await Promise.all(mixed)).toEqual(Array.from({ length: 4 }, () => alone).flat())
  })

  it('without effect answer as the base model', async () => {
    await engine.adapters.load(await writeTinyAdapter(directory, { seed: 1, strength: 0 }, 'a-none'))
    expect(await textOf({ adapter: 'a-none' })).toBe(await textOf({}))
  })

  it('that were loaded already are left as they are, under one name one directory', async () => {
    const adapter = await load('a-one', 1)
    await engine.adapters.load(adapter)
    expect(await engine.adapters.list()).toEqual(['a-one'])
    const other = await writeTinyAdapter(join(directory, 'other'), { seed: 2 }, 'a-one')
    await expect(engine.adapters.load(other)).rejects.toMatchObject({ code: 'rejected' })
  })

  it('are refused in a call before they are loaded and after they are unloaded', async () => {
    const refused = { name: 'EngineError', code: 'rejected', message: expect.stringContaining('a-one') }
    await expect(engine.complete(aCall({ adapter: 'a-one' }))).rejects.toMatchObject(refused)
    await load('a-one', 1)
    await engine.adapters.unload('a-one')
    await engine.adapters.unload('a-one')
    await expect(engine.complete(aCall({ adapter: 'a-one' }))).rejects.toMatchObject(refused)
    await expect(
      engine.score?.({
        messages: aCall().messages,
        completion: 'x',
        adapter: 'a-one',
        signal: aCall().signal,
      }),
    ).rejects.toMatchObject(refused)
    expect(await engine.adapters.list()).toEqual([])
  })

  it('wait with their unloading for the calls under way', async () => {
    await load('a-one', 1)
    const ended: string[] = []
    const call = aCall({ adapter: 'a-one', text: longText(1500) })
    const running = engine.complete(call).then(({ finish }) => ended.push(finish))
    await sleep(20)
    await engine.adapters.unload('a-one').then(() => ended.push('unloaded'))
    await running
    expect(ended).toEqual(['stop', 'unloaded'])
  })

  it.each(['../a-one', '', 'a/b', 'a\nb', 'x'.repeat(65)])('must have a plain name, not %j', async (name) => {
    await expect(engine.adapters.load({ name, directory })).rejects.toMatchObject({ code: 'rejected' })
  })

  it('take more calls at once than they have sequences', async () => {
    await load('a-one', 1)
    const alone = await textOf({ adapter: 'a-one' })
    const all = await Promise.all(Array.from({ length: 6 }, () => textOf({ adapter: 'a-one' })))
    expect(all).toEqual(all.map(() => alone))
  })

  it('are refused a prompt that does not fit', async () => {
    await load('a-one', 1)
    const call = aCall({ adapter: 'a-one', text: longText(3500), maxTokens: 1000 })
    await expect(engine.complete(call)).rejects.toMatchObject({ code: 'context-overflow' })
  })
})

describe('an adapter that cannot be used', () => {
  const good = tinyAdapterBytes({ seed: 1 })
  const otherMetadata = Buffer.from(good)
  otherMetadata.write('fora', good.indexOf('lora'))
  const otherCount = Buffer.from(good)
  otherCount.writeBigUInt64LE(2n ** 60n, 8)
  it.each([
    ['is of another architecture', tinyAdapterBytes({ seed: 1, architecture: 'qwen2' }), 'architecture'],
    ['is for a wider model', tinyAdapterBytes({ seed: 1, width: 96 }), 'other sizes'],
    ['is no LoRA', otherMetadata, 'no LoRA'],
    ['is cut in its first bytes', good.subarray(0, 20), 'damaged'],
    ['is cut in its metadata', good.subarray(0, 100), 'damaged'],
    ['is cut in its list of tensors', good.subarray(0, 250), 'damaged'],
    ['counts more tensors than any file has', otherCount, 'damaged'],
    ['is cut in its numbers', good.subarray(0, good.length - 100), 'damaged'],
    ['is empty', Buffer.alloc(0), 'damaged'],
    ['is text', Buffer.from('not a model at all '.repeat(50)), 'damaged'],
    ['holds what is no number', tinyAdapterBytes({ seed: 1, firstNumber: Number.NaN }), 'no number'],
    ['holds an infinity', tinyAdapterBytes({ seed: 1, firstNumber: Number.NEGATIVE_INFINITY }), 'infinities'],
  ])('because it %s is refused, and the base model goes on', async (_name, bytes, reason) => {
    const pid = engine.pid
    const adapter = await writeTinyAdapter(directory, bytes, 'a-bad')
    await expect(engine.adapters.load(adapter)).rejects.toMatchObject({
      name: 'EngineError',
      code: 'rejected',
      message: expect.stringContaining(reason),
    })
    expect(await engine.adapters.list()).toEqual([])
    expect((await engine.complete(aCall())).finish).toBe('stop')
    expect(engine.pid).toBe(pid)
  })

  it('because it is not there is refused', async () => {
    const missing = { name: 'a-gone', directory: join(directory, 'gone') }
    await expect(engine.adapters.load(missing)).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('adapter.gguf'),
    })
  })

  it('does not stay in the way of a mended one of the same name', async () => {
    const adapter = await writeTinyAdapter(directory, { seed: 1 }, 'a-one')
    await truncate(join(adapter.directory, 'adapter.gguf'), 1000)
    await expect(engine.adapters.load(adapter)).rejects.toMatchObject({ code: 'rejected' })
    await load('a-one', 1)
    expect((await engine.complete(aCall({ adapter: 'a-one' }))).finish).toBe('stop')
  })
})

describe('a call on an adapter', () => {
  it('is aborted in the middle of its prompt', async () => {
    await using long = await startTinyEngine({ contextTokens: 8000, sequences: 1 })
    await load('a-one', 1, long)
    const controller = new AbortController()
    const started = performance.now()
    await long.complete(aCall({ adapter: 'a-one', text: longText(2000, 'shorter'), schema: yesOrNo }))
    const call = aCall({ adapter: 'a-one', text: longText(6000), schema: yesOrNo })
    const running = long.complete({ ...call, signal: controller.signal })
    await sleep((performance.now() - started) / 2)
    controller.abort()
    await expect(running).rejects.toMatchObject({ code: 'aborted' })
    const again = await long.complete(call)
    expect(again.usage.cachedTokens).toBeGreaterThan(200)
    expect(again.usage.cachedTokens).toBeLessThan(again.usage.promptTokens - 1)
  })

  it('crashes with the process, and the next one finds its adapter again', async () => {
    await using own = await startTinyEngine()
    await load('a-one', 1, own)
    await load('a-two', 2, own)
    const before = [await textOf({ adapter: 'a-one' }, own), await textOf({ adapter: 'a-two' }, own)]
    const running = own.complete(aCall({ adapter: 'a-one', text: longText(2000) }))
    const crashed = expect(running).rejects.toMatchObject({ code: 'crashed' })
    process.kill(own.pid ?? 0, 'SIGKILL')
    await crashed
    expect(await own.adapters.list()).toEqual(['a-one', 'a-two'])
    expect([await textOf({ adapter: 'a-one' }, own), await textOf({ adapter: 'a-two' }, own)]).toEqual(before)
  })

  it('waits where all contexts are taken, and each gets its turn', async () => {
    await using narrow = await startTinyEngine({ adapters: 1 })
    const names = ['a-one', 'a-two', 'a-three']
    for (const [index, name] of names.entries()) await load(name, index + 1, narrow)
    expect(await narrow.adapters.list()).toEqual(names)
    const alone: string[] = []
    for (const adapter of names) alone.push(await textOf({ adapter }, narrow))
    expect(new Set(alone).size).toBe(3)
    const all = Array.from({ length: 9 }, (_, index) => textOf({ adapter: names[index % 3] ?? '' }, narrow))
    expect(await Promise.all(all)).toEqual([alone, alone, alone].flat())
  })

  it('leaves the line when it is aborted', async () => {
    await using narrow = await startTinyEngine({ adapters: 1 })
    await load('a-one', 1, narrow)
    await load('a-two', 2, narrow)
    const controller = new AbortController()
    const first = narrow.complete(aCall({ adapter: 'a-one', text: longText(2500) }))
    const waiting = narrow.complete(aCall({ adapter: 'a-two', signal: controller.signal }))
    await sleep(20)
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
    expect((await first).finish).toBe('stop')
    expect((await narrow.complete(aCall({ adapter: 'a-two' }))).finish).toBe('stop')
  })
})

describe.runIf(process.platform === 'linux')('memory', () => {
  const residentKb = async (pid: number | undefined) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])
  }

  it('does not grow with adapters that come and go', async () => {
    await using own = await startTinyEngine()
    const cycle = async (round: number) => {
      const name = `a-${round}`
      await load(name, round, own)
      await own.complete(aCall({ adapter: name, schema: yesOrNo }))
      await own.adapters.unload(name)
    }
    for (let round = 0; round < 20; round++) await cycle(round)
    const before = await residentKb(own.pid)
    for (let round = 20; round < 50; round++) await cycle(round)
    const grown = (await residentKb(own.pid)) - before
    // A context that stays open costs 5.5 MB; what V8 has not collected yet comes and goes.
    expect(grown).toBeLessThan(80 * 1024)
  }, 60_000)
})
