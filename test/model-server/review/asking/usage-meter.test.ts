import { expect, test } from 'vitest'
import { createUsageMeter } from '../../../../runner/model-server/src/review/asking/usage-meter.ts'

const call = (promptTokens: number) => ({ promptTokens, cachedTokens: 0, completionTokens: 1 })

test('adds up calls', () => {
  const meter = createUsageMeter()
  meter.addCall(call(100), 5)
  meter.addCall(call(20), 2)
  meter.addCached()
  expect(meter.total(3)).toEqual({
    promptTokens: 120,
    completionTokens: 2,
    modelCalls: 2,
    cachedBatches: 1,
    engineMs: 7,
    batches: 3,
  })
})

test.each([Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY, Number.NaN, -5, 1.5])(
  'leaves out %d tokens, which no call can have cost',
  (tokens) => {
    const meter = createUsageMeter()
    for (const count of [tokens, 7, tokens]) meter.addCall(call(count), 0)
    expect(meter.total(1).promptTokens).toBe(7)
  },
)
