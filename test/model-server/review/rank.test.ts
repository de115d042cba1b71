import { expect, it } from 'vitest'
import { type Admitted, admitCandidates } from '../../../runner/model-server/src/review/admit.ts'
import { indexDiffLines } from '../../../runner/model-server/src/review/diff-lines.ts'
import { rank } from '../../../runner/model-server/src/review/rank.ts'
import type { Candidate } from '../../../runner/model-server/src/review/reviewer.ts'
import { aChangedFile } from '../../support/review-request.ts'

const index = indexDiffLines([
  aChangedFile(['+eval(input)', '+log(input)', '+eval(input)', '+  eval(input)']),
])

function admitted(...overrides: Partial<Candidate>[]): readonly Admitted[] {
  const candidates = overrides.map(
    (override): Candidate => ({
      path: 'src/app.ts',
      side: 'RIGHT',
      line: 1,
      category: 'security',
      severity: 'high',
      confidence: 0.5,
      title: 'Runs input',
      body: 'Anyone may run code.',
      evidence: [],
      reviewer: 'model',
      ...override,
    }),
  )
  return admitCandidates(candidates, index).admitted
}

it('puts severity times confidence first', () => {
  const { findings } = rank(
    admitted(
      { line: 2, category: 'style', severity: 'low', confidence: 1 },
      { line: 2, category: 'bug', severity: 'critical', confidence: 0.4 },
      { line: 1, severity: 'high', confidence: 0.9 },
    ),
  )
  expect(findings.map((finding) => finding.severity)).toEqual(['high', 'critical', 'low'])
})

it('says the same text once, and names the further lines', () => {
  const { findings, duplicate } = rank(admitted({ line: 1 }, { line: 3 }, { line: 4 }))
  expect(findings).toHaveLength(1)
  expect(findings[0]?.body).toContain('lines 3, 4')
  expect(duplicate).toBe(2)
})

it('is surer only when another reviewer agrees', () => {
  const alone = rank(admitted({ line: 1 }, { line: 1 })).findings[0]
  expect(alone?.confidence).toBe(0.5)
  const both = rank(admitted({ line: 1 }, { line: 1, reviewer: 'patterns' })).findings[0]
  expect(both?.confidence).toBe(0.75)
})

it('merges a range and its last line of the same category', () => {
  const { findings, duplicate } = rank(admitted({ startLine: 1, line: 2 }, { line: 2 }))
  expect(findings).toHaveLength(1)
  expect(duplicate).toBe(1)
})

it('keeps another category on the same line', () => {
  expect(rank(admitted({ line: 1 }, { line: 1, category: 'style' })).findings).toHaveLength(2)
})

it('keeps what both rest on, without repeating it', () => {
  const rule = { kind: 'rule', reference: 'no-eval' } as const
  const guideline = { kind: 'guideline', reference: 'STYLE.md' } as const
  const { findings } = rank(
    admitted({ evidence: [rule] }, { reviewer: 'patterns', evidence: [rule, guideline] }),
  )
  expect(findings[0]?.evidence).toHaveLength(2)
})

it('puts the most valuable first, wherever it stands', () => {
  const { findings } = rank(
    admitted(
      { line: 1, severity: 'low', confidence: 0.9 },
      { line: 2, severity: 'critical', confidence: 0.3 },
      { line: 2, category: 'bug', severity: 'high', confidence: 0.9 },
    ),
  )
  expect(findings.map(({ severity }) => severity)).toEqual(['high', 'critical', 'low'])
})

it('keeps the text of two equal findings in the order in which they came', () => {
  const titles = rank(admitted({ title: 'First' }, { title: 'Second' })).findings.map(({ title }) => title)
  expect(titles).toEqual(['First'])
})

it('leaves the further lines out where the body has no room for them', () => {
  const body = 'x'.repeat(1490)
  const { findings } = rank(admitted({ line: 1, body }, { line: 3, body }))
  expect(findings.map((one) => one.body)).toEqual([body])
})
