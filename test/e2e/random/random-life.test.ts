import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, startStage } from '../../support/e2e/life.ts'
import { RandomLife, step } from '../../support/e2e/random-life.ts'

/** `npm run campaign:life` takes more of them. */
const sequences = Number(process.env.LIFE_SEQUENCES ?? 20)

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

test('whatever happens to a pull request: nothing said twice, nothing on a wrong line, nothing closed that still holds', {
  timeout: 60_000 + sequences * 10_000,
}, async () => {
  let taken = 0
  const lives = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
    await using life = await RandomLife.start(stage)
    for (const each of steps) {
      await life.take(each)
      taken += 1
    }
  })
  const seed = process.env.LIFE_SEED === undefined ? {} : { seed: Number(process.env.LIFE_SEED) }
  await fc.assert(lives, { numRuns: sequences, ...seed, endOnFailure: true })
  console.info(`${sequences} lives, ${taken} steps`)
  expect(taken).toBeGreaterThanOrEqual(sequences)
})
