import type { Log } from 'sarif'
import { describe, expect, it } from 'vitest'
import { renderFindingsFile } from '../../../src/review/findings-file.ts'
import type { ReviewSummary } from '../../../src/review/review-summary.ts'
import { renderSarif } from '../../../src/review/sarif.ts'
import { aFile, aFinding, anEarlier, aSummary } from '../../support/review/builders.ts'

const sarifOf = (summary: ReviewSummary): Log => JSON.parse(renderSarif(summary))
const runOf = (summary: ReviewSummary) => sarifOf(summary).runs[0]!

describe('findings.json', () => {
  it('holds every finding with its verdict and every file with its state', () => {
    const finding = aFinding({ suggestion: 'x' })
    const content = JSON.parse(
      renderFindingsFile(
        aSummary({
          findings: [finding, aFinding({ line: 99, title: 'far' })],
          selection: {
            selected: [aFile(), aFile({ path: 'late.ts' })],
            skipped: [{ path: 'a.png', reason: 'binary' }],
          },
        }),
      ),
    )
    const { seal: _seal, ...told } = finding
    expect(content).toMatchObject({
      version: 1,
      conclusion: 'neutral',
      files: {
        reviewed: ['src/app.ts'],
        notReviewed: [{ path: 'late.ts', reason: 'the model server does not say that it was read' }],
        skipped: [{ path: 'a.png', reason: 'binary' }],
      },
      provenance: { model: 'tiny-7b' },
    })
    expect(content.findings[0]).toEqual({ ...told, verdict: 'posted', reason: '' })
    expect(content.findings[1]).toMatchObject({ verdict: 'outside-diff' })
  })

  it('holds every finding of earlier runs with its standing', () => {
    const earlier = [
      anEarlier({
        severity: 'high',
        standing: 'fixed',
        step: 'resolve',
        thread: { commentId: 7, line: null },
      }),
      anEarlier({ thread: null }),
    ]
    expect(JSON.parse(renderFindingsFile(aSummary({ earlier }))).earlier).toEqual([
      {
        identity: earlier[0]!.identity,
        severity: 'high',
        category: 'bug',
        standing: 'fixed',
        step: 'resolve',
        thread: { path: 'src/app.ts', line: null, commentId: 7 },
      },
      expect.objectContaining({ severity: null, standing: 'open', thread: null }),
    ])
  })

  it('holds no seal, no credential and nothing hidden', () => {
    const text = renderFindingsFile(
      aSummary({ findings: [aFinding({ body: `AKIA${'Q7ZL'.repeat(4)} \u202e` })] }),
    )
    expect(text).not.toContain(aFinding().seal)
    expect(text).not.toContain('Q7ZL')
    expect(text).not.toContain('\u202e')
  })
})

describe('findings.sarif', () => {
  it('is SARIF 2.1.0 that GitHub takes', () => {
    const finding = aFinding({ path: 'src/odd name#1.ts', startLine: 1, line: 3 })
    const selection = { selected: [aFile({ path: finding.path })], skipped: [] }
    const log = sarifOf(aSummary({ findings: [finding], selection }))
    expect(log.version).toBe('2.1.0')
    expect(log.runs[0]?.results).toEqual([
      {
        ruleId: 'ai-review/bug',
        level: 'error',
        message: { text: 'The sum is never used\n\nNothing reads it.' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'src/odd%20name%231.ts', uriBaseId: '%SRCROOT%' },
              region: { startLine: 1, endLine: 3 },
            },
          },
        ],
        partialFingerprints: { 'aiReviewIdentity/v1': finding.identity },
        properties: { severity: 'high', confidence: 0.9, reviewer: 'model', verdict: 'posted' },
      },
    ])
  })

  it('has one rule for each category that it uses, and each result names one', () => {
    const findings = (['bug', 'style', 'security', 'bug'] as const).map((category, index) =>
      aFinding({ category, title: `t${index}` }),
    )
    const { tool, results } = runOf(aSummary({ findings }))
    const ids = tool.driver.rules?.map(({ id }) => id) ?? []
    expect(ids).toEqual(['ai-review/bug', 'ai-review/security', 'ai-review/style'])
    expect(results?.every(({ ruleId }) => ids.includes(ruleId ?? ''))).toBe(true)
  })

  it('scores security by the worst finding', () => {
    const findings = (['low', 'critical'] as const).map((severity) =>
      aFinding({ category: 'security', severity, title: severity }),
    )
    const [rule] = runOf(aSummary({ findings })).tool.driver.rules ?? []
    expect(rule?.properties?.['security-severity']).toBe('9.5')
  })

  it('keeps the fingerprint when the words change', () => {
    const identity = aFinding().identity
    const of = (title: string) =>
      runOf(aSummary({ findings: [aFinding({ title, identity })] })).results?.[0]?.partialFingerprints
    expect(of('other words')).toEqual(of('these words'))
  })

  it('gives a deleted line no place in the new file', () => {
    const finding = aFinding({ side: 'LEFT', line: 7 })
    const judged = [{ finding, verdict: 'posted' as const, reason: '' }]
    const [result] = runOf(aSummary({ judged })).results ?? []
    expect(result?.locations?.[0]?.physicalLocation).not.toHaveProperty('region')
    expect(result?.message.text).toContain('line 7 before the change')
  })

  it('says when the run failed', () => {
    expect(runOf(aSummary()).invocations?.[0]?.executionSuccessful).toBe(true)
    expect(runOf(aSummary({ answer: null })).invocations?.[0]?.executionSuccessful).toBe(false)
  })

  it('takes any path', () => {
    const judged = [{ finding: aFinding({ path: 'a\ud800/b' }), verdict: 'posted' as const, reason: '' }]
    expect(runOf(aSummary({ judged })).results?.length).toBe(1)
  })
})
