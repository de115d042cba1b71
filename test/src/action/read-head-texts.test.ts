import { describe, expect, test } from 'vitest'
import { readHeadTexts } from '../../../src/action/read-head-texts.ts'
import { hunkIdentity } from '../../../src/diff/hunk-identity.ts'
import type { FileChanges } from '../../support/github/git-repository.ts'
import { startGitHub } from '../../support/github/start-github.ts'
import { adaptersFor } from '../github/adapters.ts'

const files = (count: number): FileChanges =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`f/${index}.ts`, `value ${index}\n`]))

async function scene(changes: FileChanges, baseFiles: FileChanges = { 'README.md': 'x\n' }) {
  const github = await startGitHub()
  const repository = await github.repository({ files: baseFiles })
  const pull = await repository.openPullRequest({ files: changes })
  const { source } = adaptersFor(github, repository)
  const pullRequest = await source.pullRequest(pull.number)
  const diff = await source.diff(pullRequest)
  const before = github.requests.length
  const asked = () => github.requests.slice(before).map(({ operation }) => operation)
  const ledgerOf = (paths: readonly string[]) => ({
    head: pull.head,
    hunks: diff.files
      .filter(({ path }) => paths.includes(path))
      .flatMap(({ path, hunks }) => hunks.map((hunk) => hunkIdentity(path, hunk).slice(0, 32))),
    seal: '0'.repeat(64),
  })
  const read = (paths: readonly string[] = [], most?: number) => {
    const ledger = ledgerOf(paths)
    const ledgers = [{ ...ledger, hunks: ledger.hunks.slice(0, most) }]
    return readHeadTexts(source, { pullRequest, diff, selected: diff.files, ledgers })
  }
  return { github, read, asked, ledgerOf, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() }
}

describe('texts after the change', () => {
  test('are read in one request for fifty files', async () => {
    await using stage = await scene(files(75))
    const texts = await stage.read()
    expect(texts.size).toBe(75)
    expect(texts.get('f/74.ts')).toBe('value 74\n')
    expect(stage.asked()).toEqual(['git/get-tree', 'graphql', 'graphql'])
  })

  test('are not asked for where every hunk is named by a ledger', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `line ${index}\n`)
    const changed = many.with(2, 'new\n').with(30, 'new\n')
    await using stage = await scene(
      { 'a.ts': 'a\n', 'b.ts': 'b\n', 'two.ts': changed.join('') },
      { 'two.ts': many.join('') },
    )
    const { hunks } = stage.ledgerOf(['two.ts'])
    expect(hunks).toHaveLength(2)
    expect([...(await stage.read(['a.ts'])).keys()]).toEqual(['b.ts', 'two.ts'])
    expect([...(await stage.read(['a.ts', 'two.ts'])).keys()]).toEqual(['b.ts'])
    expect([...(await stage.read(['two.ts'], 1)).keys()]).toContain('two.ts')
    const before = stage.asked().length
    expect((await stage.read(['a.ts', 'b.ts', 'two.ts'])).size).toBe(0)
    expect(stage.asked()).toHaveLength(before)
  })

  test('are of regular files that fit, and deleted ones have none', async () => {
    await using stage = await scene(
      {
        'plain.ts': 'plain\n',
        'link.ts': { text: 'plain.ts', mode: '120000' },
        'long.ts': 'x'.repeat(300_000),
        'latin.txt': Buffer.from([0xe9, 0x0a]),
        'gone.ts': null,
      },
      { 'gone.ts': 'gone\n' },
    )
    expect(Object.fromEntries(await stage.read())).toEqual({ 'plain.ts': 'plain\n' })
  })

  test('cost a bounded number of requests where GraphQL is not there', async () => {
    await using stage = await scene(files(60))
    stage.github.inject({ path: /\/graphql$/, times: 9, fault: { status: 404 } })
    expect((await stage.read()).size).toBe(20)
    expect(stage.asked()).toHaveLength(1 + 1 + 20)
  })
})
