import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  balanceSilences,
  splitPullRequests,
  splits,
} from '../../../../runner/model-server/src/personas/training/split-samples.ts'
import { trainingSamples } from '../../../../runner/model-server/src/personas/training/training-samples.ts'
import { nthComment, nthSilence } from '../../../support/persona/persona-history.ts'

const history = (comments: number, silences: number) => ({
  comments: Array.from({ length: comments }, (_, n) => nthComment(n)).reverse(),
  silences: Array.from({ length: silences }, (_, n) => nthSilence(n)),
  colleagues: [],
})

test('of 300 comments the oldest 70 % are trained on and the newest 15 % held out, by whole pull requests', () => {
  const texts = history(300, 300)
  const split = splitPullRequests(texts)
  const counts = splits.map(
    (part) => texts.comments.filter(({ pullRequest }) => split.get(pullRequest) === part).length,
  )
  expect(counts).toEqual([210, 45, 45])
  const spans = splits.map((part) => {
    const times = texts.comments
      .filter(({ pullRequest }) => split.get(pullRequest) === part)
      .map(({ at }) => at)
      .toSorted()
    return [times[0], times.at(-1)]
  })
  expect(spans.flat()).toEqual(spans.flat().toSorted())
})

test('every pull request has one part, and later ones never an earlier part', () => {
  const comment = fc.record({
    pullRequest: fc.integer({ min: 1, max: 40 }),
    day: fc.integer({ min: 0, max: 500 }),
  })
  fc.assert(
    fc.property(fc.array(comment, { minLength: 1, maxLength: 200 }), (drawn) => {
      const comments = drawn.map(({ pullRequest, day }, n) => ({
        ...nthComment(n),
        pullRequest,
        at: new Date(day * 86_400_000).toISOString(),
      }))
      const split = splitPullRequests({ comments, silences: [] })
      expect(new Set(split.keys())).toEqual(new Set(drawn.map(({ pullRequest }) => pullRequest)))
      const last = [...split.keys()].map((pullRequest) => ({
        part: splits.indexOf(split.get(pullRequest)!),
        at: comments
          .filter((each) => each.pullRequest === pullRequest)
          .map(({ at }) => at)
          .toSorted()
          .at(-1)!,
      }))
      for (const one of last)
        for (const other of last) if (one.at < other.at) expect(one.part <= other.part).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('there are never more silences than comments in a part', () => {
  const texts = { ...history(40, 200) }
  const split = splitPullRequests(texts)
  const balanced = balanceSilences(texts, split)
  for (const part of splits) {
    const of = (samples: readonly { pullRequest: number }[]) =>
      samples.filter(({ pullRequest }) => split.get(pullRequest) === part).length
    expect(of(balanced.silences)).toBeLessThanOrEqual(of(balanced.comments))
  }
  expect(balanced.silences.length).toBeGreaterThan(20)
})

test('samples stand part after part, weigh what became of them, and are the same each time', async () => {
  const texts = history(60, 60)
  const about = { repositoryId: 7, contextTokens: null }
  const samples = await trainingSamples(texts, about)
  const order = samples.map(({ split }) => splits.indexOf(split))
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(new Set(order)).toEqual(new Set([0, 1, 2]))
  const weightOf = (n: number) => samples.find(({ id }) => id === `c${1000 + n}`)?.weight
  expect([weightOf(0), weightOf(1), weightOf(2)]).toEqual([1.5, 1, 0.5])
  expect(samples.filter(({ kind }) => kind === 'silence').every(({ weight }) => weight === 1)).toBe(true)
  expect(await trainingSamples({ ...texts, comments: texts.comments.toReversed() }, about)).toEqual(samples)
})
