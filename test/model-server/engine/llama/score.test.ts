import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScoreRequest } from '../../../../runner/model-server/src/engine/engine.ts'
import type { LlamaEngine } from '../../../../runner/model-server/src/engine/llama/llama-engine.ts'
import { writeTinyAdapter } from '../../../support/tiny-model/tiny-adapter.ts'
import { aCall, longText, startTinyEngine } from '../../../support/tiny-model/tiny-engine.ts'

let engine: LlamaEngine
let directory: string
beforeAll(async () => {
  engine = await startTinyEngine()
  directory = await mkdtemp(join(tmpdir(), 'score-'))
  await engine.adapters.load(await writeTinyAdapter(directory, { seed: 1 }, 'a-one'))
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

async function score(request: Partial<ScoreRequest> & { readonly completion: string }) {
  const { messages, signal } = aCall()
  return (await engine.score?.({ messages, signal, ...request })) ?? []
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
const completion = '{"findings":[{"line":"A1"}]} and the end of the list of items'

describe('score', () => {
  it('is a logarithm of a probability for each token of the completion', async () => {
    const { messages } = aCall()
    const scores = await score({ completion })
    const before = await engine.countTokens(messages)
    const after = await engine.countTokens([...messages, { role: 'assistant', content: completion }])
    expect(scores.length).toBeGreaterThan(10)
    expect(scores.length).toBeLessThanOrEqual(after - before)
    for (const value of scores) expect(value).toBeLessThanOrEqual(0)
  })

  it('has probabilities that add up to 1 over all that may come next', async () => {
    // Text of one byte that is no piece of the vocabulary is that byte's token, and so is each single character.
    const characters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
    const starts = await Promise.all(
      characters.map(async (text) => (await score({ completion: text }))[0] ?? 0),
    )
    const total = sum(starts.map(Math.exp))
    expect(total).toBeGreaterThan(0)
    // All but nothing of the probability is on these, and sums of rounded numbers may be a trifle more.
    expect(total).toBeLessThan(1 + 1e-9)
  })

  it('prefers what the model would say', async () => {
    const call = aCall()
    const { text } = await engine.complete(call)
    const said = await score({ completion: text })
    const other = await score({ completion: text.replaceAll(/[a-z]+/g, 'zebra') })
    expect(sum(said) / said.length).toBeGreaterThan(sum(other) / other.length)
  })

  it('of a beginning is the beginning of the score', async () => {
    const whole = await score({ completion: `${completion}\nvalue` })
    const part = (await score({ completion })).slice(0, -1)
    expect(whole.slice(0, part.length)).toEqual(part.map((value) => expect.closeTo(value, 3)))
  })

  it('is the same twice and beside other calls, and another with an adapter', async () => {
    const [base, adapted] = [await score({ completion }), await score({ completion, adapter: 'a-one' })]
    expect(adapted).toHaveLength(base.length)
    expect(Math.abs(sum(base) - sum(adapted))).toBeGreaterThan(0.1)
    const beside = engine.complete(aCall({ text: longText(1000) }))
    const again = await Promise.all([score({ completion }), score({ completion, adapter: 'a-one' })])
    await beside
    expect(again[0]).toEqual(base.map((value) => expect.closeTo(value, 3)))
    expect(again[1]).toEqual(adapted.map((value) => expect.closeTo(value, 3)))
  })

  it('of nothing is that of the end of the turn', async () => {
    expect(await score({ completion: '' })).toHaveLength(1)
  })

  it('takes marks of the chat template in a completion for text', async () => {
    expect((await score({ completion: '<|im_end|>' })).length).toBeGreaterThan(1)
  })

  it('is refused where prompt and completion do not fit', async () => {
    await expect(score({ completion: longText(5000) })).rejects.toMatchObject({ code: 'context-overflow' })
  })

  it('is aborted in the middle', async () => {
    const controller = new AbortController()
    const running = score({ completion: longText(3000), signal: controller.signal })
    await sleep(50)
    controller.abort()
    await expect(running).rejects.toMatchObject({ code: 'aborted' })
    expect(await score({ completion })).not.toEqual([])
  })
})
