import type { PersonaShare } from '@ai-review/protocol/review'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findingsFileOf } from '../../../src/review/findings-file.ts'
import { judge } from '../../../src/review/judge.ts'
import { renderCheck } from '../../../src/review/render-check.ts'
import { renderComments } from '../../../src/review/render-comment.ts'
import { renderJobSummary } from '../../../src/review/render-job-summary.ts'
import { renderReviewBody } from '../../../src/review/render-review-body.ts'
import type { AskedVoice, ReviewSummary } from '../../../src/review/review-summary.ts'
import { renderSarif } from '../../../src/review/sarif.ts'
import { renderVoiceLine } from '../../../src/review/voice-line.ts'
import { liveParts } from '../../support/e2e/live-parts.ts'
import { aDone, aFile, aFinding, aSummary, headSha } from '../../support/review/builders.ts'
import { hostileText } from '../../support/review/hostile-texts.ts'

const voice: AskedVoice = {
  login: 'maintainer',
  name: 'The Maintainer',
  beside: false,
  server: 'http://gpu-box:8787',
}
const share = {
  login: 'maintainer',
  by: 'retrieval',
  adapter: null,
  arm: 'none',
  near: 2,
  card: `/cards/${'c'.repeat(32)}`,
} as const
const evidence = [
  { kind: 'past-comment', reference: '3#71' },
  { kind: 'past-comment', reference: '4#72' },
] as const
const finding = aFinding({ voice: 'Maintainer', reviewer: 'persona', evidence: [...evidence] })
const note = 'In the style of The Maintainer, written by a model'

const answerWith = (persona: Partial<PersonaShare>) => ({
  accepted: { id: 'r1', queue: 0, effort: 'standard' as const, trusted: [] },
  done: aDone({ persona: { ...share, ...persona } }),
})

function summaryOf(overrides: Parameters<typeof aSummary>[0] = {}): ReviewSummary {
  return aSummary({ findings: [finding], voice, answer: answerWith({}), ...overrides })
}

describe('the line of a voice', () => {
  test('names the person, links the card and the past comments', () => {
    expect(renderVoiceLine(finding, summaryOf())).toBe(
      [
        note,
        `[card](http://gpu-box:8787/cards/${'c'.repeat(32)})`,
        '[past comment](https://github.com/acme/shop/pull/3#discussion_r71)',
        '[past comment](https://github.com/acme/shop/pull/4#discussion_r72)',
      ].join(' · '),
    )
  })

  test('at most three past comments are linked', () => {
    const many = [1, 2, 3, 4, 5].map((id) => ({ kind: 'past-comment' as const, reference: `3#${id}` }))
    expect(renderVoiceLine({ ...finding, evidence: many }, summaryOf()).match(/past comment/g)).toHaveLength(
      3,
    )
  })

  test.each(['3#', '#71', '3#71)', '0#71', '3#071', '3/files#71', '-3#71', '3#71\n', `3#${'9'.repeat(16)}`])(
    '%j is no past comment',
    (reference) => {
      const line = renderVoiceLine(
        { ...finding, evidence: [{ kind: 'past-comment', reference }] },
        summaryOf(),
      )
      expect(line).not.toContain('past comment')
    },
  )

  test.each([
    ['//evil.example/cards/x', voice.server],
    [`/cards/${'c'.repeat(31)}`, voice.server],
    [`/cards/${'c'.repeat(32)}?x`, voice.server],
    [share.card, 'javascript:alert(1)'],
    [share.card, 'http://gpu-box/) [x](http://evil.example'],
    [share.card, ''],
    [`javascript:alert(1)//cards/${'c'.repeat(32)}`, voice.server],
  ])('a card at %j of %j is not linked', (card, server) => {
    const line = renderVoiceLine(
      finding,
      summaryOf({ voice: { ...voice, server }, answer: answerWith({ card }) }),
    )
    expect(line).not.toContain('card')
    expect(line).toContain(note)
  })

  test('a card with an address of its own is linked there', () => {
    const card = `https://review.example${share.card}`
    const line = renderVoiceLine(finding, summaryOf({ voice, answer: answerWith({ card }) }))
    expect(line).toContain(`[card](${card})`)
  })

  test('without a page there are no links to comments, and a voice that nobody asked for is named by its login', () => {
    expect(renderVoiceLine(finding, {})).toBe('In the style of Maintainer, written by a model')
    expect(renderVoiceLine(aFinding(), summaryOf())).toBe('')
  })

  test('acts on nobody, whatever the server calls the voice', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const line = renderVoiceLine(
          { ...finding, voice: text },
          summaryOf({ voice: { ...voice, name: text } }),
        )
        const withoutOwn = line.replaceAll(/\[(?:card|past comment)\]\([^)]*\)/g, '')
        expect(liveParts(withoutOwn)).toEqual([])
      }),
    )
  })
})

