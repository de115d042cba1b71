import { expect, it } from 'vitest'
import {
  noSurroundings,
  renderContext,
  surroundingsOf,
} from '../../../../runner/model-server/src/review/prompt/enclosing-lines.ts'
import { aChangedFile, aHunk } from '../../../support/review-request.ts'

const head = [
  'class Cart {',
  '  items = []',
  '',
  '  total() {',
  '    let sum = 0',
  '    for (const item of this.items) {',
  '      sum += item.price',
  '    }',
  '    return sum',
  '  }',
  '}',
]
const file = aChangedFile([], {
  hunks: [aHunk(['-      sum += 1', '+      sum += item.price'], 7)],
  headText: `${head.join('\n')}\n`,
})
const lines = file.hunks[0]?.lines ?? []

it('shows the heads of what encloses a hunk, and the nearest lines', () => {
  const { before, after } = surroundingsOf(file, lines, 1)
  expect(before.map((line) => line.line)).toEqual([1, 4, 6])
  expect(after.map((line) => line.line)).toEqual([8])
  expect(renderContext(before)).toEqual([
    '|  class Cart {',
    '|  …',
    '|    total() {',
    '|  …',
    '|      for (const item of this.items) {',
  ])
})

it('shows heads alone when no neighbours are wanted', () => {
  const { before, after } = surroundingsOf(file, lines, 0)
  expect(before.map((line) => line.text.trim())).toEqual([
    'class Cart {',
    'total() {',
    'for (const item of this.items) {',
  ])
  expect(after).toEqual([])
})

it('ends at the ends of the file', () => {
  const { before, after } = surroundingsOf(file, lines, 100)
  expect(before.map((line) => line.text)).toEqual(head.slice(0, 6))
  expect(after.map((line) => line.text)).toEqual(head.slice(7))
})

it('shows nothing of a text that is not the one of the diff', () => {
  expect(surroundingsOf({ ...file, headText: 'something\nelse\n' }, lines, 5)).toEqual(noSurroundings)
  const { headText: _unknown, ...unread } = file
  expect(surroundingsOf(unread, lines, 5)).toEqual(noSurroundings)
})
