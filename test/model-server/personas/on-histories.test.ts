import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { histories, readHistory, readSurroundings } from '../../../bench/persona/histories.ts'
import { countLeaks, measureRetrieval, timeMemory } from '../../../bench/persona/measure-retrieval.ts'
import { measureStyle } from '../../../bench/persona/measure-style.ts'

const data = process.env.AI_REVIEW_DATA

describe.runIf(data !== undefined)('on the histories of four people', () => {
  const directory = join(data ?? '', 'review-bench')
  const patience = { timeout: 120_000 }

  it.each(histories)('nothing of the same pull request is near: %s', patience, async (name) => {
    expect((await countLeaks(readHistory(directory, name))).leaks).toBe(0)
  })

  it.each(histories)('5,000 comments are asked in a moment: %s', patience, async (name) => {
    const { build, query } = await timeMemory(readHistory(directory, name))
    expect(build).toBeLessThan(20_000)
    expect(query).toBeLessThan(100)
  })

  it.each(histories)(
    'what the person said is nearer than what colleagues said: %s',
    patience,
    async (name) => {
      const history = readHistory(directory, name)
      const { remarks } = await measureRetrieval(history, readSurroundings(directory, history))
      expect(remarks.area).toBeGreaterThan(0.55)
      expect(remarks.near.own).toBeGreaterThan(remarks.near.other + 0.1)
    },
  )

  it('twenty comments tell whose they are', patience, () => {
    const { accuracy } = measureStyle(histories.map((name) => readHistory(directory, name)))
    expect(accuracy).toBeGreaterThan(0.85)
  })
})
