import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createLlamaEngine,
  type LlamaEngineOptions,
} from '../../../runner/model-server/src/engine/llama/llama-engine.ts'
import type { DownloadProgress } from '../../../runner/model-server/src/engine/llama/model-process.ts'
import { tinyModelFile } from '../../../scripts/tiny-model/tiny-model-file.ts'
import { writeTinyModel } from '../../../scripts/tiny-model/write-tiny-model.ts'
import { startModelHub } from '../../support/tiny-model/model-hub.ts'
import { aCall, startTinyEngine } from '../../support/tiny-model/tiny-engine.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'load-'))
})
afterEach(async () => {
  await rm(directory, { recursive: true })
})

function start(options: Partial<LlamaEngineOptions>) {
  return startTinyEngine({ modelsDirectory: directory, hubUrl: 'http://127.0.0.1:1', ...options })
}

async function failure(options: Partial<LlamaEngineOptions>): Promise<string> {
  const error: unknown = await start(options).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toMatchObject({ name: 'EngineError', code: 'unavailable' })
  const { message } = error as Error
  expect(message).not.toContain('\n')
  return message
}

describe('a model that cannot be loaded is explained in one sentence', () => {
  it('when there is no such file', async () => {
    const message = await failure({ model: join(directory, 'missing.gguf') })
    expect(message).toContain('There is no model file at')
    expect(message).toContain('hf:owner/repository')
  })

  it('when the path is a directory', async () => {
    expect(await failure({ model: directory })).toContain('is a directory')
  })

  it('when the file is of another kind', async () => {
    const model = join(directory, 'model.safetensors')
    await writeFile(model, '\u0008\0\0\0\0\0\0\0{"__metadata__":{}}')
    expect(await failure({ model })).toContain('is not GGUF')
  })

  it('when the file is empty', async () => {
    const model = join(directory, 'empty.gguf')
    await writeFile(model, '')
    expect(await failure({ model })).toContain('is not GGUF')
  })

  it.each([12, 2000, 300_000])('when the file ends after %i bytes', async (size) => {
    const model = join(directory, 'cut.gguf')
    await writeTinyModel(model)
    await writeFile(model, (await readFile(model)).subarray(0, size))
    expect(await failure({ model })).toContain('damaged or cut short')
  })

  it('when bytes of the header were changed', async () => {
    const model = join(directory, 'broken.gguf')
    await writeTinyModel(model)
    const bytes = await readFile(model)
    bytes.fill(0xff, 8, 24)
    await writeFile(model, bytes)
    expect(await failure({ model })).toContain('damaged or cut short')
  })

  it('when a part of a split model is missing', async () => {
    const model = join(directory, 'm-00001-of-00003.gguf')
    await writeTinyModel(model)
    expect(await failure({ model })).toContain('split into 3 files, but 1 are there')
  })

  it('when it is on some other site', async () => {
    expect(await failure({ model: 'https://example.com/m.gguf' })).toContain('Hugging Face alone')
  })

  it('when the hub cannot be reached', async () => {
    const message = await failure({ model: 'hf:owner/tiny/model.gguf' })
    expect(message).toContain('127.0.0.1:1 does not answer')
    expect(message).toContain(directory)
  })

  it.each(['hf:owner/other:Q4_K_M', 'hf:owner/tiny/other.gguf'])('when the hub has no %s', async (model) => {
    await using hub = await startModelHub('owner/tiny', { 'model.gguf': Buffer.from('GGUF') })
    expect(await failure({ model, hubUrl: hub.url })).toContain('could not be fetched')
  })

  it('when the GPU asked for is not there', async () => {
    const message = await failure({ gpu: 'metal' })
    expect(message).toContain('"metal"')
  })
})

describe('a model of the hub', () => {
  it('is fetched once, with progress, and then needs no network', async () => {
    const source = join(directory, 'source.gguf')
    await writeTinyModel(source)
    const model = 'hf:owner/tiny/model.gguf'
    const progress: DownloadProgress[] = []
    {
      await using hub = await startModelHub('owner/tiny', { 'model.gguf': await readFile(source) })
      await using engine = await start({
        model,
        hubUrl: hub.url,
        onDownloadProgress: (step) => progress.push(step),
      })
      expect((await engine.complete(aCall())).finish).toBe('stop')
    }
    const size = (await readFile(source)).length
    expect(progress.at(-1)).toMatchObject({ doneBytes: size, totalBytes: size })

    await using offline = await start({ model })
    expect((await offline.complete(aCall())).finish).toBe('stop')
  })
})

describe('threads', () => {
  it('leave a core to the rest of the machine unless told otherwise', async () => {
    const facts: object[] = []
    const log = { info: (fields: object) => facts.push(fields), warn: () => {} }
    await using _engine = await createLlamaEngine({
      model: await tinyModelFile(),
      modelsDirectory: directory,
      gpu: 'off',
      log,
    })
    const { threads } = facts[0] as { threads: number }
    expect(threads).toBeGreaterThanOrEqual(1)
    expect(threads).toBeLessThanOrEqual(Math.max(1, Math.min(8, availableParallelism() - 1)))
  })
})

describe('a model of the models directory', () => {
  it('is found by its name', async () => {
    await mkdir(join(directory, 'sub'))
    await writeTinyModel(join(directory, 'sub/own.gguf'))
    await using engine = await start({ model: 'sub/own.gguf' })
    expect(engine.description.model).toBe('Tiny test model')
  })
})
