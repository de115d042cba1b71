import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FileDiff } from '../../../src/diff/file-diff.ts'
import { renderSuggestion } from '../../../src/review/render-suggestion.ts'
import { aFile, aFinding } from '../../support/review/builders.ts'
import { hostileText } from '../../support/review/hostile-texts.ts'
import { codeBlocks } from '../../support/review/rendered-markdown.ts'

/** Lines of the one suggestion block, or null where nothing is offered. */
function offeredLines(markdown: string): readonly string[] | null {
  const blocks = codeBlocks(markdown)
  expect(blocks.length).toBeLessThanOrEqual(1)
  const [block] = blocks
  return block?.language === 'suggestion' ? block.lines : null
}

/** What GitHub does when somebody takes a suggestion: the commented lines go, those of the block come. */
function applied(lines: readonly string[], offered: readonly string[], range: [number, number]): string[] {
  return lines.toSpliced(range[0] - 1, range[1] - range[0] + 1, ...offered)
}

const harmlessLine = fc.oneof(
  fc.stringMatching(/^[\t ]{0,3}[`~a-c(){}=;"'#|<>*_-]{0,8}[\t ]{0,2}$/),
  fc.constantFrom(
    '',
    '```',
    '````',
    '~~~',
    '```suggestion',
    '\t\tx',
    '  x',
    '- a',
    '# a',
    '<b>',
    '[a]: b',
    '    a',
  ),
)
const someLines = fc.array(harmlessLine, { minLength: 1, maxLength: 8 })

describe('a suggestion', () => {
  it('gives exactly the suggested text when it is taken', () => {
    let offers = 0
    const change = fc.record({
      lines: fc.array(harmlessLine, { minLength: 1, maxLength: 12 }),
      suggested: fc.oneof(someLines, fc.constant([])),
      at: fc.tuple(fc.nat(), fc.nat()),
      lineEnd: fc.constantFrom('', '\r'),
      wireEnd: fc.constantFrom('\n', '\r\n'),
    })
    fc.assert(
      fc.property(change, ({ lines, suggested, at, lineEnd, wireEnd }) => {
        const [first, last] = at.map((one) => (one % lines.length) + 1).sort((a, b) => a - b) as [
          number,
          number,
        ]
        const file = aFile({ lines: lines.map((line) => `${line}${lineEnd}`) })
        const suggestion = suggested.join(wireEnd)
        // One empty line is written on the wire as no line is.
        const meant = suggestion === '' ? [] : suggested
        const finding = aFinding({ startLine: first, line: last, suggestion })
        const offered = offeredLines(renderSuggestion(finding, file))
        const after = applied(lines, meant, [first, last])
        if (offered === null) {
          expect(after).toEqual(lines)
          return
        }
        offers += 1
        expect(applied(lines, offered, [first, last])).toEqual(after)
      }),
      { numRuns: 2000 },
    )
    expect(offers).toBeGreaterThan(1000)
  })

  it('is never more than one block, whatever it holds', () => {
    fc.assert(
      fc.property(hostileText, (suggestion) => {
        const markdown = renderSuggestion(aFinding({ suggestion }), aFile())
        const offered = offeredLines(markdown)
        if (offered !== null && suggestion !== '') {
          expect(offered).toEqual(suggestion.replace(/\r\n?/g, '\n').split('\n'))
        }
        expect(codeBlocks(markdown).every(({ language }) => ['suggestion', 'text'].includes(language))).toBe(
          true,
        )
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['the last line is empty', 'a\n', ['a', '']],
    ['it is indented with tabs', '\t\ta', ['\t\ta']],
    ['it deletes the line', '', []],
    ['its lines end as on Windows', 'a\r\nb', ['a', 'b']],
  ])('keeps its lines where %s', (_what, suggestion, lines) => {
    expect(offeredLines(renderSuggestion(aFinding({ suggestion }), aFile()))).toEqual(lines)
  })

  it('is none where the lines stay as they are, whatever ends them', () => {
    const file = aFile({ lines: ['a\r', 'b\r'] })
    expect(renderSuggestion(aFinding({ startLine: 1, line: 2, suggestion: 'a\nb' }), file)).toBe('')
  })

  it('can delete an empty line', () => {
    const file = aFile({ lines: ['a', '', 'c'] })
    expect(offeredLines(renderSuggestion(aFinding({ line: 2, suggestion: '' }), file))).toEqual([])
  })

  it.each<[string, Partial<Parameters<typeof aFinding>[0]>, FileDiff | undefined]>([
    ['on a deleted line', { side: 'LEFT' }, aFile()],
    ['on lines that the diff does not show', { startLine: 2, line: 9 }, aFile()],
    ['in a file that is not there', {}, undefined],
    ['with a slash command', { suggestion: '/merge' }, aFile()],
    ['with the name of a bot', { suggestion: '@dependabot merge' }, aFile()],
  ])('is shown as code %s', (_where, overrides, file) => {
    const [block] = codeBlocks(renderSuggestion(aFinding({ suggestion: 'a', ...overrides }), file))
    expect(block?.language).toBe('text')
    expect(block?.lines.join('\n')).not.toMatch(/^\/[a-z]|@dependabot/m)
  })
})
