import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeBlock, codeSpan } from '../../../src/review/code-block.ts'
import { withoutMarks } from '../../../src/review/marker.ts'
import { visibleLine } from '../../../src/review/visible-text.ts'
import { hostileText } from '../../support/review/hostile-texts.ts'
import { codeBlocks, liveIn, liveNodes, renderedMarkdown } from '../../support/review/rendered-markdown.ts'

/** What a reader sees of a name: in plain text its backticks make code. */
function plain(text: string): string {
  return text
    .replace(/[\u200b`]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

describe('code to be read', () => {
  it('is one block of text, whatever it holds', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const block = codeBlock(text)
        expect(codeBlocks(block).map(({ language }) => language)).toEqual(['text'])
        expect(liveNodes(renderedMarkdown(block))).toEqual(['code'])
      }),
    )
  })

  it.each([
    '/merge',
    '  /approve now',
    'x\n/lgtm',
    '@dependabot merge',
    '/merge @dependabot bors',
    'a @renovate b',
    'bors r+',
  ])('gives no order to a bot with %j', (text) => {
    const block = codeBlock(text)
    expect(block).not.toMatch(/^\s*\/[a-z]|@(?:dependabot|renovate)|\bbors\b/m)
    expect(block.replaceAll('\u200b', '')).toBe(`\`\`\`text\n${text}\n\`\`\``)
  })

  it('stays as it is where it gives no order', () => {
    expect(codeBlock('@Override\n\t// a\nx / y')).toBe('```text\n@Override\n\t// a\nx / y\n```')
  })
})

describe('a name', () => {
  it('is shown as it is, on one line, and does nothing', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const span = codeSpan(text)
        const rendered = renderedMarkdown(span)
        expect(liveNodes(rendered)).toEqual([])
        expect(liveIn(rendered)).toEqual([])
        expect(span).not.toContain('\n')
        expect(span).not.toMatch(/^\s*\/[a-z]|@dependabot|<!-- ai-review/i)
        expect(plain(rendered.text)).toBe(plain(withoutMarks(visibleLine(text))))
      }),
    )
  })

  it('makes no emoji with the colon that follows', () => {
    expect(liveIn(renderedMarkdown(`${codeSpan('/merge :tada')}: read`))).toEqual([])
  })

  it.each(['src/@types/a.d.ts', 'a`b', '@types/node'])('is code: %j', (name) => {
    expect(renderedMarkdown(codeSpan(name)).types).toContain('inlineCode')
  })
})
