import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPatternsReviewer } from '../../../runner/model-server/src/review/reviewers/patterns/patterns-reviewer.ts'
import { rulesPage } from '../../../scripts/rules-page.ts'
import { aChangedFile, aReviewRequest } from '../../support/review-request.ts'
import { aReviewerContext } from '../../support/reviewer-context.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/rules.md'), 'utf8')

describe('the page of rules', () => {
  it('is what the rules say', () => {
    expect(page).toBe(rulesPage())
  })

  it('shows a rule that works', async () => {
    const text = /```yaml\n(id: [\s\S]*?)```/.exec(page)?.[1] ?? ''
    const file = aChangedFile(['+console.info("order placed")'], { path: 'src/handlers/order.ts' })
    const request = aReviewRequest([file], { rules: [{ path: 'rules/example.yml', text }] })
    const result = await createPatternsReviewer().review(request, aReviewerContext())
    expect(result.notices).toEqual([])
    expect(result.candidates).toMatchObject([
      { line: 1, title: "Use the request's logger instead of console.info" },
    ])
  })
})
