import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LlamaEngine } from '../../../runner/model-server/src/engine/llama/llama-engine.ts'
import { createMemory } from '../../../runner/model-server/src/personas/retrieval/memory.ts'
import { profileOf } from '../../../runner/model-server/src/personas/style/style-profile.ts'
import { createPipeline } from '../../../runner/model-server/src/review/pipeline.ts'
import { noCache } from '../../../runner/model-server/src/review/pipeline-contract.ts'
import { aChangedFile, aReviewRequest, aRun } from '../../support/review-request.ts'
import { startTinyEngine } from '../../support/tiny-model/tiny-engine.ts'
import { aHistory } from '../support/past-comments.ts'

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

  it('speaks in a style by the schema of that style', async () => {
    const history = aHistory()
    const bodies = history.map(({ body }) => body)
    const voice = {
      login: 'maintainer',
      name: 'maintainer',
      memory: await createMemory(history, { repositoryId: 7 }),
      style: profileOf(bodies, []),
      adapter: null,
      card: '/cards/1',
    }
    const file = aChangedFile(['+const handle = openSocket(peer)', '+return closeSocket(handle)'])
    const persona = { id: 3, login: 'maintainer', beside: false }
    const pipeline = createPipeline({ engine, reviewers: [], cache: noCache, serverVersion: '1' })
    const run = aRun({ voice, deadline: Date.now() + 120_000 })
    const result = await pipeline.run(aReviewRequest([file], { persona }), run)
    expect(result.persona).toMatchObject({ by: 'retrieval', near: 1 })
    expect(result.usage.modelCalls).toBeGreaterThan(0)
    expect(result.complete).toBe(true)
    for (const { voice: login, evidence } of result.findings) {
      expect(login).toBe('maintainer')
      expect(evidence).not.toEqual([])
    }
  })
})
