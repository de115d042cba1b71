import { expect, test } from 'vitest'
import type { FileDiff } from '../../../../src/diff/file-diff.ts'
import { defaultPolicy } from '../../../../src/review/policy.ts'
import { selectFiles } from '../../../../src/review/select-files.ts'
import type { FileChanges } from '../../../support/github/git-repository.ts'
import { startGitHub } from '../../../support/github/start-github.ts'
import { adaptersFor } from '../adapters.ts'

const sha = 'c'.repeat(40)
const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]), Buffer.alloc(40, 7)])
/** A patch over 500 KB, which GitHub does not show, of a file far below the limit of what is rebuilt. */
const long = (word: string) =>
  Array.from({ length: 12_000 }, (_, at) => `${word} ${at} ${'x'.repeat(40)}\n`).join('')
/** Beyond the 300 files of one diff, so that GitHub lists the change file by file. */
const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`many/${at}.ts`, 'new\n']))

const base: FileChanges = {
  'old.png': png,
  'tool.sh': 'run\n',
  'moved.ts': 'a\nb\nc\nd\n',
  'grown.ts': 'first\nsecond\n',
  'link-later.ts': 'text\n',
  'kept.link': { text: 'a', mode: '120000' },
  'link-before.ts': { text: 'a', mode: '120000' },
  module: { submodule: sha },
}
const change: FileChanges = {
  ...many,
  'old.png': Buffer.concat([png, png]),
  'new.png': png,
  'tool.sh': { text: 'run\n', mode: '100755' },
  'moved/to.ts': { renamedFrom: 'moved.ts' },
  'grown.ts': `first\n${long('value')}second\n`,
  'new-long.ts': long('other'),
  'empty.ts': '',
  'link-later.ts': { text: 'grown.ts', mode: '120000' },
  'link-before.ts': 'one\ntwo\n',
  'kept.link': { text: 'b', mode: '120000' },
  module: { submodule: 'd'.repeat(40) },
}

async function listed(
  changes: FileChanges,
  { longestPage = 100, ...wanted }: Parameters<typeof adaptersFor>[2] & { longestPage?: number } = {},
) {
  await using github = await startGitHub()
  github.world.longestPage = longestPage
  const repository = await github.repository({ files: base })
  const pull = await repository.openPullRequest({ files: changes })
  const { source } = adaptersFor(github, repository, wanted)
  const diff = await source.diff(await source.pullRequest(pull.number))
  expect(diff.source).toBe('api-files')
  const { skipped } = selectFiles(diff, {
    policy: { ...defaultPolicy, 'max-changed-lines': 100_000 },
    attributesOf: () => ({ generated: false, vendored: false }),
  })
  const fileAt = (path: string): FileDiff | undefined => diff.files.find((file) => file.path === path)
  return { diff, reasons: Object.fromEntries(skipped.map(({ path, reason }) => [path, reason])), fileAt }
}

test('a listing without patches is told apart: binary, empty, moved, mode alone, link, submodule', async () => {
  const { reasons } = await listed(change)
  expect(reasons).toEqual({
    'old.png': 'binary',
    'new.png': 'binary',
    'tool.sh': 'no-content-change',
    'moved/to.ts': 'no-content-change',
    'empty.ts': 'no-content-change',
    'link-later.ts': 'symlink',
    'kept.link': 'symlink',
    module: 'submodule',
  })
})

test('a file too large for GitHub to show is rebuilt from its blobs, line by line', async () => {
  const { fileAt } = await listed(change)
  expect(fileAt('new-long.ts')).toMatchObject({ status: 'added', additions: 12_000, deletions: 0 })
  const grown = fileAt('grown.ts')
  expect(grown).toMatchObject({ status: 'modified', additions: 12_000, deletions: 0, oldMode: '100644' })
  expect(grown?.hunks).toHaveLength(1)
  expect(grown?.hunks[0]).toMatchObject({ oldStart: 1, oldLines: 2, newStart: 1, newLines: 12_002 })
  expect(grown?.hunks[0]?.lines.at(-1)).toEqual({
    kind: 'context',
    text: 'second',
    oldLine: 2,
    newLine: 12_002,
  })
})

test('a link that becomes a file is reviewed as a new file', async () => {
  const { fileAt } = await listed(change)
  expect(fileAt('link-before.ts')).toMatchObject({ status: 'type-changed', additions: 2, deletions: 0 })
})

test('what was before is read at the merge base, not at the base of today', async () => {
  await using github = await startGitHub()
  const repository = await github.repository({ files: base })
  const pull = await repository.openPullRequest({ files: change })
  await repository.commit({ 'grown.ts': 'first\nchanged on main\n' })
  await repository.push(pull, { 'last.ts': 'new\n' })
  expect(pull.base).toBe(await repository.headOfMain())
  const { source } = adaptersFor(github, repository)
  const diff = await source.diff(await source.pullRequest(pull.number))
  expect(diff.files.find(({ path }) => path === 'grown.ts')).toMatchObject({
    additions: 12_000,
    deletions: 0,
  })
})

test('beyond the limits of size, or without git, a file is told as one without a diff', async () => {
  const huge = { ...many, 'huge.ts': long('huge').repeat(4), 'grown.ts': long('value'), 'new.png': png }
  expect((await listed(huge)).reasons).toEqual({ 'huge.ts': 'diff-unavailable', 'new.png': 'binary' })
  expect((await listed(huge, { searchPath: '/nonexistent' })).reasons).toEqual({
    'huge.ts': 'diff-unavailable',
    'grown.ts': 'diff-unavailable',
    'new.png': 'binary',
  })
})

test('files are not rebuilt for longer than a part of the time that is left', async () => {
  let left = 100_000
  const timeLeft = () => {
    left -= 20_000
    return left
  }
  const { reasons } = await listed({ ...many, 'a.ts': long('a'), 'b.ts': long('b') }, { timeLeft })
  expect(Object.values(reasons)).toContain('diff-unavailable')
})

test('a host that gives shorter pages than asked for loses no file', async () => {
  const { diff } = await listed({ ...many, 'one-more.ts': 'new\n' }, { longestPage: 40 })
  expect(diff.rejected).toEqual([])
  expect(new Set(diff.files.map(({ path }) => path)).size).toBe(301)
})