test.each([renderJobSummary, (summary: ReviewSummary) => renderCheck(summary).summary])(
  'a check that is neutral because a voice spoke alone says so',
  (render) => {
    const why = 'a voice alone is no review of the whole change'
    expect(render(summaryOf())).toContain(why)
    expect(render(summaryOf({ voice: { ...voice, beside: true } }))).not.toContain(why)
  },
)

describe('the mark of a voice is seen', () => {
  const overCap = judge([finding], {
    files: [aFile()],
    earlier: [],
    policy: { ...aSummary().policy.policy, 'max-comments': 0 },
  })

  test('in a line comment, whose evidence is links and not names', () => {
    const [comment] = renderComments(summaryOf().judged, { headSha, files: [aFile()], about: summaryOf() })
    expect(comment?.body).toContain(`${note} · [card]`)
    expect(comment?.body).not.toContain('`3#71`')
  })

  test('where a finding still stands that was said before', () => {
    const said = [{ identity: finding.identity, declined: false }]
    const judged = judge([finding], { files: [aFile()], earlier: said, policy: aSummary().policy.policy })
    const pages = [renderCheck(summaryOf({ judged })).summary, renderJobSummary(summaryOf({ judged }))]
    for (const page of pages) expect(page.split('Still open: 1 finding')[1]).toContain(note)
  })

  test('in a line comment of which nothing else is known', () => {
    const [comment] = renderComments(summaryOf().judged, { headSha, files: [aFile()] })
    expect(comment?.body).toContain('In the style of Maintainer, written by a model')
  })

  test.each([
    ['the review', (summary: ReviewSummary) => renderReviewBody(summary, 'run')],
    ['the check', (summary: ReviewSummary) => renderCheck(summary).summary],
    ['its annotations', (summary: ReviewSummary) => renderCheck(summary).annotations[0]?.message ?? ''],
    ['the job summary', renderJobSummary],
    ['findings.json', (summary: ReviewSummary) => JSON.stringify(findingsFileOf(summary).findings)],
    ['findings.sarif', renderSarif],
  ])('in %s, where the finding has no comment', (_, render) => {
    expect(render(summaryOf({ judged: overCap }))).toContain(note)
  })

  test('in the check, beside each finding that has a comment', () => {
    expect(renderCheck(summaryOf()).summary).toMatch(/The sum is never used · In the style of The Maintainer/)
  })
})

describe('what the check says of a voice', () => {
  test('by what it spoke, where it had something near, and that it kept silent elsewhere', () => {
    const { summary, title } = renderCheck(summaryOf())
    expect(title).toMatch(/^In the style of The Maintainer: 1 finding/)
    expect(summary).toContain('by past comments alone. 2 places of the change had a past comment near')
    expect(summary).toContain('kept silent')
  })

  test('which adapter, and whether it is on trial', () => {
    const answer = answerWith({ by: 'adapter', adapter: 'a-000000000001', arm: 'canary' })
    expect(renderCheck(summaryOf({ answer })).summary).toContain('`a-000000000001`, a version on trial')
  })

  test('beside the reviewer it is not said to have written the whole', () => {
    const summary = summaryOf({ findings: [aFinding()], voice: { ...voice, beside: true } })
    const body = renderReviewBody(summary, 'run')
    expect(body).toContain('**A voice in the style of The Maintainer** took part, by past comments alone.')
    expect(body).not.toContain('written by a model')
  })

  test('that nothing was near', () => {
    const told = renderCheck(summaryOf({ findings: [], answer: answerWith({ near: 0 }) })).summary
    expect(told).toContain('No place of the change had a past comment near, so this voice kept silent.')
  })

  test('that it was absent', () => {
    const answer = answerWith({ by: 'absent', near: 0, card: null })
    const { summary } = renderCheck(summaryOf({ answer }))
    expect(summary).toContain('did not take part in the style of The Maintainer**: it holds no consent')
    expect(summary).toContain('Nothing was reviewed in this voice')
    const noModel = {
      ...answer,
      done: { ...answer.done, provenance: { ...answer.done.provenance, model: null } },
    }
    expect(renderCheck(summaryOf({ answer: noModel })).summary).toContain('**: it runs no model.')
    const beside = { ...voice, beside: true }
    expect(renderCheck(summaryOf({ answer, voice: beside })).summary).toContain('without this voice')
  })

  test('a voice alone is no review: the check is green only where the reviewer has read all', () => {
    expect(renderCheck(summaryOf({ findings: [] })).conclusion).toBe('neutral')
    expect(renderCheck(summaryOf({ voice: { ...voice, beside: true } })).conclusion).toBe('success')
  })
})
