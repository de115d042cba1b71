import type { Severity } from '@ai-review/protocol/finding'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canComment } from '../../../src/diff/commentable.ts'
import { hunkIdentity } from '../../../src/diff/hunk-identity.ts'
import { placementOf } from '../../../src/review/finding-location.ts'
import { judge, withoutSaid, withRefused } from '../../../src/review/judge.ts'
import { defaultPolicy } from '../../../src/review/policy.ts'
import { renderComments } from '../../../src/review/render-comment.ts'
import { aFile, aFinding, headSha, sha256 } from '../../support/review/builders.ts'

const by = { files: [aFile()], earlier: [], policy: defaultPolicy }
const verdictsOf = (judged: ReturnType<typeof judge>) => judged.map(({ verdict }) => verdict)

describe('judging', () => {
  it('posts a finding on a line of the diff', () => {
    expect(verdictsOf(judge([aFinding()], by))).toEqual(['posted'])
  })

  it('puts the most severe first, then the most certain', () => {
    const judged = judge(
      [
        aFinding({ title: 'low', severity: 'low' }),
        aFinding({ title: 'unsure', severity: 'critical', confidence: 0.2 }),
        aFinding({ title: 'sure', severity: 'critical', confidence: 0.8 }),
      ],
      by,
    )
    expect(judged.map(({ finding }) => finding.title)).toEqual(['sure', 'unsure', 'low'])
  })

  it('does not depend on the order of the findings', () => {
    const findings = Array.from({ length: 12 }, (_, index) =>
      aFinding({ title: `t${index}`, line: (index % 3) + 1, confidence: 0.5 }),
    )
    fc.assert(
      fc.property(fc.shuffledSubarray(findings, { minLength: 12 }), (shuffled) => {
        expect(judge(shuffled, by)).toEqual(judge(findings, by))
      }),
    )
  })

  it('moves what is over the cap to the summary', () => {
    const policy = { ...defaultPolicy, 'max-comments': 2 }
    const findings = ['a', 'b', 'c'].map((title) => aFinding({ title }))
    expect(verdictsOf(judge(findings, { ...by, policy }))).toEqual(['posted', 'posted', 'in-summary'])
  })

  it('says nothing twice: neither from an earlier run nor within one', () => {
    const identity = sha256('same')
    const twins = [aFinding({ identity, title: 'one' }), aFinding({ identity, title: 'other words' })]
    expect(verdictsOf(judge(twins, by))).toEqual(['posted', 'already-said'])
    expect(verdictsOf(judge(twins, { ...by, earlier: [{ identity, declined: false }] }))).toEqual([
      'already-said',
      'already-said',
    ])
  })

  it('holds back what is below the thresholds', () => {
    const policy = { ...defaultPolicy, 'min-severity': 'medium' as const, 'min-confidence': 0.5 }
    const findings = [
      aFinding({ title: 'low', severity: 'low' }),
      aFinding({ title: 'unsure', severity: 'critical', confidence: 0.4 }),
      aFinding({ title: 'fine', severity: 'medium', confidence: 0.5 }),
    ]
    expect(verdictsOf(judge(findings, { ...by, policy }))).toEqual([
      'below-threshold',
      'posted',
      'below-threshold',
    ])
  })

  it.each([
    ['a file that is not reviewed', { path: 'other.ts' }],
    ['a line that is not in the diff', { line: 4 }],
    ['the side without lines', { side: 'LEFT' as const }],
    ['a range that leaves the diff', { startLine: 2, line: 9 }],
  ])('keeps a finding on %s off the pull request', (_what, overrides) => {
    expect(verdictsOf(judge([aFinding(overrides)], by))).toEqual(['outside-diff'])
  })

  it('does not let an unplaceable finding hide a placeable one of the same identity', () => {
    const identity = sha256('same')
    const judged = judge([aFinding({ identity, line: 99, severity: 'critical' }), aFinding({ identity })], by)
    expect(verdictsOf(judged)).toEqual(['outside-diff', 'posted'])
  })

  it('posts nothing that the diff does not take, whatever the findings are', () => {
    const anyFinding = fc
      .record({
        line: fc.integer({ min: 1, max: 6 }),
        startLine: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
        side: fc.constantFrom('LEFT' as const, 'RIGHT' as const),
        path: fc.constantFrom('src/app.ts', 'other.ts'),
        title: fc.string({ minLength: 1 }),
      })
      .map(({ startLine, ...rest }) => aFinding(startLine === undefined ? rest : { ...rest, startLine }))
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 30 }), (findings) => {
        const posted = judge(findings, by).filter(({ verdict }) => verdict === 'posted')
        const places = posted.map(({ finding }) => canComment(by.files[0]!, placementOf(finding)).ok)
        expect(places).not.toContain(false)
        expect(posted.length).toBeLessThanOrEqual(defaultPolicy['max-comments'])
        expect(new Set(posted.map(({ finding }) => finding.identity)).size).toBe(posted.length)
      }),
    )
  })

  it('moves comments that the host refused to the summary', () => {
    const judged = judge([aFinding({ title: 'a' }), aFinding({ title: 'b' })], by)
    const comments = renderComments(judged, { headSha, files: by.files })
    const after = withRefused(judged, comments.slice(0, 1))
    expect(verdictsOf(after)).toEqual(['in-summary', 'posted'])
  })
})

describe('what an earlier run has read', () => {
  const file = aFile()
  const settled = file.hunks.map((hunk) => hunkIdentity(file.path, hunk).slice(0, 32))

  it.each([
    ['critical', 'posted'],
    ['high', 'posted'],
    ['medium', 'below-threshold'],
    ['low', 'below-threshold'],
  ] as const)('takes a new finding of severity %s as %s', (severity, verdict) => {
    expect(verdictsOf(judge([aFinding({ severity })], { ...by, settled }))).toEqual([verdict])
    expect(verdictsOf(judge([aFinding({ severity })], by))).toEqual(['posted'])
  })
})

describe('a finding that a person declined', () => {
  const declinedAt = (severity: Severity) => [{ identity: aFinding().identity, severity, declined: true }]

  it('is not raised again, unless it turns out much worse', () => {
    const verdictAt = (now: Severity, before: Severity) =>
      verdictsOf(judge([aFinding({ severity: now })], { ...by, earlier: declinedAt(before) }))
    expect(verdictAt('medium', 'low')).toEqual(['already-said'])
    expect(verdictAt('critical', 'high')).toEqual(['already-said'])
    expect(verdictAt('high', 'medium')).toEqual(['in-summary'])
  })
})

describe('what another run has said meanwhile', () => {
  const judged = judge([aFinding()], by)
  const mark = { kind: 'finding', identity: aFinding().identity, seal: aFinding().seal }
  const forged = { ...mark, seal: sha256('forged') }
  const thread = (isOurs: boolean) => ({ isOurs, marks: [forged] })

  it('is not said again: known by its seal, or by our own account', () => {
    expect(verdictsOf(withoutSaid(judged, { marks: [mark], threads: [] }))).toEqual(['already-said'])
    expect(verdictsOf(withoutSaid(judged, { marks: [forged], threads: [thread(true)] }))).toEqual([
      'already-said',
    ])
  })

  it('is believed from nobody else', () => {
    expect(verdictsOf(withoutSaid(judged, { marks: [forged], threads: [thread(false)] }))).toEqual(['posted'])
  })
})
