import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseAdapter, decideCanary } from '../../../runner/model-server/src/personas/adapter-choice.ts'
import { seededNumbers } from '../../../runner/model-server/src/personas/gate/seeded-numbers.ts'

const live = { name: 'a-000000000001', state: 'live' } as const
const canary = { name: 'a-000000000002', state: 'canary' } as const

describe('the adapter of a pull request', () => {
  test('is none where none is live or on trial', () => {
    const others = ['training', 'candidate', 'retired', 'refused', 'failed-probe'] as const
    const versions = others.map((state) => ({ name: 'a-000000000003', state }))
    expect(chooseAdapter(versions, { repositoryId: 7, pullRequest: 3 })).toBeNull()
  })

  test('is the canary on one of ten, the same for ever, and others for another canary', () => {
    const chosen = (versions: Parameters<typeof chooseAdapter>[0], pullRequest: number) =>
      chooseAdapter(versions, { repositoryId: 7, pullRequest })
    const numbers = Array.from({ length: 5000 }, (_, index) => index + 1)
    const drawn = numbers.filter((number) => chosen([live, canary], number)?.arm === 'canary')
    expect(drawn.length / numbers.length).toBeGreaterThan(0.085)
    expect(drawn.length / numbers.length).toBeLessThan(0.115)
    for (const number of numbers) {
      const arm = drawn.includes(number) ? 'canary' : 'live'
      const name = arm === 'canary' ? canary.name : live.name
      expect(chosen([canary, live], number)).toEqual({ name, arm })
    }
    const next = { ...canary, name: 'a-000000000009' }
    const again = drawn.filter((number) => chosen([live, next], number)?.arm === 'canary')
    expect(again.length).toBeLessThan(drawn.length / 4)
  })

  test('is none outside of the trial where only a canary is there', () => {
    const arms = Array.from(
      { length: 200 },
      (_, number) => chooseAdapter([canary], { repositoryId: 7, pullRequest: number })?.arm,
    )
    expect(new Set(arms)).toEqual(new Set(['canary', undefined]))
  })
})

describe('a canary', () => {
  test.each([
    ['is not judged yet', { good: 0, bad: 0 }, { good: 50, bad: 10 }, 'wait'],
    ['has too few judgements, however good', { good: 19, bad: 0 }, { good: 5, bad: 5 }, 'wait'],
    ['is better', { good: 18, bad: 2 }, { good: 50, bad: 20 }, 'promote'],
    ['is bad from the start', { good: 0, bad: 5 }, null, 'return'],
    ['has not been bad for long', { good: 0, bad: 4 }, null, 'wait'],
    ['is surely worse', { good: 4, bad: 8 }, { good: 90, bad: 10 }, 'return'],
    ['is perhaps worse', { good: 14, bad: 6 }, { good: 75, bad: 25 }, 'wait'],
    ['cannot be told apart for long', { good: 42, bad: 18 }, { good: 75, bad: 25 }, 'promote'],
    ['is worse for long', { good: 30, bad: 30 }, { good: 75, bad: 25 }, 'return'],
    ['is alone and mostly liked', { good: 15, bad: 5 }, null, 'promote'],
    ['is alone and mostly disliked', { good: 3, bad: 12 }, null, 'wait'],
  ] as const)('that %s', (...[, judged, beside, decision]) => {
    expect(decideCanary(judged, beside)).toBe(decision)
  })

  test('is never promoted before 20 judgements, and never hurt by one more good one', () => {
    const count = fc.integer({ min: 0, max: 80 })
    const judged = fc.record({ good: count, bad: count })
    fc.assert(
      fc.property(judged, judged, ({ good, bad }, beside) => {
        const decision = decideCanary({ good, bad }, beside)
        if (good + bad < 20) expect(decision).not.toBe('promote')
        const better = decideCanary({ good: good + 1, bad }, beside)
        if (decision === 'promote') expect(better).toBe('promote')
        if (decision !== 'return') expect(better).not.toBe('return')
      }),
    )
  })

  test('that is as good is mostly promoted, one that is much worse hardly ever', () => {
    const random = seededNumbers(7)
    const promoted = (rate: number): number => {
      const ends = Array.from({ length: 400 }, () => {
        const judged = { good: 0, bad: 0 }
        for (;;) {
          judged[random() < rate ? 'good' : 'bad'] += 1
          const decision = decideCanary(judged, { good: 140, bad: 60 })
          if (decision !== 'wait') return decision
        }
      })
      return ends.filter((end) => end === 'promote').length / ends.length
    }
    const shares = [0.7, 0.5, 0.35].map(promoted)
    expect(shares[0]).toBeGreaterThan(0.75)
    expect(shares[1]).toBeLessThan(0.25)
    expect(shares[2]).toBeLessThan(0.03)
  })
})
