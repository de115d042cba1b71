import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DiffHunk, DiffLine, FileDiff, ParsedDiff } from '../../../src/diff/file-diff.ts'
import { parseDiff } from '../../../src/diff/parse-diff.ts'
import { parsePatch } from '../../../src/diff/patch-of-file.ts'

type Range = readonly [number, number]

interface FileFacts {
  readonly old: string | null
  readonly new: string | null
  readonly old_b64?: string
  readonly new_b64?: string
  readonly status: 'added' | 'modified' | 'removed' | 'renamed' | 'copied'
  readonly old_mode: string | null
  readonly new_mode: string | null
  readonly binary: boolean
  readonly additions: number
  readonly deletions: number
  readonly hunk_count: number
  readonly hunks: readonly (readonly number[])[]
  readonly added_lines_new: readonly Range[]
  readonly removed_lines_old: readonly Range[]
  readonly context_lines_new: readonly Range[]
  readonly context_lines_old: readonly Range[]
  readonly no_newline_old: boolean
  readonly no_newline_new: boolean
  readonly patch_bytes: Range | null
}

interface Case {
  readonly file: string
  readonly kind: string
  readonly expect: string
  readonly strip: number
  readonly files: readonly FileFacts[]
}

const data = process.env.AI_REVIEW_DATA
const folder = join(data ?? '', 'diffs')

function readCases(): Case[] {
  const manifest = readFileSync(join(folder, 'manifest.jsonl'), 'utf8')
  return manifest
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

// Line numbers beyond 2^53 have no exact number in JavaScript; such a file is rejected instead.
const BEYOND_EXACT_NUMBERS = new Set([
  'gogitdiff-apply-text_fragment_error_overflow.diff',
  'gogitdiff-apply-text_fragment_error_short_src_extreme.diff',
])
// The manifest lists no more than these.
const MOST_HUNKS = 40
const MOST_RANGES = 400

function ranges(numbers: readonly number[]): Range[] {
  const found: [number, number][] = []
  for (const number of numbers) {
    const last = found.at(-1)
    if (last !== undefined && last[1] === number - 1) last[1] = number
    else found.push([number, number])
  }
  return found.slice(0, MOST_RANGES)
}

function numbersOf(hunks: readonly DiffHunk[], kind: DiffLine['kind'], side: 'oldLine' | 'newLine'): Range[] {
  const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind === kind)
  return ranges(lines.map((line) => (line as unknown as Record<typeof side, number>)[side]))
}

function factsOf(file: Omit<FileDiff, 'path'> & { readonly path: string | null }): unknown {
  const { hunks } = file
  return {
    path: file.path,
    previousPath: file.previousPath ?? null,
    status: file.status === 'deleted' ? 'removed' : file.status,
    modes: [file.oldMode, file.newMode],
    binary: file.binary,
    counts: [file.additions, file.deletions, hunks.length],
    hunks: hunks
      .map((hunk) => [hunk.oldStart, hunk.oldLines, hunk.newStart, hunk.newLines])
      .slice(0, MOST_HUNKS),
    added: numbersOf(hunks, 'added', 'newLine'),
    deleted: numbersOf(hunks, 'deleted', 'oldLine'),
    contextNew: numbersOf(hunks, 'context', 'newLine'),
    contextOld: numbersOf(hunks, 'context', 'oldLine'),
    noNewline: [file.noNewlineOld, file.noNewlineNew],
  }
}

/** Names that are not UTF-8 stand in the manifest as base64 of their bytes. */
function nameOf(name: string | null, base64: string | undefined): string | null {
  return base64 === undefined ? name : Buffer.from(base64, 'base64').toString()
}

function expectedFacts(facts: FileFacts): unknown {
  const moved = facts.status === 'renamed' || facts.status === 'copied'
  return {
    path: nameOf(facts.new, facts.new_b64) ?? nameOf(facts.old, facts.old_b64),
    previousPath: moved ? facts.old : null,
    status: facts.status,
    modes: [facts.old_mode, facts.new_mode],
    binary: facts.binary,
    counts: [facts.additions, facts.deletions, facts.hunk_count],
    hunks: facts.hunks,
    added: facts.added_lines_new,
    deleted: facts.removed_lines_old,
    contextNew: facts.context_lines_new,
    contextOld: facts.context_lines_old,
    noNewline: [facts.no_newline_old, facts.no_newline_new],
  }
}

/** The manifest lists the two halves of a type change as git writes them. */
function halves(file: FileDiff): FileDiff[] {
  if (file.status !== 'type-changed') return [file]
  const [deleted = [], added = []] = [0, 1].map((half) => file.hunks.slice(half, half + 1))
  return [
    { ...file, status: 'deleted', newMode: null, hunks: deleted, additions: 0, noNewlineNew: false },
    { ...file, status: 'added', oldMode: null, hunks: added, deletions: 0, noNewlineOld: false },
  ]
}

