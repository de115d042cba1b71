import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchLines } from '../../../../src/review/history/match-lines.ts'
import { outcomeOf } from '../../../../src/review/history/outcome-of.ts'

const before = 'a\nb\nc\nd\ne\nf\n'
const outcome = (after: string | null, startLine = 3, line = startLine) =>
  outcomeOf({ before, after, startLine, line })

describe('what became of commented lines', () => {
  test.each([
    ['as it was', before, { addressed: 'no' }],
    ['moved by lines above', `x\ny\n${before}`, { addressed: 'no' }],
    ['changed far below', 'a\nb\nc\nd\ne\nF\n', { addressed: 'no' }],
    ['other line ends', before.replaceAll('\n', '\r\n'), { addressed: 'no' }],
    ['the line below changed', 'a\nb\nc\nD\ne\nf\n', { addressed: 'no' }],
    ['changed', 'a\nb\nC\nd\ne\nf\n', { addressed: 'yes', after: 'C' }],
    ['deleted', 'a\nb\nd\ne\nf\n', { addressed: 'yes' }],
    ['a line put before', 'a\nb\nguard\nc\nd\ne\nf\n', { addressed: 'yes', after: 'guard\nc' }],
    ['a line put behind', 'a\nb\nc\nguard\nd\ne\nf\n', { addressed: 'yes', after: 'c\nguard' }],
    ['the file is gone', null, { addressed: 'yes' }],
    ['the file is empty', '', { addressed: 'yes' }],
  ] as const)('%s', (_, after, expected) => {
    expect(outcome(after)).toEqual(expected)
  })

  test('at both ends of the file, over several lines, and beyond it', () => {
    expect(outcome('top\na\nb\nc\nd\ne\nf\n', 1)).toEqual({ addressed: 'yes', after: 'top\na' })
    expect(outcome(`${before}end\n`, 6)).toEqual({ addressed: 'yes', after: 'f\nend' })
    expect(outcome('a\nb\nc\nX\ne\nf\n', 3, 5)).toEqual({ addressed: 'yes', after: 'c\nX\ne' })
    expect(outcome(before, 2, 5)).toEqual({ addressed: 'no' })
    expect(outcome(before, 7)).toEqual({ addressed: 'unknown' })
    expect(outcome(before, 4, 3)).toEqual({ addressed: 'unknown' })
  })
})

describe('matched lines', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '', '}', 'unique'), { maxLength: 30 })

  test('are equal, and keep their order', () => {
    fc.assert(
      fc.property(lines, lines, (old, now) => {
        const matches = [...matchLines(old, now)]
        const kept = matches.filter((match) => match >= 0)
        for (const [index, match] of matches.entries()) if (match >= 0) expect(now[match]).toBe(old[index])
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b))
      }),
      { numRuns: 1000 },
    )
  })

  test('are all lines of a text that did not change', () => {
    fc.assert(
      fc.property(lines, (same) => {
        expect([...matchLines(same, same)]).toEqual(same.map((_, index) => index))
      }),
    )
  })

  test('of hostile files are found in time', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `line ${index}`)
    const started = performance.now()
    matchLines(many, many.toReversed())
    matchLines(
      Array.from({ length: 50_000 }, () => 'x'),
      Array.from({ length: 49_999 }, () => 'x'),
    )
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
