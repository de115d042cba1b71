import { describe, expect, test } from 'vitest'
import { parseCursor } from '../../../../src/github/history/history-cursor.ts'
import type { ListedComment } from '../../../../src/github/history/listed-comment.ts'
import { notRead, trailFrom } from '../../../../src/github/history/reading-place.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString()

function aComment(id: number, second: number): ListedComment {
  return {
    ...{ id, nodeId: `n${id}`, pullRequest: 1, author: null, body: 'Why?', path: 'a.ts', hunk: '' },
    ...{ commit: 'a'.repeat(40), line: 1, startLine: null, side: 'RIGHT', isOnFile: false },
    ...{ repliesTo: null, at: at(second), isTouched: false, up: 0, down: 0 },
  }
}

const start = parseCursor('', 7)
const leftAt = { ...start, page: 3, at: at(50), ids: [50, 49, 48] }
const idsOf = (comments: readonly ListedComment[]) => comments.map(({ id }) => id)

describe('what was not read yet', () => {
  test('is all of the first page, in whatever order its times are', () => {
    const page = [aComment(1, 9), aComment(2, 1), aComment(3, 5)]
    expect(idsOf(notRead(page, trailFrom(start), start))).toEqual([1, 2, 3])
  })

  test('is told by numbers within one run: a clock that was set back hides nothing behind it', () => {
    const trail = trailFrom(start)
    trail.ids.add(1)
    const behindJump = { ...start, at: at(-1000) }
    expect(idsOf(notRead([aComment(1, 9), aComment(2, 8)], trail, behindJump))).toEqual([2])
  })

  test('lies behind what an earlier run has read, however much came since', () => {
    const trail = trailFrom(leftAt)
    expect(notRead([aComment(90, 90), aComment(60, 60)], trail, leftAt)).toEqual([])
    const page = [aComment(51, 51), aComment(50, 50), aComment(49, 49), aComment(52, 52), aComment(40, 40)]
    expect(idsOf(notRead(page, trail, leftAt))).toEqual([52, 40])
    expect(idsOf(notRead([aComment(48, 48), aComment(30, 70)], trail, leftAt))).toEqual([30])
  })

  test('is what is no newer, where all that an earlier run has read last is gone', () => {
    const page = [aComment(51, 51), aComment(47, 50), aComment(40, 40)]
    expect(idsOf(notRead(page, trailFrom(leftAt), leftAt))).toEqual([47, 40])
  })
})
