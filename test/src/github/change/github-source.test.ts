import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { LoadedDiff } from '../../../../src/roles.ts'
import { startGitHub } from '../../../support/github/start-github.ts'
import { adaptersFor } from '../adapters.ts'

const folder = await mkdtemp(join(tmpdir(), 'github-source-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
let copies = 0

const base = { 'src/app.ts': 'one\ntwo\nthree\n', 'old.txt': 'same\ntext\nhere\n', 'gone.ts': 'x\n' }
const changes = {
  'src/app.ts': 'one\nTWO\nthree\n',
  'new.txt': { renamedFrom: 'old.txt' },
  'gone.ts': null,
  'docs/ü "q".md': 'new\n',
}

async function scene(options: { depth?: number; files?: Record<string, string> } = {}) {
  const github = await startGitHub()
  const repository = await github.repository({ files: base })
  const pull = await repository.openPullRequest({ title: 'Mend', files: { ...changes, ...options.files } })
  const checkout = join(folder, `copy-${copies++}`)
  await repository.checkout(checkout, pull, { ref: 'merge', depth: options.depth ?? 0 })
  const local = { gitDirectory: join(checkout, '.git'), temporary: folder }
  return {
    pull,
    github,
    repository,
    local,
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  }
}

function outline({ files }: LoadedDiff) {
  return files
    .map(({ path, status, additions, deletions }) => `${status} ${path} +${additions} -${deletions}`)
    .sort()
}

const expectedOutline = [
  'added docs/ü "q".md +1 -0',
  'deleted gone.ts +0 -1',
  'modified src/app.ts +1 -1',
  'renamed new.txt +0 -0',
]

describe('the pull request', () => {
  test('is read with what decides how it is treated', async () => {
    await using github = await startGitHub()
    const repository = await github.repository({ files: base, private: true })
    const pull = await repository.openPullRequest({ title: 'Mend', files: changes, fork: true, draft: true })
    const { source } = adaptersFor(github, repository)
    expect(await source.pullRequest(pull.number)).toMatchObject({
      number: pull.number,
      title: 'Mend',
      state: 'open',
      isDraft: true,
      isFork: true,
      changedFiles: 4,
      base: { sha: pull.base, ref: 'main' },
      head: { sha: pull.head },
      repository: { owner: 'acme', isPublic: false },
    })
  })

  test('that does not exist is told as not found', async () => {
    await using github = await startGitHub()
    const repository = await github.repository({ files: base })
    await expect(adaptersFor(github, repository).source.pullRequest(99)).rejects.toMatchObject({
      code: 'github-not-found',
    })
  })

  test('is read again after server errors', async () => {
    await using github = await startGitHub()
    const repository = await github.repository({ files: base })
    const pull = await repository.openPullRequest({ files: changes })
    github.inject({ method: 'GET', path: /\/pulls\/\d+$/, times: 2, fault: { status: 502 } })
    const { source } = adaptersFor(github, repository)
    expect(await source.pullRequest(pull.number)).toMatchObject({ number: pull.number })
  })

  test('that GitHub never gives is told as GitHub being unavailable', async () => {
    await using github = await startGitHub()
    const repository = await github.repository({ files: base })
    github.inject({ method: 'GET', path: /\/pulls\/\d+$/, times: 9, fault: 'drop' })
    await expect(adaptersFor(github, repository).source.pullRequest(1)).rejects.toMatchObject({
      code: 'github-unavailable',
      message: 'GitHub could not be reached while reading the pull request.',
      retryable: true,
    })
  })
})

describe('the diff', () => {
  test('comes from a checkout that has both commits, without a request', async () => {
    await using stage = await scene()
    const { source } = adaptersFor(stage.github, stage.repository, { checkout: stage.local })
    const pullRequest = await source.pullRequest(stage.pull.number)
    const requests = stage.github.requests.length
    const diff = await source.diff(pullRequest)
    expect(diff.source).toBe('git')
    expect(outline(diff)).toEqual(expectedOutline)
    expect(stage.github.requests.length).toBe(requests)
  })

  test('comes from GitHub where the checkout is shallow', async () => {
    await using stage = await scene({ depth: 1 })
    const { source } = adaptersFor(stage.github, stage.repository, { checkout: stage.local })
    const diff = await source.diff(await source.pullRequest(stage.pull.number))
    expect(diff.source).toBe('api-diff')
    expect(outline(diff)).toEqual(expectedOutline)
  })

  test('does not obey .gitattributes of the head', async () => {
    await using stage = await scene({ files: { '.gitattributes': '*.ts -diff\n* -text\n' } })
    const { source } = adaptersFor(stage.github, stage.repository, { checkout: stage.local })
    const diff = await source.diff(await source.pullRequest(stage.pull.number))
    expect(diff.source).toBe('git')
    const file = diff.files.find(({ path }) => path === 'src/app.ts')
    expect(file).toMatchObject({ binary: false, additions: 1, deletions: 1 })
  })

  test('comes file by file where GitHub refuses it as too large', async () => {
    await using github = await startGitHub()
    const repository = await github.repository({ files: base })
    const many = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`many/${index}.ts`, 'new\n']))
    const pull = await repository.openPullRequest({ files: many })
    const { source } = adaptersFor(github, repository)
    const diff = await source.diff(await source.pullRequest(pull.number))
    expect(diff.source).toBe('api-files')
    expect(diff.files).toHaveLength(301)
    expect(diff.files.every((file) => file.hunks.length === 1)).toBe(true)
    expect(diff.rejected).toEqual([])
  })
})

