import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LlamaEngine } from '../../../../runner/model-server/src/engine/llama/llama-engine.ts'
import { tinyModelFile } from '../../../../scripts/tiny-model/tiny-model-file.ts'
import { aCall, longText, startTinyEngine } from '../../../support/tiny-model/tiny-engine.ts'

let engine: LlamaEngine
beforeAll(async () => {
  engine = await startTinyEngine({ embeddingModel: await tinyModelFile() })
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
})

const embed = async (texts: readonly string[]) => (await engine.embed?.(texts)) ?? []
const cosine = (one: Float32Array, other: Float32Array) =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0)

describe('embed', () => {
  it('gives vectors of length 1, the same for the same text and others for others', async () => {
    const [one, again, other] = await embed(['const total = 1', 'const total = 1', 'def load(path)'])
    if (one === undefined || again === undefined || other === undefined) throw new Error('No vectors.')
    for (const vector of [one, again, other]) expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
    expect(cosine(one, again)).toBeCloseTo(1, 4)
    expect(cosine(one, other)).toBeLessThan(0.9999)
  })

  it('takes empty texts, texts longer than its context, and none at all', async () => {
    for (const vector of await embed(['', longText(5000)])) {
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
    }
    expect(await embed([])).toEqual([])
  })

  it('goes on beside completions and after a crash', async () => {
    const [before] = await embed(['value'])
    const [completion, [beside]] = await Promise.all([engine.complete(aCall()), embed(['value'])])
    expect(completion.finish).toBe('stop')
    expect(beside).toEqual(before)
    process.kill(engine.pid ?? 0, 'SIGKILL')
    await expect.poll(async () => (await engine.health()).state).toBe('restarting')
    expect((await embed(['value']))[0]).toEqual(before)
  })

  it('names its model by its hash', () => {
    expect(engine.description.embeddingModel).toBe(engine.description.modelHash)
  })

  it('is absent where no model is configured', async () => {
    await using plain = await startTinyEngine()
    expect(plain.embed).toBeUndefined()
    expect(plain.description).not.toHaveProperty('embeddingModel')
  })

  it('is explained where its model cannot be loaded', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'embed-'))
    const embeddingModel = join(directory, 'broken.gguf')
    const whole = await readFile(await tinyModelFile())
    const files: [Buffer, string][] = [
      [Buffer.from('GGUF and nothing else at all'), 'damaged'],
      [whole.subarray(0, 300_000), 'EMBEDDING_MODEL'],
    ]
    for (const [bytes, word] of files) {
      await writeFile(embeddingModel, bytes)
      await expect(startTinyEngine({ embeddingModel })).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining(word),
      })
    }
    await rm(directory, { recursive: true })
  })
})
