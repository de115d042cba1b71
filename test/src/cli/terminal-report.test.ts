import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { terminalReport } from '../../../src/cli/terminal-report.ts'
import { ReviewError } from '../../../src/errors.ts'
import { findingsFileOf } from '../../../src/review/findings-file.ts'
import { aFile, aFinding, aSummary } from '../../support/review/builders.ts'

const plain = { colour: false, width: 80 }
const reportOf = (summary: Parameters<typeof aSummary>[0], options = plain): string =>
  terminalReport(findingsFileOf(aSummary(summary)), options)

describe('terminalReport', () => {
  it('shows findings by file and line, with what to do', () => {
    const findings = [
      aFinding({ line: 3, title: 'Third line', suggestion: 'const c = 4' }),
      aFinding({ line: 1, title: 'First line', suggestion: '' }),
    ]
    const report = reportOf({ findings })
    expect(report.indexOf('First line')).toBeLessThan(report.indexOf('Third line'))
    expect(report).toMatch(/^src\/app\.ts$/m)
    expect(report).toContain('const c = 4')
    expect(report).toContain('suggested: delete it')
    expect(report).toContain('2 high')
  })

  it('says so when nothing was found', () => {
    expect(reportOf({ findings: [] })).toContain('Nothing found')
  })

  it('does not call it nothing found when nothing was read', () => {
    const failure = new ReviewError('git-failed', 'No diff.', { hint: 'Fetch it.' })
    const nothing = { selection: { selected: [], skipped: [] }, findings: [], answer: null }
    expect(reportOf({ ...nothing, failure })).toMatch(
      /No diff\. Fetch it\.\n\nNot reviewed · 0 files reviewed · /,
    )
    expect(reportOf(nothing)).toMatch(/^Nothing to review · /m)
  })

  it('keeps to the width', () => {
    const body = 'word '.repeat(200).trim()
    const lines = reportOf({ findings: [aFinding({ body })] }).split('\n')
    expect(
      Math.max(...lines.filter((line) => line.includes('word')).map((line) => line.length)),
    ).toBeLessThanOrEqual(80)
  })

  it('lets no escape sequence or hidden character of a change reach the terminal', () => {
    const hostile = '\u001b]8;;http://evil\u0007\u001b[2J\u009b31mred\u202ekcab\r\u0000'
    const file = aFile({ path: `src/${hostile}.ts` })
    const report = reportOf({
      selection: { selected: [file], skipped: [] },
      findings: [aFinding({ path: file.path, title: hostile, body: hostile, suggestion: hostile })],
    })
    expect(report).toBe(stripVTControlCharacters(report))
    expect(report).not.toMatch(/[^\P{Cc}\n]/u)
    expect(report).toContain('⟦U+202E⟧')
  })
})