test('patches that GitHub leaves out of a long listing are asked for again', async () => {
  await using github = await startGitHub()
  const repository = await github.repository({ files: base })
  const long = (from: number) =>
    Array.from({ length: 12_000 }, (_, index) => `value ${from + index}\n`).join('')
  const few = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`z/${index}.ts`, 'new\n']))
  const pull = await repository.openPullRequest({ files: { 'a.ts': long(0), 'b.ts': long(50_000), ...few } })
  const { source } = adaptersFor(github, repository)
  const diff = await source.diff(await source.pullRequest(pull.number))
  expect(diff.source).toBe('api-files')
  expect(diff.files).toHaveLength(32)
  expect(
    diff.files.filter(({ path }) => path.startsWith('z/')).every(({ hunks }) => hunks.length === 1),
  ).toBe(true)
})

describe('files at a commit', () => {
  const stored = {
    'policy.yml': 'max-comments: 3\n',
    'link.yml': { text: 'policy.yml', mode: '120000' as const },
    'picture.bin': Buffer.from([0, 1, 2]),
    'latin.txt': Buffer.from([0xe9, 0x0a]),
  }

  test.each(['local', 'over the API'])(
    'are read %s: text alone, within the limit, never through a link',
    async (way) => {
      await using github = await startGitHub()
      const repository = await github.repository({ files: stored })
      const pull = await repository.openPullRequest({ files: { 'policy.yml': 'max-comments: 50\n' } })
      const checkout = join(folder, `copy-${copies++}`)
      await repository.checkout(checkout, pull, { depth: 0 })
      const { source } = adaptersFor(
        github,
        repository,
        way === 'local' ? { checkout: { gitDirectory: join(checkout, '.git'), temporary: folder } } : {},
      )
      const read = (path: string, maxBytes = 1000) => source.fileText(pull.base, path, maxBytes)
      expect(await read('policy.yml')).toBe('max-comments: 3\n')
      expect(await source.fileText(pull.head, 'policy.yml', 1000)).toBe('max-comments: 50\n')
      expect(await read('policy.yml', 15)).toBeNull()
      expect(await read('link.yml')).toBeNull()
      expect(await read('picture.bin')).toBeNull()
      expect(await read('latin.txt')).toBeNull()
      expect(await read('missing.yml')).toBeNull()
      expect(github.requests.length > 0).toBe(way !== 'local')
    },
  )

  test('that a token may not read are told with the permission', async () => {
    await using github = await startGitHub()
    const repository = await github.repository({ files: stored })
    const pull = await repository.openPullRequest({ files: { a: 'b\n' } })
    const token = github.token({ permissions: { 'pull-requests': 'read' } })
    const { source } = adaptersFor(github, repository, { token })
    await expect(source.fileText(pull.base, 'policy.yml', 1000)).rejects.toMatchObject({
      code: 'missing-permission',
      message: expect.stringContaining('"contents: read"'),
    })
  })
})
