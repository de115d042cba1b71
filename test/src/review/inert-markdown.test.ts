import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inertLine, inertMarkdown } from '../../../src/review/inert-markdown.ts'
import { hostileText, recordedHostileTexts } from '../../support/review/hostile-texts.ts'
import { liveIn, liveNodes, renderedMarkdown } from '../../support/review/rendered-markdown.ts'

/** Commands that programs read from the raw text of a comment, whatever it renders to. */
const rawCommand = /^\s*(?:\/[a-z]|@|bors r\+)|<!--/im

function livelinessOf(text: string): string[] {
  const markdown = inertMarkdown(text)
  const commands = rawCommand.exec(markdown) ?? []
  const rendered = renderedMarkdown(markdown)
  return [...liveNodes(rendered), ...liveIn(rendered), ...commands]
}

describe('untrusted text as Markdown', () => {
  it('does nothing, whatever the text is', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(livelinessOf(text)).toEqual([])
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 3000) },
    )
  })

  it.runIf(process.env.AI_REVIEW_DATA)('does nothing with recorded attacks', () => {
    const texts = recordedHostileTexts(process.env.AI_REVIEW_DATA ?? '')
    expect(texts.length).toBeGreaterThan(800)
    expect(texts.filter((text) => livelinessOf(text).length > 0)).toEqual([])
  })

  it.each([
    ['**bold** & <b>', '**bold** & <b>'],
    ['a_b_c * d', 'a_b_c * d'],
    ['# no heading', '# no heading'],
    ['- no list', '- no list'],
    ['1. no list', '1. no list'],
    ['x | y | [z](w)', 'x | y | [z](w)'],
    ['foo.bar() costs $5', 'foo.bar() costs $5'],
    ['a\\b', 'a\\b'],
    ['{{ x }} !important ~x~ ^y^', '{{ x }} !important ~x~ ^y^'],
    ['Note: this', 'Note: this'],
  ])('shows %j as it is', (text, shown) => {
    expect(renderedMarkdown(inertMarkdown(text)).text).toBe(shown)
  })

  it('keeps short code spans as code', () => {
    const markdown = inertMarkdown('Call `items.map(f)` before `x`.')
    expect(markdown).toBe('Call `items.map(f)` before `x`.')
  })

  it('takes code spans apart that hold a name or an address', () => {
    const markdown = inertMarkdown('See `https://attacker.example/x` and `@octocat`')
    expect(renderedMarkdown(markdown).types).not.toContain('inlineCode')
    expect(markdown).not.toContain('attacker.example')
  })

  it('shows what is hidden', () => {
    expect(inertMarkdown('if (admin\u202e)')).toBe('if (admin⟦U+202E⟧)'.replace('⟦U+202E⟧', '⟦U&#43;202E⟧'))
    expect(renderedMarkdown(inertMarkdown('a\u200bb')).text).toBe('a⟦U+200B⟧b')
  })

  it('keeps paragraphs and lines', () => {
    expect(inertMarkdown('one\r\ntwo\n\n\n\nthree')).toBe('one\ntwo\n\nthree')
  })

  it('puts a title on one line', () => {
    expect(inertLine('one\n\n# two\r/three')).toBe('one &#35; two /three')
  })

  it('redacts credentials before it escapes them', () => {
    expect(inertMarkdown(`key ghp_${'a1B2'.repeat(9)}`)).toBe('key \\[redacted\\]')
  })

  it('grows by no more than its longest escape', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(inertMarkdown(text).length).toBeLessThanOrEqual(18 * text.length + 20)
      }),
    )
  })
})
