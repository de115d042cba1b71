import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AdapterFilesError } from '../../../../runner/model-server/src/personas/registry/adapter-files.ts'
import { openRegistry } from '../../../../runner/model-server/src/personas/registry/registry.ts'

let root: string
let job: string
beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'registry-'))
  root = join(directory, 'adapters')
  job = join(directory, 'job')
})
afterEach(() => rm(join(root, '..'), { recursive: true, force: true }))

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** What a trainer leaves, and the hash that it names. */
async function trained(weights = 'weights'): Promise<string> {
  await mkdir(join(job, 'adapter'), { recursive: true })
  await writeFile(join(job, 'adapter/adapter_config.json'), '{}')
  await writeFile(join(job, 'adapter/adapter_model.safetensors'), weights)
  await writeFile(join(job, 'adapter/adapter.gguf'), 'gguf')
  await writeFile(join(job, 'adapter/card.json'), '{}')
  await writeFile(join(job, 'adapter/training_args.bin'), 'pickle')
  await writeFile(join(job, 'evaluation.jsonl'), '')
  return sha256(`${sha256('{}')}  adapter_config.json\n${sha256(weights)}  adapter_model.safetensors\n`)
}

describe('the registry', () => {
  test('takes in the files of an adapter and no others, in the place that its hash names', async () => {
    const hash = await trained()
    const registry = await openRegistry(root)
    await registry.adopt(job, hash)
    expect(registry.directoryOf(hash)).toBe(join(root, hash))
    expect((await readdir(join(root, hash))).sort()).toEqual([
      'adapter.gguf',
      'adapter_config.json',
      'adapter_model.safetensors',
      'card.json',
      'evaluation.jsonl',
      'manifest.json',
    ])
    expect(await registry.isWhole(hash)).toBe(true)
    expect(await readdir(root)).toEqual([hash])
  })

  test('refuses an adapter that is not the one that was named, and keeps nothing of it', async () => {
    await trained()
    const registry = await openRegistry(root)
    await expect(registry.adopt(job, sha256('another'))).rejects.toThrow(AdapterFilesError)
    expect(await readdir(root)).toEqual([])
  })

  test.each(['adapter_config.json', 'adapter_model.safetensors', 'card.json'])(
    'refuses an adapter without %s',
    async (name) => {
      const hash = await trained()
      await rm(join(job, 'adapter', name))
      const registry = await openRegistry(root)
      await expect(registry.adopt(job, hash)).rejects.toThrow(name)
      expect(await readdir(root)).toEqual([])
    },
  )

  test('follows no link and takes no file that is too large', async () => {
    const registry = await openRegistry(root)
    const hash = await trained()
    await rm(join(job, 'adapter/adapter.gguf'))
    await symlink('/etc/passwd', join(job, 'adapter/adapter.gguf'))
    await expect(registry.adopt(job, hash)).rejects.toThrow('not a plain file')
    await rm(join(job, 'adapter/adapter.gguf'))
    await truncate(join(job, 'adapter/card.json'), 2 * 1024 * 1024)
    await expect(registry.adopt(job, hash)).rejects.toThrow('larger')
    expect(await readdir(root)).toEqual([])
  })

  test.each(['adapter_config.json', 'adapter_model.safetensors', 'adapter.gguf', 'evaluation.jsonl'])(
    'sees that %s was changed or lost, and is mended by the same adapter',
    async (name) => {
      const hash = await trained()
      const registry = await openRegistry(root)
      await registry.adopt(job, hash)
      await writeFile(join(root, hash, name), 'other')
      expect(await registry.isWhole(hash)).toBe(false)
      await rm(join(root, hash, name))
      expect(await registry.isWhole(hash)).toBe(false)
      await registry.adopt(job, hash)
      expect(await registry.isWhole(hash)).toBe(true)
      expect(await readFile(join(root, hash, name), 'utf8')).not.toBe('other')
    },
  )

  test('leads nowhere but into its own directory', async () => {
    const registry = await openRegistry(root)
    expect(() => registry.directoryOf('../../etc')).toThrow(RangeError)
    expect(() => registry.remove('..')).toThrow(RangeError)
  })

  test('removes an adapter with all that is in it', async () => {
    const hash = await trained()
    const registry = await openRegistry(root)
    await registry.adopt(job, hash)
    await registry.remove(hash)
    expect(await readdir(root)).toEqual([])
    await registry.remove(hash)
  })

  test('clears what a killed server has left half done, and not what another one is at', async () => {
    await openRegistry(root)
    await mkdir(join(root, '.draft-old'))
    await mkdir(join(root, '.draft-new'))
    const long = new Date(Date.now() - 2 * 3_600_000)
    await utimes(join(root, '.draft-old'), long, long)
    await openRegistry(root)
    expect(await readdir(root)).toEqual(['.draft-new'])
  })
})
