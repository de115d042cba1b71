import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FileDiff } from '../../../src/diff/file-diff.ts'
import { parseDiff } from '../../../src/diff/parse-diff.ts'
import { commentableLines } from '../../support/diff/commentable-lines.ts'
import { GitRepository } from '../../support/diff/git-repository.ts'
import { type Entry, type RandomChange, randomChanges } from '../../support/diff/random-change.ts'
import type { GitFile } from '../../support/diff/read-git.ts'

const MOST_CHANGES_PER_RUN = 100
const RUNS = 80

const statusOf: Record<string, FileDiff['status']> = {
  A: 'added',
  C: 'copied',
  D: 'deleted',
  M: 'modified',
  R: 'renamed',
  T: 'type-changed',
}

const SUBMODULE = '160000'
/** Git's bytes as the text that a person sees. */
const shown = (bytes: string) => Buffer.from(bytes, 'latin1').toString()

function expectedFacts(file: GitFile) {
  const moved = file.status === 'R' || file.status === 'C'
  const binary = file.additions === null && !file.sameBlob
  const told = file.oldMode !== file.newMode || !file.sameBlob
  return {
    path: shown(file.newPath),
    previousPath: moved ? shown(file.oldPath) : undefined,
    status: statusOf[file.status],
    // A pure rename or copy is written without modes.
    oldMode: file.status === 'A' || !told ? null : file.oldMode,
    newMode: file.status === 'D' || !told ? null : file.newMode,
    binary,
    additions: file.additions ?? 0,
    deletions: file.deletions ?? 0,
    right: binary || file.newMode === SUBMODULE ? [] : file.right,
    left: binary || file.oldMode === SUBMODULE ? [] : file.left,
  }
}

function parsedFacts(file: FileDiff) {
  const { RIGHT, LEFT } = commentableLines(file)
  const { path, previousPath, status, oldMode, newMode, binary, additions, deletions } = file
  const counts = binary ? { additions: 0, deletions: 0 } : { additions, deletions }
  return {
    path,
    previousPath,
    status,
    oldMode,
    newMode,
    binary,
    ...counts,
    right: [...RIGHT],
    left: [...LEFT],
  }
}

interface Text {
  readonly lines: readonly string[]
  readonly endsWithNewline: boolean
}

const nothing: Text = { lines: [], endsWithNewline: true }

function textOf(entry: Entry | null | undefined): Text {
  if (entry === null || entry === undefined) return nothing
  const content = entry.mode === SUBMODULE ? `Subproject commit ${entry.content}\n` : entry.content.toString()
  if (content === '') return nothing
  const lines = content.split('\n')
  return lines.at(-1) === ''
    ? { lines: lines.slice(0, -1), endsWithNewline: true }
    : { lines, endsWithNewline: false }
}

/** The old text with the hunks applied to it. */
function rebuild(file: FileDiff, old: Text): Text {
  const lines = [...old.lines]
  for (const hunk of file.hunks) {
    const start = hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1
    const shown = hunk.lines.filter((line) => line.kind !== 'deleted')
    lines.splice(start, hunk.oldLines, ...shown.map((line) => line.text))
  }
  const reachesEnd = file.hunks.some(
    (hunk) =>
      hunk.oldStart + hunk.oldLines > old.lines.length || hunk.newStart + hunk.newLines > lines.length,
  )
  return {
    lines,
    endsWithNewline: lines.length === 0 || (reachesEnd ? !file.noNewlineNew : old.endsWithNewline),
  }
}

function expectOldLines(file: FileDiff, old: Text): void {
  const claimed = file.hunks.flatMap((hunk) => hunk.lines.filter((line) => line.kind !== 'added'))
  expect(claimed.map((line) => line.text)).toEqual(claimed.map((line) => old.lines[line.oldLine - 1]))
  if (file.noNewlineOld) expect(old.endsWithNewline).toBe(false)
}

function expectTexts(files: readonly FileDiff[], changes: readonly RandomChange[]): void {
  const before = new Map(changes.map((change) => [change.oldPath.toString(), change.before]))
  const after = new Map(changes.map((change) => [change.newPath.toString(), change.after]))
  for (const file of files.filter(({ binary }) => !binary)) {
    const old = textOf(before.get(file.previousPath ?? file.path))
    expectOldLines(file, old)
    expect(rebuild(file, old)).toEqual(textOf(after.get(file.path)))
  }
}

const options = fc.record({
  context: fc.constantFrom('-U0', '-U1', '-U3', '-U12'),
  names: fc.constantFrom(['-M'], ['-M', '-C', '--find-copies-harder'], ['--no-renames']),
  form: fc.constantFrom(
    [],
    ['--no-prefix'],
    ['--src-prefix=i/', '--dst-prefix=w/'],
    ['--binary'],
    ['--full-index'],
  ),
  quoting: fc.constantFrom([], ['core.quotePath=false']),
})

it('reads more than 2,000 random changes as git itself does', { timeout: 240_000 }, () => {
  using repository = new GitRepository()
  let compared = 0
  fc.assert(
    fc.property(
      randomChanges(MOST_CHANGES_PER_RUN),
      options,
      (changes, { context, names, form, quoting }) => {
        repository.commit(changes)
        const flags = [context, ...names, ...form, ...quoting]
        const listed = repository.files(flags)
        const { files, rejected } = parseDiff(repository.diff(flags))

        expect(files.map(parsedFacts)).toEqual(listed.map(expectedFacts))
        expect(rejected).toEqual([])
        expectTexts(files, changes)
        compared += files.length
      },
    ),
    { numRuns: RUNS },
  )
  expect(compared).toBeGreaterThan(2_000)
})
