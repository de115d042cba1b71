import { describe, expect, it } from 'vitest'
import { exitCodeOf } from '../../../src/cli/exit-code.ts'
import { findingsFileOf } from '../../../src/review/findings-file.ts'
import { aFinding, aSummary } from '../../support/review/builders.ts'

const found = (severity: 'critical' | 'high' | 'medium') =>
  findingsFileOf(aSummary({ findings: [aFinding({ severity })] }))

describe('exitCodeOf', () => {
  it('is 0 for a whole review that found nothing at or above the bar', () => {
    expect(exitCodeOf(findingsFileOf(aSummary({ findings: [] })), 'high')).toBe(0)
    expect(exitCodeOf(found('medium'), 'high')).toBe(0)
    expect(exitCodeOf(found('critical'), 'never')).toBe(0)
  })

  it('is 1 for a finding at or above the bar', () => {
    expect(exitCodeOf(found('high'), 'high')).toBe(1)
    expect(exitCodeOf(found('critical'), 'high')).toBe(1)
    expect(exitCodeOf(found('medium'), 'low')).toBe(1)
  })

  it('is 2 where the review is not whole, so that silence is not taken for praise', () => {
    const failure = { code: 'deadline', message: 'Too late.', hint: 'Wait longer.' }
    expect(exitCodeOf({ ...found('medium'), failure }, 'high')).toBe(2)
    const missing = {
      ...found('medium').files,
      notReviewed: [{ path: 'a.ts', reason: 'the deadline came first' }],
    }
    expect(exitCodeOf({ ...found('medium'), files: missing }, 'high')).toBe(2)
  })
})
