import { expect, it } from 'vitest'
import { lineText } from '../../../src/diff/line-at.ts'
import { aFileDiff } from '../../support/diff/a-file-diff.ts'

const file = aFileDiff('@@ -1,2 +1,2 @@\n a\r\n-b \n+ B\n@@ -9 +9 @@\n-x\n+\n')

it('tells the exact text of a line on its side', () => {
  expect(lineText(file, 'RIGHT', 1)).toBe('a\r')
  expect(lineText(file, 'LEFT', 2)).toBe('b ')
  expect(lineText(file, 'RIGHT', 2)).toBe(' B')
  expect(lineText(file, 'RIGHT', 9)).toBe('')
})

it('knows no text of a line that its side does not show', () => {
  expect(lineText(file, 'LEFT', 1)).toBeNull()
  expect(lineText(file, 'RIGHT', 3)).toBeNull()
})
