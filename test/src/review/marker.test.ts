import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMark, formatRunMark, parseMarks } from '../../../src/review/marker.ts'
import { headSha, sha256 } from '../../support/review/builders.ts'

const mark = { kind: 'finding', head: headSha, identity: sha256('a'), seal: sha256('b') } as const

describe('marks', () => {
  it('come back as they were written, in order', () => {
    const other = { ...mark, kind: 'summary', head: 'b'.repeat(64) } as const
    expect(parseMarks(`text\n${formatMark(mark)}\nmore ${formatMark(other)}`)).toEqual([mark, other])
  })

  it.each([
    ['upper case', formatMark(mark).toUpperCase()],
    ['another kind', formatMark(mark).replace('finding', 'approval')],
    ['a short seal', formatMark(mark).replace(/seal=./, 'seal=')],
    ['an odd head', formatMark({ ...mark, head: 'a'.repeat(39) })],
    ['more space', formatMark(mark).replace('head=', ' head=')],
    ['a missing end', formatMark(mark).slice(0, -1)],
    ['something between', formatMark(mark).replace(' seal=', ' x=1 seal=')],
  ])('are not read from %s', (_what, body) => {
    expect(parseMarks(body)).toEqual([])
  })

  it('are read from any text without failing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(parseMarks(before + formatMark(mark) + after)).toEqual([mark])
      }),
    )
  })

  it('of a run differ from run to run and take no foreign text', () => {
    expect(formatRunMark('1-2')).toBe('<!-- ai-review:run 1-2 -->')
    expect(() => formatRunMark('1 --> <b>')).toThrow(TypeError)
  })
})
