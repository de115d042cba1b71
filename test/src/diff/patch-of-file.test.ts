import { describe, expect, it } from 'vitest'
import { parsePatch } from '../../../src/diff/patch-of-file.ts'

describe('the patch of one file', () => {
  it('is read as it comes, without a line feed at its end', () => {
    expect(parsePatch('@@ -1,2 +1,2 @@ function f() {\n a\n-b\n+c')).toEqual({
      kind: 'patch',
      hunks: [
        {
          oldStart: 1,
          oldLines: 2,
          newStart: 1,
          newLines: 2,
          section: 'function f() {',
          lines: [
            { kind: 'context', text: 'a', oldLine: 1, newLine: 1 },
            { kind: 'deleted', text: 'b', oldLine: 2 },
            { kind: 'added', text: 'c', newLine: 2 },
          ],
        },
      ],
      additions: 1,
      deletions: 1,
      noNewlineOld: false,
      noNewlineNew: false,
    })
  })

  it('keeps an empty context line at its end, with and without its blank', () => {
    for (const end of [' ', '']) {
      const parsed = parsePatch(`@@ -1,2 +1,2 @@\n-b\n+c\n${end}`)
      const lines = parsed.kind === 'patch' ? parsed.hunks[0]?.lines.length : null
      expect(lines).toBe(end === ' ' ? 3 : null)
    }
  })

  it('tells which side ends without a line feed', () => {
    const parsed = parsePatch('@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a')
    expect(parsed).toMatchObject({ noNewlineOld: true, noNewlineNew: false })
  })

  it('may be empty', () => {
    expect(parsePatch('')).toMatchObject({ kind: 'patch', hunks: [], additions: 0, deletions: 0 })
  })

  const rejected = {
    'is cut in the middle of a hunk': ['@@ -1,2 +1,2 @@\n a\n-b', 'the diff ends in the middle of a hunk'],
    'is cut in the middle of a character': [
      '@@ -1 +1 @@\n-a\n+\uFFFD',
      'the diff ends in the middle of a character',
    ],
    'goes on behind a whole hunk': ['@@ -1 +1 @@\n-a\n+b\n+c', 'a hunk is longer than its header says'],
    'holds something else': ['@@ -1 +1 @@\n-a\n+b\ndiff --git a/x b/x', 'the patch holds more than hunks'],
    'has no hunk at all': ['no hunk', 'the patch holds more than hunks'],
    'counts lines from zero': ['@@ -0,1 +1 @@\n-a\n+b', 'a hunk header is not readable'],
    'goes on behind the end of the old file': [
      '@@ -1,2 +1 @@\n-a\n\\ No newline at end of file\n-b\n+c',
      'a hunk does not hold the lines its header says',
    ],
    'goes on behind the end of the new file': [
      '@@ -1 +1,2 @@\n-a\n+b\n\\ No newline at end of file\n+c',
      'a hunk does not hold the lines its header says',
    ],
    'marks the end of a file before any line': [
      '@@ -1 +1 @@\n\\ No newline at end of file\n-a\n+b',
      'a hunk starts with a mark for the end of the file',
    ],
  } as const

  for (const [why, [patch, reason]] of Object.entries(rejected)) {
    it(`is rejected when it ${why}`, () => {
      expect(parsePatch(patch)).toEqual({ kind: 'rejected', reason })
    })
  }
})
