import { describe, expect, it } from 'vitest'
import { judge } from '../../../src/review/judge.ts'
import { parseMarks } from '../../../src/review/marker.ts'
import { parsePolicy } from '../../../src/review/parse-policy.ts'
import { defaultPolicy } from '../../../src/review/policy.ts'
import { renderCheck } from '../../../src/review/render-check.ts'
import { renderJobSummary } from '../../../src/review/render-job-summary.ts'
import { hasNews, renderReviewBody } from '../../../src/review/render-review-body.ts'
import type { ReviewSummary } from '../../../src/review/review-summary.ts'
import type { SkipReason } from '../../../src/review/skip-reason.ts'
import { aDone, aFile, aFinding, aSummary, headSha, sha256 } from '../../support/review/builders.ts'
import { renderedMarkdown } from '../../support/review/rendered-markdown.ts'

const accepted = { id: 'r1', queue: 0, effort: 'standard' as const, trusted: [] }
const answered = (done: Parameters<typeof aDone>[0]) => ({ answer: { accepted, done: aDone(done) } })
const path = '.github/ai-review.yml'

function nothingSelected(path: string, reason: SkipReason): Partial<ReviewSummary> & { findings: [] } {
  return { findings: [], answer: null, selection: { selected: [], skipped: [{ path, reason }] } }
}

describe('the check', () => {
  it('tells a maintainer what was found and what was not read', () => {
    const findings = [
      aFinding({ title: 'one', severity: 'high' }),
      aFinding({ title: 'two', severity: 'medium' }),
      aFinding({ title: 'elsewhere', severity: 'medium', line: 99 }),
    ]
    const { conclusion, title, summary } = renderCheck(
      aSummary({
        findings,
        selection: {
          selected: [aFile()],
          skipped: [
            { path: 'a.png', reason: 'binary' },
            { path: 'huge.ts', reason: 'too-large' },
          ],
        },
      }),
    )
    expect(conclusion).toBe('neutral')
    expect(title).toBe('2 findings: 1 high, 1 medium; 1 outside the diff; 1 file not reviewed')
    expect(summary).toContain('- `huge.ts`: more changed lines than `max-changed-lines`')
    expect(summary).toContain('- binary file (1): `a.png`')
    expect(summary).toContain('- **Medium · bug** · `src/app.ts` line 99 · elsewhere\n\n  Nothing reads it.')
    expect(summary).toContain(
      '2 posted as line comments, 1 outside the diff, 1 disproved by the server, 2 repeated.',
    )
    expect(summary).not.toMatch(/\b0 (said before|below)/)
    expect(summary).toContain('Model `tiny-7b`')
    expect(summary).toContain('Effort standard, 2.3 s, 2 model calls, 1,200 tokens read and 80 written.')
  })

  it.each([
    ['No findings', { findings: [] }],
    [
      'No findings; no model took part',
      { findings: [], ...answered({ provenance: { ...aDone().provenance, model: null } }) },
    ],
    [
      'Not reviewed: The server is down',
      { answer: null, failure: { code: 'x', message: 'The server is down.', hint: 'Start it.' } },
    ],
    ['Not posted: The head moved', { failure: { code: 'x', message: 'The head moved.', hint: 'Wait.' } }],
    ['Not reviewed: the model server gave no answer', { answer: null }],
    ['Nothing to review', nothingSelected('package-lock.json', 'lock-file')],
    ['Not reviewed: 1 file could not be read', nothingSelected('long.ts', 'too-large')],
    ['No findings; the review is incomplete', { findings: [], ...answered({ complete: false }) }],
    ['No findings; the policy file was not used', { findings: [], policy: parsePolicy('a: 1', path) }],
  ])('is titled %j', (title, overrides) => {
    expect(renderCheck(aSummary(overrides)).title).toBe(title)
  })

  it('lists what was left alone where there was nothing to review, and is neutral', () => {
    const summary = aSummary(nothingSelected('package-lock.json', 'lock-file'))
    const check = renderCheck(summary)
    expect(check.conclusion).toBe('neutral')
    expect(check.summary).toContain('**Nothing to review.** 0 files selected for review, 1 skipped.')
    for (const page of [check.summary, renderJobSummary(summary)]) {
      expect(page).toContain('- lock file (1): `package-lock.json`')
      expect(page).not.toContain('gave no answer')
    }
  })

  it('ends no sentence with two periods', () => {
    const failure = { code: 'deadline', message: 'Too late.', hint: 'Raise it.' }
    const summary = aSummary({ answer: null, failure })
    for (const page of [renderCheck(summary).summary, renderJobSummary(summary)]) {
      expect(page).toContain('**Not reviewed: Too late.**')
      expect(page).not.toMatch(/(?<!\.)\.\.(?!\.)/)
    }
  })

  it.each([
    [null, [], 'no model is configured on the model server'],
    ['tiny-7b', [], 'no reviewer took part'],
    [null, ['patterns'], 'the engine failed'],
  ])('says why nothing was read with the model %j and the reviewers %j', (model, reviewers, reason) => {
    const provenance = { ...aDone().provenance, model, reviewers }
    const coverage = [{ path: 'src/app.ts', hunks: 1, reviewedHunks: 0, reason: 'engine-failed' as const }]
    const check = renderCheck(aSummary(answered({ complete: false, coverage, provenance })))
    expect(check.summary).toContain(`- \`src/app.ts\`: ${reason}`)
  })

  it('says on the page, too, that no model took part, what failed and what to mend', () => {
    const none = renderCheck(aSummary(answered({ provenance: { ...aDone().provenance, model: null } })))
    expect(none.summary).toContain('**No model took part.**')
    const failed = renderCheck(
      aSummary({ answer: null, failure: { code: 'deadline', message: 'Too late.', hint: 'Raise it.' } }),
    )
    expect(failed.summary).toContain('**Not reviewed.** Too late. Raise it. (`deadline`)')
    const broken = renderCheck(aSummary({ policy: parsePolicy('exlude: []', path) }))
    expect(renderedMarkdown(broken.summary).text).toContain(`${path} line 1: "exlude" is not a known key`)
    expect(broken.summary).toContain('The policy file was not used; the defaults are in force.')
    const skipped = renderCheck(
      aSummary({ skippedGuidelines: [{ path: 'AGENTS.md', reason: 'not-a-file' }] }),
    )
    expect(renderedMarkdown(skipped.summary).text).toContain(
      'AGENTS.md: not read: symbolic link or submodule',
    )
  })

  it('says why it fails', () => {
    const check = renderCheck(aSummary({ policy: parsePolicy('fail-on: high', path) }))
    expect(check.conclusion).toBe('failure')
    expect(check.summary).toContain("The policy's `fail-on: high` makes the check fail: 1 finding")
  })

  it('annotates what has no comment, at most two hundred', () => {
    const policy = parsePolicy('max-comments: 1\nfail-on: critical', path)
    const findings = Array.from({ length: 230 }, (_, index) =>
      aFinding({ title: `t${index}`, severity: index === 5 ? 'critical' : 'low', line: (index % 3) + 1 }),
    )
    const { annotations } = renderCheck(aSummary({ policy, findings }))
    expect(annotations.length).toBe(200)
    expect(annotations.every(({ level }) => level === 'notice')).toBe(true)
    expect(annotations.map(({ title }) => title)).not.toContain('Critical · bug: t5')
  })
})

