import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  shownLineMax,
  shownName,
  shownText,
  visibleText,
} from '../../../../runner/model-server/src/review/prompt/shown-text.ts'

it.each([
  ['a right-to-left override', '\u202e', '⟦U+202E⟧'],
  ['a zero-width space', '\u200b', '⟦U+200B⟧'],
  ['a tag', '\u{e0041}', '⟦U+E0041⟧'],
  ['a variation selector of the supplement', '\u{e0100}', '⟦U+E0100⟧'],
  ['a blank letter', '\u3164', '⟦U+3164⟧'],
  ['a byte order mark', '\ufeff', '⟦U+FEFF⟧'],
  ['an escape', '\u001b', '⟦U+001B⟧'],
  ['a carriage return inside a line', 'a\rb', 'a⟦U+000D⟧b'],
])('writes out %s', (_, hidden, shown) => {
  expect(shownText(`x${hidden}y`)).toBe(`x${shown}y`)
})

it('leaves what people write as it is', () => {
  expect(shownText('\tconst grüße = "日本語 😀" // naïve\r')).toBe('\tconst grüße = "日本語 😀" // naïve')
})

it('leaves no unseen character, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visibleText(text).replaceAll('\t', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    }),
  )
})

it('says how much of a long line it leaves out', () => {
  const shown = shownText('a'.repeat(shownLineMax + 7))
  expect(shown).toHaveLength(shownLineMax + ' ⟦7 more characters not shown⟧'.length)
  expect(shown).toContain('⟦7 more characters not shown⟧')
})

it('keeps a name on one line and inside its quotes', () => {
  expect(shownName('a"\nFile B: x')).toBe('"a\\"⟦U+000A⟧File B: x"')
})
