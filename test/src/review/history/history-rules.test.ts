import { describe, expect, test } from 'vitest'
import { parseDiff } from '../../../../src/diff/parse-diff.ts'
import { historyRules } from '../../../../src/review/history/history-rules.ts'

const { meaningOf, lastLineOf, silencesIn, spokenPlace, contextOf, cleanHunk, isPlainPath } = historyRules

describe('what a reply means', () => {
  test.each([
    ['Done', 'done'],
    ['Good catch, fixed!', 'done'],
    ['> rename it\n\nok, renamed', 'done'],
    ["I've removed it.", 'done'],
    ['👍', 'done'],
    ['**Done**', 'done'],
    ['Sorry, missed that. Fixed.', 'done'],
    ['It’s done', 'done'],
    [':white_check_mark: done', 'done'],
    ['Done? I do not see it', 'other'],
    ['Fixed? Where?', 'other'],
    ['Added a comment why it must stay', 'other'],
    ['Moved to a follow-up issue', 'other'],
    ['This is intentional, see above', 'disagrees'],
    ["I don't think this is needed", 'disagrees'],
    ["Won't fix: out of scope", 'disagrees'],
    ['Which one do you mean?', 'other'],
    ['> done', 'other'],
  ])('%j: %s', (reply, says) => {
    expect(meaningOf(reply)).toBe(says)
  })
})

describe('the line that a hunk ends on', () => {
  test('has its number on each side', () => {
    const hunk = '@@ -10,4 +20,5 @@ function f\n a\n-b\n-c\n+B\n+C'
    expect(lastLineOf(hunk)).toEqual({ LEFT: 12, RIGHT: 22, text: 'C' })
    expect(lastLineOf('@@ -10,4 +20,5 @@\n a\n-b')).toEqual({ LEFT: 11, RIGHT: 20, text: 'b' })
    expect(lastLineOf('@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file')).toMatchObject({
      RIGHT: 2,
      text: 'b',
    })
  })

  test.each(['', 'no hunk', '@@ -1 +1 @@', '@@ -x +y @@\n+a'])('of %j is none', (hunk) => {
    expect(lastLineOf(hunk)).toBeNull()
  })
})

describe('silences', () => {
  const file = (path: string, hunks: string) =>
    `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${hunks}`
  const hunks = '@@ -1,2 +1,2 @@\n-one\n+ONE\n two\n@@ -9,2 +9,2 @@ class A\n eight\n-nine\n+NINE\n'
  const { files } = parseDiff(
    file('src/a.ts', hunks) + file('src/b.ts', hunks) + file('package-lock.json', hunks),
  )
  const change = { pullRequest: 7, commit: 'a'.repeat(40), at: '2026-01-01T00:00:00Z' }
  const places = (spoken: readonly string[]) =>
    silencesIn(files, { ...change, spoken: new Set(spoken) })
      .map(({ path, hunk }) => `${path} ${hunk.split('\n')[0]}`)
      .sort()

  test('are hunks without a word, of files that people write', () => {
    expect(places([spokenPlace('src/a.ts', '  NINE '), spokenPlace('src/b.ts', null)])).toEqual([
      'src/a.ts @@ -1,2 +1,2 @@',
    ])
    expect(places([])).toHaveLength(4)
  })

  test('are named by where they stand, and bounded', () => {
    const once = silencesIn(files, { ...change, spoken: new Set() })
    expect(silencesIn(files, { ...change, spoken: new Set() })).toEqual(once)
    const other = silencesIn(files, { ...change, pullRequest: 8, spoken: new Set() })
    expect(other.map(({ id }) => id)).not.toEqual(expect.arrayContaining([once[0]?.id]))
    const many = parseDiff(Array.from({ length: 20 }, (_, index) => file(`src/${index}.ts`, hunks)).join(''))
    expect(silencesIn(many.files, { ...change, spoken: new Set() })).toHaveLength(6)
  })
})

describe('context', () => {
  const text = Array.from({ length: 100 }, (_, index) => `line ${index + 1}`).join('\n')

  test('is twenty lines on both sides, and fewer at the ends', () => {
    const middle = contextOf(text, { startLine: 50, line: 50 })
    expect(middle.contextStart).toBe(30)
    expect(middle.context.split('\n')).toHaveLength(41)
    expect(contextOf(text, { startLine: 1, line: 2 })).toMatchObject({ contextStart: 1 })
    expect(contextOf(text, { startLine: 101, line: 101 })).toEqual({ context: '', contextStart: 1 })
  })

  test('fits, and shows no credential', () => {
    const wide = Array.from({ length: 100 }, () => 'x'.repeat(900)).join('\n')
    expect(contextOf(wide, { startLine: 50, line: 50 }).context.length).toBeLessThanOrEqual(16_000)
    expect(contextOf('x'.repeat(100_000), { startLine: 1, line: 1 }).context).toBe('')
    const secret = `key = "ghp_${'a1B2'.repeat(9)}"`
    expect(contextOf(secret, { startLine: 1, line: 1 }).context).toContain('[redacted]')
  })

  test('of a hunk that is too long keeps its header and its end', () => {
    const hunk = `@@ -1,9 +1,9 @@\n${'+a long line\n'.repeat(1000)}+the last`
    const cut = cleanHunk(hunk, 8000)
    expect(cut.length).toBeLessThanOrEqual(8000)
    expect(cut.startsWith('@@ -1,9 +1,9 @@\n')).toBe(true)
    expect(cut.endsWith('+the last')).toBe(true)
  })
})

describe('what is beside a comment', () => {
  const key = Array.from({ length: 5 }, (_, index) => `${index}${'aB3/'.repeat(15)}xyz`)

  test('shows nothing of a key that begins further up', () => {
    const hunk = ['@@ -3,5 +3,6 @@', ...key.map((line) => ` ${line}`), ' q1Zz==', '+end'].join('\n')
    expect(cleanHunk(hunk, 8000)).toBe(
      ['@@ -3,5 +3,6 @@', ...Array(6).fill(' [redacted]'), '+end'].join('\n'),
    )
    const { context } = contextOf(['first', ...key, 'last'].join('\n'), { startLine: 7, line: 7 })
    expect(context).not.toContain('aB3')
  })

  test('keeps versions of packages, and one long word', () => {
    const code = `+use(left-pad@1.2.3, '${'a'.repeat(30)}')`
    expect(cleanHunk(`@@ -1 +1 @@\n${code}`, 8000)).toBe(`@@ -1 +1 @@\n${code}`)
  })

  test.each(['a\u202eb.ts', 'a\0b.ts', `ghp_${'a1B2'.repeat(9)}.txt`, 'a\ud800.ts'])(
    '%j is no path',
    (path) => {
      expect(isPlainPath(path)).toBe(false)
      expect(isPlainPath('src/ünïcode/@scope/a b.ts')).toBe(true)
    },
  )
})
