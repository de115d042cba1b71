import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileToReview } from '@ai-review/protocol/change'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hunksReadBefore } from '../../../../runner/model-server/src/review/earlier/settled-hunks.ts'
import { hunkIdentity } from '../../../../src/diff/hunk-identity.ts'
import { parseDiff } from '../../../../src/diff/parse-diff.ts'
import { cleanGitEnvironment } from '../../../support/github/git-repository.ts'
import { aLedger } from '../../support/sealed.ts'

let folder: string

const author = { NAME: 'contributor', EMAIL: 'contributor@example.com', DATE: '1767225600 +0000' }
const environment = {
  ...cleanGitEnvironment,
  ...Object.fromEntries(
    Object.entries(author).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ]),
  ),
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const git = (...args: readonly string[]) =>
  execFileSync('git', args, { cwd: folder, env: environment, encoding: 'utf8', stdio: 'pipe' })

function commit(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  git('add', '--all')
  git('commit', '--quiet', '--allow-empty', '--message', 'x')
}

/** The change as a reviewer sees it: from the merge base to the head of the branch. */
function change(head = 'branch'): FileToReview[] {
  const { files } = parseDiff(git('diff', '--no-color', `main...${head}`))
  return files.map((file) => ({
    path: file.path,
    status: file.status,
    hunks: file.hunks.map((hunk) => ({
      ...hunk,
      lines: [...hunk.lines],
      identity: hunkIdentity(file.path, hunk),
    })),
  }))
}

const hunksOf = (files: readonly FileToReview[]) => files.flatMap((file) => file.hunks)

/** What becomes of the hunks of `after` when a ledger names all those of `before`. */
function compare(before: readonly FileToReview[], after: readonly FileToReview[]) {
  const { settled, changed } = hunksReadBefore(after, [aLedger(hunksOf(before))])
  return { hunks: hunksOf(after).length, settled: settled.size, changed: changed.size }
}

const blockLines = 10
const edited = 4

/** Blocks of one kind are equal, so that the same edit in two of them makes twins. */
function textOf(kinds: readonly number[], edits: ReadonlyMap<number, string>): string {
  return kinds
    .flatMap((kind, block) =>
      Array.from({ length: blockLines }, (_, line) => `kind ${kind} line ${line}`).with(
        edited,
        edits.get(block) ?? `kind ${kind} line ${edited}`,
      ),
    )
    .map((line) => `${line}\n`)
    .join('')
}

const edit = fc.constantFrom('', 'changed', 'two\nlines', '\tindented')
const history = fc
  .record({
    kinds: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 8 }),
    edits: fc.array(edit, { minLength: 4, maxLength: 8 }),
    isOurs: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  })
  .map(({ kinds, edits, isOurs }) => {
    const of = (side: boolean) =>
      new Map([...edits.entries()].filter(([block]) => block < kinds.length && isOurs[block] === side))
    return { kinds, ours: of(true), theirs: of(false) }
  })

interface History {
  readonly kinds: readonly number[]
  readonly ours: ReadonlyMap<number, string>
  readonly theirs: ReadonlyMap<number, string>
}

function lay({ kinds, ours, theirs }: History): readonly FileToReview[] {
  rmSync(join(folder, '.git'), { recursive: true, force: true })
  git('init', '--quiet', '--initial-branch=main')
  commit({ 'a.ts': textOf(kinds, new Map()) })
  git('checkout', '--quiet', '-b', 'branch')
  for (const [block] of ours) {
    const sofar = new Map([...ours].filter(([other]) => other <= block))
    commit({ 'a.ts': textOf(kinds, sofar) })
  }
  commit({ 'new.ts': textOf(kinds, ours) })
  const before = change()
  git('checkout', '--quiet', 'main')
  // Of one edit made on both sides git keeps one, and the change is another.
  const onlyTheirs = new Map([...theirs].map(([block, text]) => [block, `their ${text}`]))
  commit({ 'a.ts': textOf(kinds, onlyTheirs), 'unrelated.ts': 'x\n' })
  return before
}

/** False where git leaves a conflict, which a person resolves by changing the hunk. */
function isClean(rewrite: () => void): boolean {
  try {
    rewrite()
    return true
  } catch {
    return false
  }
}

const ways: Readonly<Record<string, () => void>> = {
  'a rebase': () => git('rebase', '--quiet', 'main', 'branch'),
  'a merge of the base': () => {
    git('checkout', '--quiet', 'branch')
    git('merge', '--quiet', '--no-edit', 'main')
  },
  'a squash onto the new base': () => {
    git('checkout', '--quiet', '-b', 'squashed', 'main')
    git('merge', '--quiet', '--squash', 'branch')
    git('commit', '--quiet', '--message', 'x')
    git('branch', '--quiet', '--force', 'branch', 'squashed')
  },
}

test.each(Object.entries(ways))('%s leaves every hunk settled', (_, rewrite) => {
  fc.assert(
    fc.property(history, (one) => {
      const before = lay(one)
      fc.pre(isClean(rewrite))
      const after = change()
      const hunks = hunksOf(before).length
      expect(compare(before, after)).toEqual({ hunks, settled: hunks, changed: 0 })
    }),
    { numRuns: 6 },
  )
})

test('a push leaves all but its own hunks settled, and a dropped commit all that are left', () => {
  const kinds = [0, 1, 2, 0]
  const before = lay({
    kinds,
    ours: new Map([
      [0, 'first'],
      [2, 'second'],
    ]),
    theirs: new Map(),
  })
  git('checkout', '--quiet', 'branch')
  commit({
    'a.ts': textOf(
      kinds,
      new Map([
        [0, 'first'],
        [2, 'other'],
        [3, 'third'],
      ]),
    ),
  })
  expect(compare(before, change())).toEqual({ hunks: 4, settled: 2, changed: 2 })
  commit({ 'a.ts': textOf(kinds, new Map([[2, 'second']])) })
  expect(compare(before, change())).toEqual({ hunks: 2, settled: 2, changed: 0 })
})

test('a twin that is new is read, with the one that was read before', () => {
  const kinds = [0, 1, 0, 1]
  const before = lay({ kinds, ours: new Map([[0, 'same']]), theirs: new Map() })
  git('checkout', '--quiet', 'branch')
  commit({
    'a.ts': textOf(
      kinds,
      new Map([
        [0, 'same'],
        [2, 'same'],
      ]),
    ),
  })
  const twins = change().filter(({ path }) => path === 'a.ts')
  expect(new Set(hunksOf(twins).map(({ identity }) => identity)).size).toBe(1)
  expect(compare(before, twins)).toEqual({ hunks: 2, settled: 0, changed: 0 })
})