const read = (test: Case): Buffer => readFileSync(join(folder, test.file))
const parse = (test: Case): ParsedDiff => parseDiff(read(test), { strip: test.strip })

/** A file that the diff does not name is rejected. */
const hasName = ({ old, new: now, new_b64 }: FileFacts): boolean => (old ?? now ?? new_b64 ?? null) !== null

describe.runIf(data !== undefined)('the torture diffs', () => {
  const cases = data === undefined ? [] : readCases()
  const parsable = cases.filter((test) => test.expect === 'parse')
  const wholeDiffs = parsable.filter((test) => test.kind !== 'github-patch')

  it('has the cases it should have', () => {
    expect([parsable.length, cases.length]).toEqual([277, 343])
  })

  for (const test of wholeDiffs) {
    if (BEYOND_EXACT_NUMBERS.has(test.file)) continue
    it(`reads ${test.file} as the manifest says`, () => {
      const { files, rejected } = parse(test)
      const named = test.files.filter(hasName)
      expect(files.flatMap(halves).map(factsOf)).toEqual(named.map(expectedFacts))
      const combined = /^diff --(?:cc|combined) /m.test(read(test).toString()) ? 1 : 0
      expect(rejected).toHaveLength(test.files.length - named.length + combined)
    })
  }

  for (const test of parsable.filter(({ kind }) => kind === 'github-patch')) {
    it(`reads the hunks of ${test.file} as the manifest says`, () => {
      const parsed = parsePatch(read(test).toString())
      const listed = { path: null, status: 'modified', oldMode: null, newMode: null, binary: false } as const
      expect(parsed.kind).toBe('patch')
      if (parsed.kind === 'patch')
        expect([factsOf({ ...listed, ...parsed })]).toEqual(test.files.map(expectedFacts))
    })
  }

  it('rejects the files whose line numbers have no exact number', () => {
    const tests = cases.filter((test) => BEYOND_EXACT_NUMBERS.has(test.file))
    expect(tests.map((test) => [parse(test).files.length, parse(test).rejected.length])).toEqual([
      [0, 1],
      [0, 1],
    ])
  })

  it('reads the patch of each file alone as it reads it in the diff', () => {
    let compared = 0
    for (const test of wholeDiffs.filter(({ file }) => !BEYOND_EXACT_NUMBERS.has(file))) {
      const files = parse(test).files.flatMap(halves)
      const patches = test.files.filter(hasName).map(({ patch_bytes }) => patch_bytes)
      for (const [index, patch] of patches.entries()) {
        if (patch === null || files[index] === undefined) continue
        const { hunks, noNewlineOld, noNewlineNew, additions, deletions } = files[index]
        const alone = parsePatch(
          read(test)
            .subarray(...patch)
            .toString(),
        )
        expect({ file: test.file, ...alone }).toEqual({
          file: test.file,
          kind: 'patch',
          hunks,
          noNewlineOld,
          noNewlineNew,
          additions,
          deletions,
        })
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(200)
  })

  for (const test of cases.filter(
    (test) => test.expect === 'reject-file' || test.expect === 'reject-or-strip',
  )) {
    it(`rejects the file of ${test.file}`, () => {
      const { files, rejected } = parse(test)
      expect([files.length, rejected.length]).toEqual([0, 1])
    })
  }

  for (const test of cases.filter((test) => test.expect === 'parse-or-reject')) {
    it(`reads ${test.file} as the manifest says or rejects it`, () => {
      const { files, rejected } = parse(test)
      expect(files.length + rejected.length).toBe(1)
      expect(files.map(factsOf)).toEqual(files.length === 0 ? [] : test.files.map(expectedFacts))
    })
  }

  it('keeps dangerous names as data, and rejects the one that no file can have', () => {
    const inert = cases.filter((test) => test.expect === 'parse-inert')
    const paths = inert.map((test) => [...parse(test).files.map(({ path }) => path), ...parse(test).rejected])
    expect(paths).toEqual([
      ['../../etc/passwd'],
      ['/etc/passwd'],
      ['.git/config'],
      [{ path: null, reason: 'the name holds a NUL' }],
      ['x.bin'],
    ])
  })

  it('invents no path in the tolerated cases', () => {
    const tolerated = cases.filter((test) => test.expect === 'tolerate')
    expect(tolerated).toHaveLength(40)
    for (const test of tolerated) {
      const text = read(test).toString()
      const { files, rejected } = parse(test)
      for (const { path } of [...files, ...rejected]) if (path !== null) expect(text).toContain(path)
    }
  })

  it('reads all of them in less than five seconds', () => {
    const start = performance.now()
    for (const test of cases) parse(test)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
