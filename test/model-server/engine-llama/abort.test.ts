import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LlamaEngine } from '../../../runner/model-server/src/engine/llama/llama-engine.ts'
import { aCall, longText, startTinyEngine } from '../../support/tiny-model/tiny-engine.ts'

let engine: LlamaEngine
beforeAll(async () => {
  engine = await startTinyEngine({ contextTokens: 16_000, sequences: 2 })
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
})

const yesOrNo = { type: 'object', properties: { ok: { type: 'boolean' } } }
const longCall = (mark: string) => aCall({ text: longText(5000, mark), schema: yesOrNo })
const endless = {
  type: 'array',
  minItems: 300,
  maxItems: 300,
  items: { type: 'string', minLength: 300, maxLength: 301 },
}

describe('abort', () => {
  it('stops reading a long prompt', async () => {
    await using single = await startTinyEngine({ contextTokens: 16_000, sequences: 1 })
    const controller = new AbortController()
    const started = performance.now()
    await single.complete(aCall({ text: longText(2000, 'shorter'), schema: yesOrNo }))
    const call = aCall({ text: longText(6000), schema: yesOrNo })
    const running = single.complete({ ...call, signal: controller.signal })
    await sleep((performance.now() - started) / 2)
    controller.abort()
    await expect(running).rejects.toMatchObject({ name: 'EngineError', code: 'aborted' })

    const again = await single.complete(call)
    expect(again.usage.cachedTokens).toBeGreaterThan(200)
    expect(again.usage.cachedTokens).toBeLessThan(again.usage.promptTokens - 1)
  })

  it('frees the sequence in the middle of an answer', async () => {
    const controllers = Array.from({ length: 2 }, () => new AbortController())
    const running = controllers.map(({ signal }) =>
      engine.complete(aCall({ schema: endless, maxTokens: 12_000, signal })),
    )
    const outcomes = Promise.allSettled(running)
    await sleep(200)
    for (const controller of controllers) controller.abort()
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'aborted' } })
    }
    const next = await engine.complete(aCall())
    expect(next.finish).toBe('stop')
  })

  it('takes a waiting call out of the line', async () => {
    const first = new AbortController()
    const busy = ['c', 'd'].map((mark) => engine.complete({ ...longCall(mark), signal: first.signal }))
    const second = new AbortController()
    const waiting = engine.complete(aCall({ signal: second.signal }))
    await sleep(30)
    second.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
    first.abort()
    await Promise.allSettled(busy)
    expect((await engine.complete(aCall())).finish).toBe('stop')
  })

  it('stops a call whose signal fires in the same instant', async () => {
    const controller = new AbortController()
    const running = engine.complete(aCall({ schema: endless, maxTokens: 12_000, signal: controller.signal }))
    controller.abort()
    await expect(running).rejects.toMatchObject({ code: 'aborted' })
  })

  it('does nothing when the signal fired before the call', async () => {
    await expect(engine.complete(aCall({ signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'aborted',
    })
  })
})

describe('fairness', () => {
  it('answers a short call while a long prompt is being read', async () => {
    const ended: string[] = []
    const long = engine.complete(longCall('e')).then(() => ended.push('long'))
    await sleep(50)
    await engine.complete(aCall({ schema: yesOrNo })).then(() => ended.push('short'))
    await long
    expect(ended).toEqual(['short', 'long'])
  })

  it('takes waiting calls by priority, then by arrival', async () => {
    await using single = await startTinyEngine({ sequences: 1 })
    const ended: string[] = []
    const call = (name: string, priority: number) =>
      single.complete(aCall({ text: longText(500, name), priority })).then(() => ended.push(name))
    await Promise.all([call('first', 5), call('low', 9), call('high', 1), call('low too', 9)])
    expect(ended).toEqual(['first', 'high', 'low', 'low too'])
  })
})
