import { expect, it } from 'vitest'
import { combineCoverage, isComplete } from '../../../runner/model-server/src/review/coverage.ts'
import { aChangedFile, aHunk } from '../../support/review-request.ts'

const file = { ...aChangedFile(['+a']), hunks: [aHunk(['+a']), aHunk(['+b'], 10), aHunk(['+c'], 20)] }
const told = (reviewedHunks: number, reason?: 'deadline' | 'refused') => [
  { path: 'src/app.ts', hunks: 3, reviewedHunks, ...(reason === undefined ? {} : { reason }) },
]

it('takes of each file the least that any reviewer read, in whatever order they tell it', () => {
  const least = [{ path: 'src/app.ts', hunks: 3, reviewedHunks: 1, reason: 'refused' }]
  expect(combineCoverage([file], [told(1, 'refused'), told(2, 'deadline')])).toEqual(least)
  expect(combineCoverage([file], [told(2, 'deadline'), told(1, 'refused')])).toEqual(least)
})

it('believes no number that cannot be', () => {
  expect(combineCoverage([file], [told(-4)])).toMatchObject([{ reviewedHunks: 0 }])
  expect(combineCoverage([file], [told(1.5)])).toMatchObject([{ reviewedHunks: 0 }])
  expect(combineCoverage([file], [told(9)])).toMatchObject([{ hunks: 3, reviewedHunks: 3 }])
})

it('is complete only when every hunk was read', () => {
  expect(isComplete(told(3))).toBe(true)
  expect(isComplete(told(2, 'deadline'))).toBe(false)
})