describe('the review', () => {
  it('has news only where something was not said before', () => {
    expect(hasNews(aSummary())).toBe(true)
    expect(hasNews(aSummary({ findings: [] }))).toBe(false)
    const judged = judge([aFinding()], {
      files: [aFile()],
      earlier: [{ identity: aFinding().identity, declined: false }],
      policy: defaultPolicy,
    })
    expect(hasNews(aSummary({ judged }))).toBe(false)
  })

  it('carries the run, the seal of the summary and a mark for each finding that only stands here', () => {
    const policy = parsePolicy('max-comments: 1', path)
    const findings = [aFinding({ title: 'a' }), aFinding({ title: 'b', severity: 'low' })]
    const body = renderReviewBody(aSummary({ policy, findings }), 'run-1')
    expect(parseMarks(body)).toEqual([
      { kind: 'finding', head: headSha, identity: findings[1]!.identity, seal: findings[1]!.seal },
      { kind: 'summary', head: headSha, identity: '0'.repeat(64), seal: sha256('summary') },
    ])
    expect(body.endsWith('<!-- ai-review:run run-1 -->')).toBe(true)
    expect(body).toContain('- **Low · bug** · `src/app.ts` line 2 · b')
    expect(body).not.toContain('High · bug')
  })

  it('says what was not read', () => {
    const body = renderReviewBody(aSummary(answered({ coverage: [] })), 'r')
    expect(body).toContain('1 file not reviewed')
  })
})
