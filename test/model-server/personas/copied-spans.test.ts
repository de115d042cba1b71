import { expect, test } from 'vitest'
import { createCopyFinder } from '../../../runner/model-server/src/personas/copied-spans.ts'

const past = 'one two three four five six seven eight nine ten eleven twelve thirteen'
const finder = createCopyFinder([past])

test('twelve words in a row are copied, whatever their case and punctuation', () => {
  expect(
    finder.isCopied('Well: TWO, three; four five six seven -- eight nine ten eleven twelve thirteen!'),
  ).toBe(true)
})

test('eleven words are not', () => {
  expect(finder.isCopied('three four five six seven eight nine ten eleven twelve thirteen')).toBe(false)
})

test('code is quoted, not copied', () => {
  expect(finder.isCopied(`See \`${past}\` and\n\`\`\`\n${past}\n\`\`\``)).toBe(false)
})
