import { expect, it } from 'vitest'
import { admitCandidates } from '../../../runner/model-server/src/review/admit.ts'
import { indexDiffLines } from '../../../runner/model-server/src/review/diff-lines.ts'
import { verifySuggestions } from '../../../runner/model-server/src/review/verify-suggestions.ts'
import { aChangedFile } from '../../support/review-request.ts'

it('checks the most valuable suggestions of a large change and keeps the other findings as prose', async () => {
  const file = aChangedFile(
    Array.from({ length: 3_500 }, (_, index) => `+const value${index} = compute(${index}, options)`),
  )
  const candidates = Array.from({ length: 60 }, (_, index) => ({
    path: 'src/app.ts',
    side: 'RIGHT' as const,
    line: index + 1,
    category: 'bug' as const,
    severity: index === 59 ? ('critical' as const) : ('low' as const),
    confidence: 0.5,
    title: 'Wrong',
    body: '',
    suggestion: `const other${index} = 1`,
    evidence: [],
    reviewer: 'model' as const,
  }))
  const verified = await verifySuggestions(admitCandidates(candidates, indexDiffLines([file])).admitted)
  const offered = verified.filter((one) => one.candidate.suggestion !== undefined)
  expect(verified).toHaveLength(60)
  expect(offered.length).toBeGreaterThan(0)
  expect(offered.length).toBeLessThan(60)
  expect(offered[0]?.candidate).toMatchObject({ severity: 'critical', suggestion: 'const other59 = 1' })
})
