import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hashModel } from '../../../runner/model-server/src/engine/llama/model-hash.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hash-'))
})
afterEach(async () => {
  await rm(directory, { recursive: true })
})

it('hashes the files of a model in order', async () => {
  const parts = [join(directory, 'a'), join(directory, 'b')]
  await writeFile(parts[0] ?? '', 'one')
  await writeFile(parts[1] ?? '', 'two')
  expect(await hashModel(parts, join(directory, 'cache'))).toBe(sha256('onetwo'))
})

it('reads an unchanged file once, and a changed one again', async () => {
  const [file, cache] = [join(directory, 'a'), join(directory, 'cache')]
  await writeFile(file, 'one')
  await hashModel([file], cache)
  const [kept = ''] = await readdir(cache)
  await writeFile(join(cache, kept), 'f'.repeat(64))
  expect(await hashModel([file], cache)).toBe('f'.repeat(64))

  await utimes(file, new Date(), new Date(Date.now() - 5000))
  expect(await hashModel([file], cache)).toBe(sha256('one'))
})

it('does without a place to keep it', async () => {
  const file = join(directory, 'a')
  await writeFile(file, 'one')
  expect(await hashModel([file], join(file, 'no-directory'))).toBe(sha256('one'))
})
