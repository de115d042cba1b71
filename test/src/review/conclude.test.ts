import { describe, expect, it } from 'vitest'
import { conclude } from '../../../src/review/conclude.ts'
import type { EarlierRecord } from '../../../src/review/earlier-finding.ts'
import { parsePolicy } from '../../../src/review/parse-policy.ts'
import { aDone, aFile, aFinding, aSummary } from '../../support/review/builders.ts'

const path = '.github/ai-review.yml'
const accepted = { id: 'r1', queue: 0, effort: 'standard', trusted: [] } as const
const failOn = (severity: string) => parsePolicy(`fail-on: ${severity}`, path)
const answered = (done: Parameters<typeof aDone>[0]) => ({
  answer: { accepted: { ...accepted, trusted: [] }, done: aDone(done) },
})
const coverage = { path: 'src/app.ts', hunks: 1, reviewedHunks: 1 }

describe('the conclusion', () => {
  it('is success where everything selected was reviewed', () => {
    expect(conclude(aSummary())).toBe('success')
  })

  it.each([
    ['there is no answer', { answer: null }],
    ['something of ours failed', { failure: { code: 'deadline', message: 'Late.', hint: 'Wait.' } }],
    ['the server says it is incomplete', answered({ complete: false })],
    ['a file is not told of', answered({ coverage: [] })],
    ['another file is told of', answered({ coverage: [{ ...coverage, path: 'other.ts' }] })],
    ['a hunk was not read', answered({ coverage: [{ ...coverage, reviewedHunks: 0, reason: 'deadline' }] })],
    [
      'fewer hunks are told of than asked',
      answered({ coverage: [{ ...coverage, hunks: 0, reviewedHunks: 0 }] }),
    ],
    ['a reason is given', answered({ coverage: [{ ...coverage, reason: 'refused' }] })],
    [
      'a file was withheld',
      {
        selection: { selected: [aFile()], skipped: [{ path: 'b.ts', reason: 'diff-unavailable' as const }] },
      },
    ],
    [
      'a file was beyond the cap',
      { selection: { selected: [aFile()], skipped: [{ path: 'b.ts', reason: 'too-many-files' as const }] } },
    ],
  ])('is neutral where %s', (_what, overrides) => {
    expect(conclude(aSummary(overrides))).toBe('neutral')
  })

  it('is success where the rest was left alone on purpose', () => {
    const selection = { selected: [aFile()], skipped: [{ path: 'a.png', reason: 'binary' as const }] }
    expect(conclude(aSummary({ selection }))).toBe('success')
  })

  it('is failure only where the policy asks for it', () => {
    const findings = [aFinding({ severity: 'medium' })]
    expect(conclude(aSummary({ findings, policy: failOn('medium') }))).toBe('failure')
    expect(conclude(aSummary({ findings, policy: failOn('low') }))).toBe('failure')
    expect(conclude(aSummary({ findings, policy: failOn('high') }))).toBe('success')
    expect(conclude(aSummary({ findings, policy: failOn('never') }))).toBe('success')
  })

  it('is failure as well for a finding that was said before', () => {
    const finding = aFinding({ severity: 'critical' })
    const judged = [{ finding, verdict: 'already-said' as const, reason: '' }]
    expect(conclude(aSummary({ judged, policy: failOn('high') }))).toBe('failure')
  })

  it('is not failure for a finding below the threshold', () => {
    const policy = parsePolicy('fail-on: low\nmin-severity: high', path)
    expect(conclude(aSummary({ findings: [aFinding({ severity: 'low' })], policy }))).toBe('success')
  })

  it('is never failure where we failed', () => {
    const failure = { code: 'internal', message: 'Broken.', hint: 'Report it.' }
    expect(conclude(aSummary({ failure, policy: failOn('low') }))).toBe('neutral')
  })
})

describe('findings of earlier runs', () => {
  const policy = failOn('high')
  const earlier = (overrides: Partial<EarlierRecord>): EarlierRecord => ({
    identity: aFinding().identity,
    severity: 'high',
    state: 'settled',
    standing: 'open',
    step: 'none',
    thread: null,
    ...overrides,
  })

  it('keep the check red while they are open, though their code is not read again', () => {
    expect(conclude(aSummary({ findings: [], policy, earlier: [earlier({})] }))).toBe('failure')
    expect(conclude(aSummary({ findings: [], earlier: [earlier({})] }))).toBe('success')
  })

  it.each([{ standing: 'fixed' }, { standing: 'declined' }, { severity: 'medium' }] as const)(
    'let it go green: %j',
    (overrides) => {
      expect(conclude(aSummary({ findings: [], policy, earlier: [earlier(overrides)] }))).toBe('success')
    },
  )

  it.each([
    ['below-threshold', { severity: 'high', confidence: 0.01 }],
    ['below-threshold', { severity: 'low' }],
    ['already-said', { severity: 'medium' }],
  ] as const)('keep it red though the model thinks less of them now: %s %j', (verdict, overrides) => {
    const judged = [{ finding: aFinding(overrides), verdict, reason: '' }]
    expect(conclude(aSummary({ judged, policy, earlier: [earlier({})] }))).toBe('failure')
  })

  it('that a person declined do not count when they are found again', () => {
    const finding = aFinding({ severity: 'high' })
    const judged = [{ finding, verdict: 'already-said' as const, reason: '' }]
    expect(conclude(aSummary({ judged, policy, earlier: [earlier({ standing: 'declined' })] }))).toBe(
      'success',
    )
    expect(conclude(aSummary({ judged, policy, earlier: [earlier({})] }))).toBe('failure')
  })
})
