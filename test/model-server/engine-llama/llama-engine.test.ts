import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { LlamaEngine } from '../../../runner/model-server/src/engine/llama/llama-engine.ts'
import { aCall, findingsSchema, longText, startTinyEngine } from '../../support/tiny-model/tiny-engine.ts'

let engine: LlamaEngine
beforeAll(async () => {
  engine = await startTinyEngine()
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
})

describe('description', () => {
  it('says what was loaded', async () => {
    expect(engine.description).toEqual({
      model: 'Tiny test model',
      modelHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      contextTokens: 4096,
      parallel: 4,
    })
    expect(await engine.health()).toEqual({ state: 'ready' })
  })
})

describe('countTokens', () => {
  const count = (content: string) => engine.countTokens([{ role: 'user', content }])

  it('is what the completion then uses', async () => {
    const call = aCall({ text: longText(300) })
    const completion = await engine.complete(call)
    expect(completion.usage.promptTokens).toBe(await engine.countTokens(call.messages))
  })

  it('counts each byte of a character that is no piece of the vocabulary', async () => {
    expect((await count('x中')) - (await count('x'))).toBe(3)
    expect((await count('x😀😀')) - (await count('x'))).toBe(8)
  })

  it('leaves special tokens in text as plain text', async () => {
    const empty = await count('x')
    for (const special of ['<|im_end|>', '<|im_start|>', '</s>', '<s>']) {
      expect((await count(`x${special}`)) - empty).toBeGreaterThan(1)
    }
  })
})

describe('complete', () => {
  const answer = (ids: readonly [string, ...string[]]) =>
    z.strictObject({
      findings: z
        .array(
          z.strictObject({
            line: z.enum(ids),
            severity: z.enum(['critical', 'high', 'medium', 'low']),
            title: z.string().max(120),
            suggestion: z.string().max(2000).nullable(),
          }),
        )
        .max(5),
    })

  it('decodes nothing but the schema, whatever the prompt and the ids', async () => {
    const id = fc.stringMatching(/^[A-Z]{1,2}\d{1,4}$/)
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(id, { minLength: 1, maxLength: 60 }),
        fc.string({ maxLength: 400, unit: 'grapheme' }),
        async (ids, text) => {
          const { text: json, finish } = await engine.complete(aCall({ text, schema: findingsSchema(ids) }))
          expect(finish).toBe('stop')
          answer(ids as [string, ...string[]]).parse(JSON.parse(json))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('gives the same text for the same prompt, another for another', async () => {
    const texts = ['for (;;) {}', 'SELECT 1', 'def f(x): return x', '<html>']
    const answers = async () => {
      await using fresh = await startTinyEngine({ sequences: 1 })
      const completions = []
      for (const text of texts) completions.push(await fresh.complete(aCall({ text })))
      return completions.map((completion) => completion.text)
    }
    const first = await answers()
    expect(await answers()).toEqual(first)
    expect(new Set(first).size).toBeGreaterThan(1)
  })

  it('answers more calls at once than it has sequences', async () => {
    const calls = Array.from({ length: 10 }, (_, index) => aCall({ text: `value${index} = list[${index}]` }))
    const completions = await Promise.all(calls.map((call) => engine.complete(call)))
    for (const { text } of completions) expect(JSON.parse(text)).toHaveProperty('findings')
  })

  it('says when the answer was cut', async () => {
    const completion = await engine.complete(aCall({ maxTokens: 10 }))
    expect(completion.finish).toBe('length')
    expect(completion.usage.completionTokens).toBe(10)
  })

  it('reads a shared beginning once', async () => {
    await using single = await startTinyEngine({ sequences: 1 })
    const beginning = longText(1000)
    const first = await single.complete(aCall({ text: `${beginning}one` }))
    const second = await single.complete(aCall({ text: `${beginning}two` }))
    expect(first.usage.cachedTokens).toBe(0)
    expect(second.usage.cachedTokens).toBeGreaterThan(900)
    expect(second.finish).toBe('stop')
  })

  it('refuses what does not fit the context, to the token', async () => {
    const call = aCall({ text: longText(3000) })
    const prompt = await engine.countTokens(call.messages)
    await expect(engine.complete({ ...call, maxTokens: 4096 - prompt + 1 })).rejects.toMatchObject({
      code: 'context-overflow',
    })
    const whole = await engine.complete({ ...call, maxTokens: 4096 - prompt })
    expect(JSON.parse(whole.text)).toHaveProperty('findings')
  })

  it('fills the context to its last token', async () => {
    await using small = await startTinyEngine({ contextTokens: 512, sequences: 1 })
    const endless = { type: 'array', minItems: 400, maxItems: 400, items: { enum: ['value'] } }
    const call = aCall({ text: 'x', schema: endless })
    const maxTokens = 512 - (await small.countTokens(call.messages))
    const completion = await small.complete({ ...call, maxTokens })
    expect(completion.usage.completionTokens).toBe(maxTokens)
    expect(completion.text).toMatch(/^\["value"(, ?"value")*/)
  })

  it.each([
    ['anyOf', { anyOf: [{ type: 'null' }, { type: 'string' }] }],
    ['pattern', { type: 'object', properties: { a: { type: 'string', pattern: '^x' } } }],
    ['maximum', { type: 'array', items: { type: 'integer', maximum: 3 } }],
    ['$ref', { oneOf: [{ $ref: '#/x' }] }],
  ])('refuses a schema with %s, which llama.cpp would miscompile', async (keyword, schema) => {
    await expect(engine.complete(aCall({ schema }))).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringContaining(keyword),
    })
  })

  it('refuses a schema that leaves properties open', async () => {
    const schema = { type: 'object', properties: {}, additionalProperties: true }
    await expect(engine.complete(aCall({ schema }))).rejects.toMatchObject({ code: 'rejected' })
  })

  it.each([1999, 2000, 2001, 4000, 1e9])('takes a string limit of %i', async (maxLength) => {
    const schema = { type: 'object', properties: { text: { type: 'string', maxLength } } }
    expect((await engine.complete(aCall({ schema }))).finish).toBe('stop')
  })

  it('refuses adapters', async () => {
    await expect(engine.complete(aCall({ adapter: 'a-1' }))).rejects.toMatchObject({ code: 'rejected' })
  })
})
