import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLocalGit } from '../../../../src/github/change/local-git.ts'

const folder = await mkdtemp(join(tmpdir(), 'local-git-'))
const checkout = join(folder, 'checkout')
const sentinel = join(folder, 'was-run')
const signal = new AbortController().signal
const options = {
  gitDirectory: join(checkout, '.git'),
  searchPath: process.env.PATH ?? '',
  temporary: folder,
  signal,
}
let base = ''
let head = ''

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=author', '-c', 'user.email=author@example.com']
  return execFileSync('git', ['-C', checkout, ...identity, ...args], { encoding: 'utf8' }).trim()
}

beforeAll(async () => {
  execFileSync('git', ['init', '-q', checkout])
  await writeFile(join(checkout, 'a.txt'), 'one\n')
  git('add', '.')
  git('commit', '-q', '-m', 'base')
  base = git('rev-parse', 'HEAD')
  await writeFile(join(checkout, 'a.txt'), 'one\ntwo\n')
  await writeFile(join(checkout, '.gitattributes'), '*.txt diff=evil filter=evil\n')
  git('add', '.')
  git('commit', '-q', '-m', 'head')
  head = git('rev-parse', 'HEAD')
  // Everything by which a repository can have git run a program.
  const program = join(folder, 'program')
  await writeFile(program, `#!/bin/sh\ntouch '${sentinel}'\ncat\n`)
  await chmod(program, 0o755)
  for (const key of [
    'diff.external',
    'diff.evil.textconv',
    'diff.evil.command',
    'filter.evil.smudge',
    'filter.evil.clean',
    'core.fsmonitor',
    'core.pager',
    'core.sshCommand',
  ]) {
    git('config', key, program)
  }
  git('config', 'diff.noprefix', 'true')
  git('config', 'diff.context', '0')
  git('config', 'diff.algorithm', 'patience')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('nothing that the repository names is run, and its taste in diffs is not followed', async () => {
  const local = createLocalGit(options)
  const diff = Buffer.from((await local.diff(base, head)) ?? '').toString()
  expect(diff).toContain('--- a/a.txt\n+++ b/a.txt\n@@ -1 +1,2 @@\n one\n+two\n')
  const tree = await local.tree(head)
  expect(tree?.map(({ path, kind, size }) => [path, kind, size])).toEqual([
    ['.gitattributes', 'file', 28],
    ['a.txt', 'file', 8],
  ])
  const blob = tree?.find(({ path }) => path === 'a.txt')?.blob ?? ''
  expect((await local.blobs([blob], 100)).get(blob)).toEqual(Buffer.from('one\ntwo\n'))
  expect((await local.blobs([blob], 7)).get(blob)).toBe('too-large')
  expect(existsSync(sentinel)).toBe(false)
})

test('no history but the true one is read', async () => {
  const local = createLocalGit(options)
  const told = await local.diff(base, head)
  const grafts = join(checkout, '.git/info/grafts')
  await writeFile(grafts, `${head}\n`)
  expect(() => git('merge-base', base, head)).toThrow()
  expect(await local.diff(base, head)).toEqual(told)
  await rm(grafts)
})

test('what the checkout does not hold is nothing', async () => {
  const local = createLocalGit(options)
  expect(await local.diff(base, 'f'.repeat(40))).toBeNull()
  expect(await local.tree('f'.repeat(40))).toBeNull()
  expect((await local.blobs(['f'.repeat(40), 'HEAD', '--help', '', 'x\ny'], 100)).size).toBe(0)
})

test.each([
  ['no checkout', { gitDirectory: join(folder, 'nowhere') }],
  ['no git', { searchPath: folder }],
])('with %s everything is nothing', async (_, change) => {
  const local = createLocalGit({ ...options, ...change })
  expect(await local.diff(base, head)).toBeNull()
  expect(await local.tree(head)).toBeNull()
})

test('many blobs are read at once, whatever they hold', async () => {
  const local = createLocalGit(options)
  const hash = (bytes: Uint8Array) =>
    execFileSync('git', ['-C', checkout, 'hash-object', '-w', '--stdin'], { input: bytes }).toString().trim()
  const contents = [
    Buffer.from(''),
    Buffer.from('\n'),
    Buffer.from(`${'0'.repeat(40)} blob 3\nabc\n`),
    Buffer.from([0, 255, 10, 0]),
    Buffer.alloc(9_000_000, 'a'),
    Buffer.alloc(9_000_000, 'b'),
    ...Array.from({ length: 30 }, (_, index) => Buffer.from(`text ${index}`)),
  ]
  const names = contents.map(hash)
  const missing = '1'.repeat(40)
  const read = await local.blobs([names[0] ?? '', missing, head, ...names], 10_000_000)
  expect([...read.keys()].sort()).toEqual([...names].sort())
  expect(names.filter((name, index) => contents[index]?.equals((read.get(name) ?? '') as Buffer))).toEqual(
    names,
  )
})
