import { describe, expect, it } from 'vitest'
import { showHidden } from '../../../src/review/show-hidden.ts'

describe('hidden characters', () => {
  it.each([
    ['bidirectional override', '\u202e', '⟦U+202E⟧'],
    ['isolate', '\u2066', '⟦U+2066⟧'],
    ['zero width space', '\u200b', '⟦U+200B⟧'],
    ['joiner', '\u200d', '⟦U+200D⟧'],
    ['byte order mark', '\ufeff', '⟦U+FEFF⟧'],
    ['interlinear annotation', '\ufff9', '⟦U+FFF9⟧'],
    ['tag', '\u{e0041}', '⟦U+E0041⟧'],
    ['variation selector', '\ufe01', '⟦U+FE01⟧'],
    ['supplementary variation selector', '\u{e0100}', '⟦U+E0100⟧'],
    ['Hangul filler', '\u3164', '⟦U+3164⟧'],
    ['blank braille', '\u2800', '⟦U+2800⟧'],
    ['line separator', '\u2028', '⟦U+2028⟧'],
    ['private use', '\ue000', '⟦U+E000⟧'],
    ['lone surrogate', '\ud800', '⟦U+D800⟧'],
    ['emoji selector without an emoji', 'a\ufe0f', 'a⟦U+FE0F⟧'],
  ])('are shown: %s', (_name, text, shown) => {
    expect(showHidden(text)).toBe(shown)
  })

  it.each(['\u0000', '\u001b', '\u009b', '\u007f'])('go where they control a terminal: %j', (control) => {
    expect(showHidden(`a${control}b`)).toBe('ab')
  })

  it.each(['日本語 Ünï ñ', '⚠\ufe0f', '\ta\nb', 'עברית', '𝒳🙂'])(
    'do not include what is seen: %j',
    (text) => {
      expect(showHidden(text)).toBe(text)
    },
  )

  it('make every line end a line feed', () => {
    expect(showHidden('a\r\nb\rc')).toBe('a\nb\nc')
  })
})
