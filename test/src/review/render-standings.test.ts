import { describe, expect, it } from 'vitest'
import { judge } from '../../../src/review/judge.ts'
import { defaultPolicy } from '../../../src/review/policy.ts'
import { renderCheck } from '../../../src/review/render-check.ts'
import { renderJobSummary } from '../../../src/review/render-job-summary.ts'
import { renderReviewBody } from '../../../src/review/render-review-body.ts'
import type { ReviewSummary } from '../../../src/review/review-summary.ts'
import { aFile, aFinding, anEarlier, aSummary } from '../../support/review/builders.ts'
import { renderedMarkdown } from '../../support/review/rendered-markdown.ts'

const page = 'https://github.com/acme/shop/pull/12'

const summary = aSummary({
  findings: [aFinding({ title: 'one' }), aFinding({ title: 'two', severity: 'medium' })],
  earlier: [
    anEarlier({ severity: 'low', standing: 'open', thread: { commentId: 1, line: 3 } }),
    anEarlier({ severity: 'high', standing: 'open', step: 'reopen', thread: { commentId: 2, line: 9 } }),
    anEarlier({ severity: 'medium', standing: 'open', thread: null }),
    anEarlier({ severity: 'high', standing: 'fixed', step: 'resolve', thread: { commentId: 3, line: null } }),
    anEarlier({ severity: 'low', standing: 'declined', thread: { commentId: 4, line: 1 } }),
  ],
})

function pagesOf(told: ReviewSummary): string[] {
  return [renderCheck(told).summary, renderJobSummary(told), renderReviewBody(told, 'r')]
}

function linksIn(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)]*)\)/g)].map(([, url = '']) => url)
}

describe('findings of earlier runs', () => {
  it('are counted in one line with the new ones', () => {
    const line = '2 new findings: 1 high, 1 medium; 3 still open; 1 fixed; 1 declined'
    expect(renderCheck(summary).title).toBe(line)
    for (const text of pagesOf(summary)) expect(text).toContain(`**${line}.**`)
  })

  it('stand in one small table with the new ones', () => {
    const table = [
      '| Findings | High | Medium | Low | All |',
      '| :-- | --: | --: | --: | --: |',
      '| New | 1 | 1 |  | **2** |',
      '| Still open | 1 | 1 | 1 | **3** |',
      '| Fixed | 1 |  |  | **1** |',
      '| Declined |  |  | 1 | **1** |',
    ].join('\n')
    expect(renderCheck(summary).summary).toContain(table)
    expect(renderJobSummary(summary)).toContain(table)
  })

  it('are listed, most severe first, with links to our threads and to nothing else', () => {
    for (const text of pagesOf(summary)) {
      expect(linksIn(text)).toEqual([2, 1, 3, 4].map((id) => `${page}#discussion_r${id}`))
      expect(text).toContain(
        `- **High · bug** · \`src/app.ts\` [line 9](${page}#discussion_r2) · found again, so its thread is open again`,
      )
      expect(text).toContain(`- **High · bug** · \`src/app.ts\` [thread](${page}#discussion_r3)`)
      expect(text).toContain('1 finding told in the summary of an earlier review: 1 medium.')
      expect(text).not.toMatch(/^- \*\*Medium · bug\*\*$/m)
    }
  })

  it('are not linked where the page is not known', () => {
    for (const text of pagesOf({ ...summary, pageUrl: '' })) {
      expect(renderedMarkdown(text).types).not.toContain('link')
      expect(text).toContain('- **High · bug** · `src/app.ts` line 9 · found again')
    }
  })

  it('tell why the thread of a fixed one stays open: once where the permission is missing', () => {
    const fixed = { standing: 'fixed', severity: 'low' } as const
    const told = {
      ...summary,
      earlier: [
        anEarlier({ ...fixed, step: 'leave-replied', thread: { commentId: 5, line: 1 } }),
        anEarlier({ ...fixed, step: 'leave-not-permitted', thread: { commentId: 6, line: 2 } }),
        anEarlier({ ...fixed, step: 'leave-not-permitted', thread: { commentId: 7, line: 4 } }),
      ],
    }
    const [check = '', job = '', body = ''] = pagesOf(told)
    const note = '2 threads stay open: the token may not resolve them without `contents: write`.'
    for (const text of [check, job]) expect(text.split(note)).toHaveLength(2)
    expect(body).not.toContain('contents: write')
    for (const text of [check, job, body]) {
      expect(text.split('its thread stays open, since somebody has replied there')).toHaveLength(2)
    }
  })

  it('have their words where this run found them again, and are counted once', () => {
    const finding = aFinding({ title: 'Still wrong' })
    const before = { identity: finding.identity, severity: 'high', declined: false } as const
    const judged = judge([finding], { files: [aFile()], earlier: [before], policy: defaultPolicy })
    const thread = { commentId: 8, line: 2 }
    const known = aSummary({
      judged,
      earlier: [anEarlier({ identity: finding.identity, severity: 'high', thread })],
    })
    expect(renderCheck(known).title).toBe('No new findings; 1 still open')
    expect(renderCheck(known).summary).toContain(`[line 2](${page}#discussion_r8) · Still wrong`)
    const unknown = aSummary({ judged })
    expect(renderCheck(unknown).title).toBe('No new findings; 1 still open')
    expect(renderCheck(unknown).summary).toContain('- **High · bug** · `src/app.ts` line 2 · Still wrong')
  })

  it('are not made of what this run says twice', () => {
    const finding = aFinding()
    expect(renderCheck(aSummary({ findings: [finding, finding] })).title).toBe('1 finding: 1 high')
  })

  it('fit the check however many there are, and the rest is counted', () => {
    const earlier = Array.from({ length: 2000 }, (_, index) =>
      anEarlier({ identity: `${index}`, severity: 'low', thread: { commentId: index + 1, line: 1 } }),
    )
    const many = aSummary({ earlier, findings: [] })
    expect(renderCheck(many).title).toBe('No new findings; 2,000 still open')
    expect(renderCheck(many).summary).toMatch(/… and 1,9\d\d more, listed in findings\.json\./)
    expect(renderReviewBody(many, 'r').length).toBeLessThanOrEqual(65_536)
  })
})
