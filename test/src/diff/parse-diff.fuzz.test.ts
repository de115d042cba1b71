import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DiffHunk, FileDiff } from '../../../src/diff/file-diff.ts'
import { parseDiff } from '../../../src/diff/parse-diff.ts'
import { commentableLines } from '../../support/diff/commentable-lines.ts'

const folder = new URL('../../fixtures/diffs/', import.meta.url)
const seeds = readdirSync(folder)
  .filter((name) => name.endsWith('.diff'))
  .map((name) => readFileSync(new URL(name, folder)))
  .filter((bytes) => bytes.length > 0)

const parts = [
  'diff --git a/x b/x\n',
  '--- a/x\n',
  '+++ b/x\n',
  '@@ -1 +1 @@\n',
  '@@ -0,0 +1,3 @@\n',
  '\\ No newline\n',
]
const more = [
  '\n',
  '\r',
  '"',
  '\\',
  '\0',
  '/dev/null',
  ' b/',
  '\t',
  '-',
  '+',
  ' ',
  '9',
  '99999999999999999999',
]
const insertion = fc.oneof(
  fc.constantFrom(...parts, ...more).map((text) => Buffer.from(text)),
  fc.uint8Array({ minLength: 1, maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
)
const mutation = fc.record({ at: fc.nat(), deleted: fc.nat(12), insertion })

/** A valid diff, or two in a row, with a few bytes cut out, put in or changed. */
const mutated = fc
  .record({
    diffs: fc.array(fc.constantFrom(...seeds), { minLength: 1, maxLength: 2 }),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 5 }),
  })
  .map(({ diffs, mutations }) =>
    mutations.reduce((bytes, { at, deleted, insertion: added }) => {
      const start = at % (bytes.length + 1)
      return Buffer.concat([bytes.subarray(0, start), added, bytes.subarray(start + deleted)])
    }, Buffer.concat(diffs)),
  )

/** Every name that stands in the text: read with another notion of quoting than the parser's. */
function namesIn(bytes: Buffer): string {
  const escapes: Record<string, string> = { a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' }
  const unescaped = bytes
    .toString('latin1')
    .replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
      code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
    )
  return `${bytes.toString()}\n${Buffer.from(unescaped, 'latin1').toString()}`
}

function numbersOn(hunk: DiffHunk, side: 'old' | 'new'): number[] {
  return hunk.lines.flatMap((line) => {
    if (side === 'old') return line.kind === 'added' ? [] : [line.oldLine]
    return line.kind === 'deleted' ? [] : [line.newLine]
  })
}

const from = (start: number, count: number) => Array.from({ length: count }, (_, index) => start + index)

function expectConsistent(file: FileDiff): void {
  const { RIGHT, LEFT } = commentableLines(file)
  for (const hunk of file.hunks) {
    expect(numbersOn(hunk, 'old')).toEqual(from(hunk.oldStart, hunk.oldLines))
    expect(numbersOn(hunk, 'new')).toEqual(from(hunk.newStart, hunk.newLines))
  }
  const all = [...file.hunks.flatMap((hunk) => numbersOn(hunk, 'new'))]
  if (file.status !== 'type-changed') expect(new Set(all).size).toBe(all.length)
  expect([...RIGHT, ...LEFT].every((line) => Number.isSafeInteger(line) && line > 0)).toBe(true)
  const lines = file.hunks.flatMap((hunk) => hunk.lines)
  expect(file.additions).toBe(lines.filter(({ kind }) => kind === 'added').length)
  expect(file.deletions).toBe(lines.filter(({ kind }) => kind === 'deleted').length)
}

/** Where bytes are not UTF-8, how many U+FFFD they become depends on their neighbours; all else must stand in the text. */
function expectFrom(names: string, path: string): void {
  for (const piece of path.split(/\uFFFD+/)) expect(names).toContain(piece)
}

it('reads broken diffs without a throw, a false number or a path that is not in the text', () => {
  fc.assert(
    fc.property(mutated, (bytes) => {
      const { files, rejected } = parseDiff(bytes)
      const names = namesIn(bytes)
      for (const { path } of [...files, ...rejected]) expectFrom(names, path ?? '')
      for (const file of files) {
        expect(file.path).not.toBe('')
        expectFrom(names, file.previousPath ?? '')
        expectConsistent(file)
      }
    }),
    { numRuns: 4_000 },
  )
})
