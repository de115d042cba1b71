import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inert } from '../../../src/action/log.ts'

test.each([
  ['Reading 3 of 7 files.', 'Reading 3 of 7 files.'],
  ['::set-env name=A::b', '__set-env name=A::b'],
  ['  \u3000::error::x', '__error::x'],
  ['text ##[error]x', 'text #_[error]x'],
  ['one\rtwo\n::error::x', 'one?two?::error::x'],
  ['\u001b[31mred', '?[31mred'],
])('%j becomes %j', (text, expected) => {
  expect(inert(text)).toBe(expected)
})

test('whatever is logged is one line without a command', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('::', '##[', '#', '[', ' ', '\r', '\n', '\u2028', 'a', '\u0085', '\ufeff')),
      (parts) => {
        const line = inert(parts.join(''))
        expect(line).toMatch(/^[\x20-\x7e]*$/)
        expect(line.trimStart().startsWith('::')).toBe(false)
        expect(line.includes('##[')).toBe(false)
      },
    ),
  )
})
