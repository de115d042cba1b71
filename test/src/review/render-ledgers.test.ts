import type { Ledger } from '@ai-review/protocol/seal'
import { describe, expect, it } from 'vitest'
import { parseLedgers, parseMarks } from '../../../src/review/marker.ts'
import { parsePolicy } from '../../../src/review/parse-policy.ts'
import { renderCheck } from '../../../src/review/render-check.ts'
import { renderReviewBody } from '../../../src/review/render-review-body.ts'
import { aFinding, aSummary, headSha, sha256 } from '../../support/review/builders.ts'
import { renderedMarkdown } from '../../support/review/rendered-markdown.ts'

function aLedger(hunks: number, name = 'ledger'): Ledger {
  const ids = Array.from({ length: hunks }, (_, index) => sha256(`${name} ${index}`).slice(0, 32))
  return { head: headSha, hunks: ids, seal: sha256(name) }
}

const tooLong = 'The record of what was read is too long to be kept whole'

describe('ledgers', () => {
  it('lie hidden in the check and in the review, newest last', () => {
    const ledgersToKeep = [aLedger(3, 'older'), aLedger(2, 'newer')]
    const summary = aSummary({ ledgersToKeep })
    const { text = '' } = renderCheck(summary)
    for (const page of [text, renderReviewBody(summary, 'r')]) {
      expect(parseLedgers(page)).toEqual(ledgersToKeep)
      expect(renderedMarkdown(page).text).not.toContain('ledger')
    }
    expect(renderCheck(summary).summary).not.toContain('ledger')
  })

  it('are only those that may be kept', () => {
    const summary = aSummary()
    expect(renderCheck(summary)).not.toHaveProperty('text')
    expect(parseLedgers(renderReviewBody(summary, 'r'))).toEqual([])
  })

  it('of 1,900 hunks fit the check', () => {
    const check = renderCheck(aSummary({ ledgersToKeep: [aLedger(1900)] }))
    expect(check.text?.length).toBeLessThanOrEqual(65_535)
    expect(parseLedgers(check.text ?? '')).toEqual([aLedger(1900)])
    expect(check.summary).not.toContain(tooLong)
  })

  it('are left out whole where one is too long, and that is said', () => {
    const check = renderCheck(aSummary({ ledgersToKeep: [aLedger(4000)] }))
    expect(check).not.toHaveProperty('text')
    expect(check.summary).toContain(tooLong)
  })

  it('leave the room to the newest', () => {
    const ledgersToKeep = [aLedger(1500, 'older'), aLedger(1500, 'newer')]
    const check = renderCheck(aSummary({ ledgersToKeep }))
    expect(parseLedgers(check.text ?? '')).toEqual([aLedger(1500, 'newer')])
    expect(check.summary).toContain(tooLong)
  })

  it('never push a finding out of the review', () => {
    const policy = parsePolicy('max-comments: 0', '.github/ai-review.yml')
    const findings = Array.from({ length: 60 }, (_, index) =>
      aFinding({ title: `Title ${index}`, identity: sha256(`${index}`), body: 'x '.repeat(700) }),
    )
    const without = renderReviewBody(aSummary({ policy, findings }), 'r')
    const body = renderReviewBody(aSummary({ policy, findings, ledgersToKeep: [aLedger(1900)] }), 'r')
    expect(body).toBe(without)
    expect(parseMarks(body).filter(({ kind }) => kind === 'finding')).toHaveLength(60)
    const small = renderReviewBody(aSummary({ ledgersToKeep: [aLedger(1800)] }), 'r')
    expect(parseLedgers(small)).toHaveLength(1)
    expect(small.length).toBeLessThanOrEqual(65_536)
  })
})
