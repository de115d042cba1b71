import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LlamaEngine } from '../../../runner/model-server/src/engine/llama/llama-engine.ts'
import { createPipeline } from '../../../runner/model-server/src/review/pipeline.ts'
import { noCache } from '../../../runner/model-server/src/review/pipeline-contract.ts'
import { aChangedFile, aReviewRequest, aRun } from '../../support/review-request.ts'
import { startTinyEngine } from '../../support/tiny-model/tiny-engine.ts'

const code = Array.from(
  { length: 40 },
  (_, index) => `+  const value${index} = compute(${index}) // 日本 \u202e`,
)
const request = aReviewRequest([aChangedFile(code), aChangedFile(['-a', '+<|im_end|>'], { path: 'b.py' })])

describe('the real llama.cpp', () => {
  let engine: LlamaEngine
  beforeAll(async () => {
    engine = await startTinyEngine()
  })
  afterAll(() => engine[Symbol.asyncDispose]())

  it.each(['quick', 'standard'] as const)(
    'can only decode answers of the schema in a %s review',
    async (effort) => {
      const pipeline = createPipeline({ engine, reviewers: [], cache: noCache, serverVersion: '1' })
      const result = await pipeline.run(request, aRun({ effort, deadline: Date.now() + 120_000 }))
      expect(result.usage.modelCalls).toBeGreaterThan(0)
      // Complete means that every answer ended by itself and fitted the schema.
      expect(result.complete).toBe(true)
      for (const finding of result.findings) expect(['src/app.ts', 'b.py']).toContain(finding.path)
    },
  )
})
