import { expect, it } from 'vitest'
import { renderBatch } from '../../../../../runner/model-server/src/review/prompt/render-batch.ts'
import { anchorFinding } from '../../../../../runner/model-server/src/review/reviewers/model/anchor-finding.ts'
import { aChangedFile } from '../../../../support/review-request.ts'

const file = aChangedFile([
  ' open()',
  '-close(handle)',
  '+read(handle)',
  '+close( handle )',
  ' done()',
  ' done()',
])
const { lines } = renderBatch(
  file.hunks.map((hunk) => ({ file, hunk, lines: hunk.lines })),
  0,
)

const anchor = (quote: string, line: string, firstLine = line) => {
  const found = anchorFinding({ quote, line, firstLine }, lines)
  return found === null ? null : [found.last.side, found.startLine ?? null, found.last.line, found.isExact]
}

it('stays on the line it names when the quote is there', () => {
  expect(anchor('read(handle)', 'A2')).toEqual(['RIGHT', null, 2, true])
  expect(anchor('close(handle)', 'A-2')).toEqual(['LEFT', null, 2, true])
})

it('forgives white space, a copied id and a copied sign', () => {
  expect(anchor('close(handle)', 'A3')).toEqual(['RIGHT', null, 3, true])
  expect(anchor('A2|+ read(handle)', 'A2')).toEqual(['RIGHT', null, 2, true])
  expect(anchor('+ read(handle)', 'A2')).toEqual(['RIGHT', null, 2, true])
})

it('keeps a range that holds the quote', () => {
  expect(anchor('read(handle)', 'A3', 'A2')).toEqual(['RIGHT', 2, 3, true])
})

it('has no range over sides or backwards', () => {
  expect(anchor('close(handle)', 'A3', 'A-2')).toEqual(['RIGHT', null, 3, true])
  expect(anchor('read(handle)', 'A2', 'A4')).toEqual(['RIGHT', null, 2, true])
})

it('lets only lines be replaced that were named as a range and shown as they are', () => {
  const odd = aChangedFile(['+first()', `+x${'y'.repeat(3000)}`, '+right\u202Eleft', '+crlf()\r', '+last()'])
  const shown = renderBatch([{ file: odd, hunk: odd.hunks[0]!, lines: odd.hunks[0]!.lines }], 0).lines
  const isReplaceable = (quote: string, line: string, firstLine = line) =>
    anchorFinding({ quote, line, firstLine }, shown)?.isReplaceable
  expect(isReplaceable('first()', 'A1')).toBe(true)
  expect(isReplaceable('crlf()', 'A4')).toBe(true)
  expect(isReplaceable('last()', 'A5', 'A4')).toBe(true)
  expect(isReplaceable('xyyyyy', 'A2')).toBe(false)
  expect(isReplaceable('right', 'A3')).toBe(false)
  expect(isReplaceable('last()', 'A5', 'A1')).toBe(false)
  expect(isReplaceable('first()', 'A1', 'A5')).toBe(false)
  expect(isReplaceable('crlf()', 'A1')).toBe(false)
})

it('moves to the one line that holds the quote', () => {
  expect(anchor('read(handle)', 'A1')).toEqual(['RIGHT', null, 2, false])
})

it('is nowhere when the quote is on several lines, on none, too short or missing', () => {
  expect(anchor('done()', 'A1')).toBeNull()
  expect(anchor('launchRockets()', 'A1')).toBeNull()
  expect(anchor('handle', 'A1')).toBeNull()
  expect(anchor('', 'A1')).toBeNull()
})

it('takes no bracket for the line of a quote that holds it', () => {
  const block = aChangedFile(['+if (open) {', '+}', '+again()'])
  const shown = renderBatch([{ file: block, hunk: block.hunks[0]!, lines: block.hunks[0]!.lines }], 0).lines
  expect(anchorFinding({ quote: 'while (x) {}', line: 'A2', firstLine: 'A2' }, shown)).toBeNull()
})

it('is nowhere on a line that was not shown', () => {
  expect(anchor('read(handle)', 'A77')).toBeNull()
  expect(anchor('read(handle)', '__proto__')).toBeNull()
})
