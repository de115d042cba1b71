import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLedgers, parseMarks } from '../../../src/review/marker.ts'
import { parsePolicy } from '../../../src/review/parse-policy.ts'
import { renderCheck } from '../../../src/review/render-check.ts'
import { renderJobSummary } from '../../../src/review/render-job-summary.ts'
import { renderReviewBody } from '../../../src/review/render-review-body.ts'
import type { ReviewSummary } from '../../../src/review/review-summary.ts'
import {
  aDone,
  aFile,
  aFinding,
  anEarlier,
  aSummary,
  headSha,
  sha256,
} from '../../support/review/builders.ts'
import { hostileText, recordedHostileTexts } from '../../support/review/hostile-texts.ts'
import { linksOf, liveIn, renderedMarkdown } from '../../support/review/rendered-markdown.ts'

const page = 'https://github.com/acme/shop/pull/12'
const ledger = { head: headSha, hunks: [sha256('hunk').slice(0, 32)], seal: sha256('ledger') }

function hostileAnswer(text: string): NonNullable<ReviewSummary['answer']> {
  const done = aDone({
    coverage: [{ path: text, hunks: 1, reviewedHunks: 0, reason: 'refused' }],
    notices: [{ code: text, path: text, message: text }],
    summarySeal: text,
    provenance: {
      serverVersion: text,
      model: text,
      modelHash: text,
      adapter: text,
      promptVersion: text,
      promptHash: text,
      policyHash: text,
      reviewers: [text],
    },
  })
  return { accepted: { id: text, queue: 0, effort: 'standard', trusted: [text] }, done }
}

/** A run where everything that comes from outside is the same hostile text. */
function hostileSummary(text: string): ReviewSummary {
  const path = text || 'x'
  const findings = [0, 1, 2, 3].map((index) =>
    aFinding({
      path,
      title: path.slice(0, 120),
      body: text,
      line: index === 3 ? 99 : 2,
      suggestion: text,
      evidence: [{ kind: 'rule', reference: text }],
      identity: sha256(`${index}`),
    }),
  )
  const policy = parsePolicy('max-comments: 1', '.github/ai-review.yml')
  return aSummary({
    policy: { ...policy, problems: parsePolicy(text, text).problems },
    findings,
    selection: {
      selected: [aFile({ path })],
      skipped: [
        { path: text, reason: 'binary' },
        { path: text, reason: 'too-large' },
      ],
    },
    earlier: [
      anEarlier({ thread: { path: text, commentId: 1 } }),
      anEarlier({
        thread: { path: text, commentId: 2 },
        standing: 'fixed',
        step: 'leave-replied',
        severity: 'low',
      }),
    ],
    skippedGuidelines: [{ path: text, reason: 'too-large' }],
    notices: [{ code: 'x', path: text, message: text }],
    answer: hostileAnswer(text),
    reviewUrl: text,
    pageUrl: page,
    ledgersToKeep: [ledger],
  })
}

const ownNodes = new Set([
  ...['root', 'paragraph', 'text', 'inlineCode', 'strong', 'code', 'heading', 'list', 'listItem', 'html'],
  ...['table', 'tableRow', 'tableCell', 'link'],
])

/** Everything on a page that is neither words, nor code, nor what our own layout is made of. */
function livelinessOf(markdown: string, { tables, marks }: { tables: number; marks: number }): string[] {
  const rendered = renderedMarkdown(markdown)
  const { types, html, languages } = rendered
  return [
    ...[...types].filter((type) => !ownNodes.has(type)),
    ...liveIn(rendered),
    ...linksOf(markdown).filter(
      (url) => !/^https:\/\/github\.com\/acme\/shop\/pull\/12#discussion_r[12]$/.test(url),
    ),
    ...languages.filter((language) => language !== 'text'),
    ...html.filter((one) => !/^(?:<!-- ai-review:[^<>]*-->\s*)+$/.test(one)),
    ...(markdown.split('<!-- ai-review').length === marks + 1 ? [] : ['marks']),
    ...(markdown.match(/^\s*(?:- )?\/[a-z].*|@dependabot|\bbors r/gim) ?? []),
    ...(markdown.match(/^\| [A-Z]/gm)?.length === tables ? [] : tables === 0 ? [] : ['table']),
  ]
}

function livelinessOfPages(summary: ReviewSummary): string[] {
  const { summary: check, text = '' } = renderCheck(summary)
  const body = renderReviewBody(summary, 'r')
  const marksOfBody = parseMarks(body).length + parseLedgers(body).length + 1
  return [
    ...livelinessOf(check, { tables: 4, marks: 0 }),
    ...livelinessOf(text, { tables: 0, marks: 1 }),
    ...livelinessOf(body, { tables: 0, marks: marksOfBody }),
    ...livelinessOf(renderJobSummary(summary), { tables: 4, marks: 0 }),
  ]
}

describe('pages', () => {
  it('do nothing, whatever the change, the server and the model say', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(livelinessOfPages(hostileSummary(text))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it.runIf(process.env.AI_REVIEW_DATA)(
    'do nothing with recorded attacks',
    () => {
      const texts = recordedHostileTexts(process.env.AI_REVIEW_DATA ?? '')
      expect(texts.filter((text) => livelinessOfPages(hostileSummary(text)).length > 0)).toEqual([])
    },
    120_000,
  )

  it('link to nothing where the page of the pull request is hostile', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { summary } = renderCheck({ ...hostileSummary('x'), pageUrl: text })
        expect(linksOf(summary)).toEqual([])
        expect(renderedMarkdown(summary).text).toContain('line 2')
      }),
      { numRuns: 50 },
    )
  })

  it('fit however much there is to tell, and say what is left out', () => {
    const selected = Array.from({ length: 3000 }, (_, index) =>
      aFile({ path: `${'d/'.repeat(100)}${index}.ts` }),
    )
    const findings = Array.from({ length: 10_000 }, (_, index) =>
      aFinding({
        path: selected[index % 3000]!.path,
        identity: sha256(String(index)),
        body: '\u202e@'.repeat(700),
      }),
    )
    const skipped = selected.map((file) => ({ path: file.path, reason: 'binary' as const }))
    const notices = Array.from({ length: 1000 }, () => ({ code: 'x', message: '@'.repeat(500) }))
    const earlier = (['open', 'fixed', 'declined'] as const).flatMap((standing) =>
      Array.from({ length: 700 }, (_, index) =>
        anEarlier({
          standing,
          step: 'leave-replied',
          thread: { path: '@/'.repeat(400), commentId: index + 1 },
        }),
      ),
    )
    const answer = hostileAnswer('@x '.repeat(400))
    const reviewers = Array.from({ length: 10_000 }, () => '@x '.repeat(50))
    const provenance = { ...answer.done.provenance, reviewers }
    const summary = aSummary({
      policy: parsePolicy('max-comments: 50', '.github/ai-review.yml'),
      selection: { selected, skipped },
      findings,
      notices,
      earlier,
      answer: { ...answer, done: { ...answer.done, provenance } },
      ledgersToKeep: [ledger],
    })
    const check = renderCheck(summary)
    expect(check.summary.length).toBeLessThanOrEqual(65_535)
    expect(check.title.length).toBeLessThanOrEqual(255)
    expect(check.summary).toMatch(/… and [\d,]+ more, listed in findings\.json\./)
    expect(renderReviewBody(summary, 'r').length).toBeLessThanOrEqual(65_536)
    expect(Buffer.byteLength(renderJobSummary(summary))).toBeLessThan(1_048_576)
  })
})
