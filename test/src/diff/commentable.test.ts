import { describe, expect, it } from 'vitest'
import { canComment } from '../../../src/diff/commentable.ts'
import { aFileDiff } from '../../support/diff/a-file-diff.ts'
import { commentableLines } from '../../support/diff/commentable-lines.ts'

const edited = aFileDiff('@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n@@ -10,2 +10,3 @@\n j\n-k\n+K\n+L\n')
const deleted = aFileDiff(
  '@@ -1,2 +0,0 @@\n-a\n-b\n',
  'diff --git a/f b/f\ndeleted file mode 100644\n--- a/f\n+++ /dev/null\n',
)
const ok = { ok: true }
const no = (reason: string) => ({ ok: false, reason })

describe('the lines that can carry a comment', () => {
  it('are added lines and context on the right, deleted lines on the left', () => {
    expect(commentableLines(edited)).toEqual({
      RIGHT: new Set([1, 2, 3, 10, 11, 12]),
      LEFT: new Set([2, 11]),
    })
  })

  it('stand on the left alone in a deleted file', () => {
    expect(commentableLines(deleted)).toEqual({ RIGHT: new Set(), LEFT: new Set([1, 2]) })
  })
})

describe('a comment on one line', () => {
  it('needs a line that its side shows', () => {
    expect(canComment(edited, { side: 'RIGHT', line: 3 })).toEqual(ok)
    expect(canComment(edited, { side: 'LEFT', line: 2 })).toEqual(ok)
    expect(canComment(edited, { side: 'RIGHT', line: 4 })).toEqual(no('line-not-in-diff'))
    expect(canComment(edited, { side: 'LEFT', line: 1 })).toEqual(no('line-not-in-diff'))
    expect(canComment(deleted, { side: 'RIGHT', line: 1 })).toEqual(no('line-not-in-diff'))
  })

  it('stands on no number that is not a line', () => {
    for (const line of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(canComment(edited, { side: 'RIGHT', line })).toEqual(no('line-not-in-diff'))
    }
  })
})

describe('a comment on several lines', () => {
  it('needs both ends in one hunk, the first one first', () => {
    expect(canComment(edited, { side: 'RIGHT', startLine: 1, line: 3 })).toEqual(ok)
    expect(canComment(edited, { side: 'RIGHT', startLine: 3, line: 10 })).toEqual(no('different-hunks'))
    expect(canComment(edited, { side: 'RIGHT', startLine: 2, line: 2 })).toEqual(no('start-not-before-line'))
    expect(canComment(edited, { side: 'RIGHT', startLine: 3, line: 2 })).toEqual(no('start-not-before-line'))
    expect(canComment(edited, { side: 'RIGHT', startLine: 9, line: 10 })).toEqual(no('start-not-in-diff'))
    expect(canComment(deleted, { side: 'LEFT', startLine: 1, line: 2 })).toEqual(ok)
  })

  it('counts hunks that touch as two', () => {
    const touching = aFileDiff('@@ -1 +1 @@\n-a\n+A\n@@ -2 +2 @@\n-b\n+B\n')
    expect(canComment(touching, { side: 'RIGHT', startLine: 1, line: 2 })).toEqual(no('different-hunks'))
  })
})

describe('a file without lines of text', () => {
  it('takes no comment where git shows no text', () => {
    const binary = aFileDiff('', 'diff --git a/f b/f\nindex 1..2 100644\nBinary files a/f and b/f differ\n')
    expect(canComment(binary, { side: 'RIGHT', line: 1 })).toEqual(no('binary'))
    const moved = aFileDiff('', 'diff --git a/f b/g\nrename from f\nrename to g\n')
    expect(canComment(moved, { side: 'RIGHT', line: 1 })).toEqual(no('no-hunks'))
  })

  it('takes no comment on the side that is a submodule', () => {
    const before =
      'diff --git a/f b/f\ndeleted file mode 160000\n--- a/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-Subproject\n'
    const after = 'diff --git a/f b/f\nnew file mode 100644\n--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+a\n'
    const changed = aFileDiff(after, before)
    expect(canComment(changed, { side: 'LEFT', line: 1 })).toEqual(no('submodule'))
    expect(canComment(changed, { side: 'RIGHT', line: 1 })).toEqual(ok)
    expect(commentableLines(changed)).toEqual({ RIGHT: new Set([1]), LEFT: new Set() })
  })
})
