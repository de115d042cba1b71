import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tinyBaseDirectory } from '../../../scripts/tiny-model/tiny-base-directory.ts'
import { vocabulary } from '../../../scripts/tiny-model/vocabulary.ts'
import { shape, tinyWeights } from '../../../scripts/tiny-model/weights.ts'
import { tinyBaseFiles, writeTinyBase } from '../../../scripts/tiny-model/write-tiny-base.ts'

const main = join(import.meta.dirname, '../../../scripts/tiny-model/main.ts')

interface TensorPlace {
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** Reads safetensors as its format is described, knowing nothing of who wrote it. */
function readSafetensors(bytes: Buffer): Map<string, { sizes: readonly number[]; values: Float32Array }> {
  const bodyStart = 8 + Number(bytes.readBigUInt64LE())
  const { __metadata__, ...places } = JSON.parse(bytes.toString('utf8', 8, bodyStart))
  expect(__metadata__).toEqual({ format: 'pt' })
  return new Map(
    Object.entries(places as Record<string, TensorPlace>).map(([name, place]) => {
      const [from, to] = place.data_offsets
      const data = bytes.subarray(bodyStart + from, bodyStart + to)
      const values = Float32Array.from({ length: data.length / 4 }, (_, index) => data.readFloatLE(index * 4))
      return [name, { sizes: place.shape, values }]
    }),
  )
}

describe("the tiny model's directory", () => {
  let parent: string

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'tiny-base-'))
  })

  afterEach(async () => {
    await rm(parent, { recursive: true })
  })

  it('is written whole, once, under a name that holds its hash', async () => {
    const directories = await Promise.all([1, 2, 3].map(() => tinyBaseDirectory(parent)))
    expect(new Set(directories).size).toBe(1)
    expect(await readdir(parent)).toHaveLength(1)
    const names = await readdir(directories[0] ?? '')
    expect(names.toSorted()).toEqual([...tinyBaseFiles().keys()].toSorted())
    for (const [name, bytes] of tinyBaseFiles()) {
      expect((await readFile(join(directories[0] ?? '', name))).equals(bytes)).toBe(true)
    }
  })

  it('never takes the place of another directory', async () => {
    const directory = join(parent, 'base')
    await writeTinyBase(directory)
    await expect(writeTinyBase(directory)).rejects.toThrow()
    expect(await readdir(parent)).toEqual(['base'])
  })

  it('is written by the command line, like the GGUF file', async () => {
    const run = promisify(execFile)
    await run(process.execPath, [main, '--base', join(parent, 'base')])
    await run(process.execPath, [main, join(parent, 'tiny.gguf')])
    expect((await readdir(parent)).toSorted()).toEqual(['base', 'tiny.gguf'])
    await expect(run(process.execPath, [main, '--bse', join(parent, 'base')])).rejects.toMatchObject({
      code: 2,
    })
  })

  it("holds the GGUF file's weights, the two halves of query and key heads apart", () => {
    const written = readSafetensors(tinyBaseFiles().get('model.safetensors') ?? Buffer.alloc(0))
    const tensors = new Map(tinyWeights(vocabulary()).map((tensor) => [tensor.name, tensor.data]))
    expect(written.size).toBe(tensors.size)
    expect(written.get('lm_head.weight')?.values).toEqual(tensors.get('output.weight'))
    expect(written.get('model.layers.1.mlp.down_proj.weight')).toEqual({
      sizes: [shape.width, shape.hidden],
      values: tensors.get('blk.1.ffn_down.weight'),
    })
    const rowOf = (values: Float32Array | undefined, row: number) =>
      values?.subarray(row * shape.width, (row + 1) * shape.width)
    const queries = written.get('model.layers.0.self_attn.q_proj.weight')?.values
    const paired = tensors.get('blk.0.attn_q.weight')
    for (const [head, index] of [
      [0, 0],
      [0, 5],
      [1, 15],
    ] as const) {
      const start = head * shape.headWidth
      expect(rowOf(queries, start + index)).toEqual(rowOf(paired, start + 2 * index))
      expect(rowOf(queries, start + 16 + index)).toEqual(rowOf(paired, start + 2 * index + 1))
    }
  })
})
