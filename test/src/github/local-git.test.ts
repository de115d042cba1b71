import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLocalGit } from '../../../src/github/local-git.ts'

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
  expect(Buffer.from((await local.blob(blob, 100)) ?? '').toString()).toBe('one\ntwo\n')
  expect(await local.blob(blob, 7)).toBe('too-large')
  expect(existsSync(sentinel)).toBe(false)
})

test('what the checkout does not hold is nothing', async () => {
  const local = createLocalGit(options)
  expect(await local.diff(base, 'f'.repeat(40))).toBeNull()
  expect(await local.tree('f'.repeat(40))).toBeNull()
  expect(await local.blob('f'.repeat(40), 100)).toBeNull()
})

test.each([
  ['no checkout', { gitDirectory: join(folder, 'nowhere') }],
  ['no git', { searchPath: folder }],
])('with %s everything is nothing', async (_, change) => {
  const local = createLocalGit({ ...options, ...change })
  expect(await local.diff(base, head)).toBeNull()
  expect(await local.tree(head)).toBeNull()
})
