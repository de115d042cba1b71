import { describe, expect, it } from 'vitest'
import { type CompletionRequest, EngineError } from '../../../runner/model-server/src/engine/engine.ts'
import { createPipeline, type PipelineParts } from '../../../runner/model-server/src/review/pipeline.ts'
import { noCache, type ResponseCache } from '../../../runner/model-server/src/review/pipeline-contract.ts'
import type { Candidate, Reviewer } from '../../../runner/model-server/src/review/reviewer.ts'
import { aChangedFile, aHunk, aReviewRequest, aRun } from '../../support/review-request.ts'
import {
  anAnsweredFinding,
  answerWith,
  asksForVerdict,
  createScriptedEngine,
  lineIdsOf,
  type Scripted,
  verdictOf,
} from '../../support/scripted-engine.ts'

const order = aChangedFile([
  ' function total(price, quantity) {',
  '-  return price * quantity',
  '+  const total = price',
  '+  return total',
  ' }',
])
const other = aChangedFile(['+export const limit = 10'], { path: 'src/limit.ts' })

function aCandidate(overrides: Partial<Candidate> = {}): Candidate {
  return {
    path: 'src/app.ts',
    side: 'RIGHT',
    line: 2,
    category: 'bug',
    severity: 'high',
    confidence: 0.9,
    title: 'Quantity is ignored',
    body: 'Every order costs one piece.',
    evidence: [{ kind: 'rule', reference: 'unused-parameter' }],
    reviewer: 'patterns',
    ...overrides,
  }
}

function aReviewer(candidates: readonly Candidate[], name: Reviewer['name'] = 'patterns'): Reviewer {
  return { name, review: async () => ({ candidates, coverage: [], notices: [], invalid: 0 }) }
}

function aPipeline(parts: Partial<PipelineParts> = {}) {
  return createPipeline({ engine: null, reviewers: [], cache: noCache, serverVersion: '1.2.3', ...parts })
}

/** An engine whose reviews are answered by `review`, and whose verdicts are always `real`. */
const reviewing = (review: (ids: readonly string[], call: number) => Scripted, parallel = 2) =>
  createScriptedEngine(
    (request, call) => (asksForVerdict(request) ? verdictOf('real') : review(lineIdsOf(request), call)),
    { parallel },
  )

/** A finding on the line in the middle of those that were shown. */
function middleOf(ids: readonly string[]) {
  const id = ids[Math.floor(ids.length / 2)] ?? ''
  return { line: id, firstLine: id, quote: `const value${Number(id.slice(1)) - 1} =` }
}

function aMemoryCache(): ResponseCache & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>()
  return {
    entries,
    get: async (key) => entries.get(key),
    set: async (key, value) => {
      entries.set(key, value)
    },
  }
}

describe('without a model', () => {
  it('runs the deterministic reviewers and says that no model took part', async () => {
    const result = await aPipeline({ reviewers: [aReviewer([aCandidate()])] }).run(
      aReviewRequest([order]),
      aRun(),
    )
    expect(result.findings).toMatchObject([{ line: 2, title: 'Quantity is ignored', reviewer: 'patterns' }])
    expect(result.findings[0]?.identity).toMatch(/^[0-9a-f]{64}$/)
    expect(result.provenance).toMatchObject({
      model: null,
      modelHash: null,
      reviewers: ['patterns'],
      serverVersion: '1.2.3',
    })
    expect(result.complete).toBe(true)
    expect(result.usage.modelCalls).toBe(0)
  })

  it('never calls a change reviewed that nobody looked at', async () => {
    const result = await aPipeline().run(aReviewRequest([order]), aRun())
    expect(result.complete).toBe(false)
    expect(result.coverage).toEqual([
      { path: 'src/app.ts', hunks: 1, reviewedHunks: 0, reason: 'engine-failed' },
    ])
  })

  it('keeps the findings of the others when one reviewer fails', async () => {
    const failing: Reviewer = { name: 'secrets', review: () => Promise.reject(new Error('broken')) }
    const result = await aPipeline({ reviewers: [failing, aReviewer([aCandidate()])] }).run(
      aReviewRequest([order]),
      aRun(),
    )
    expect(result.findings).toHaveLength(1)
    expect(result.complete).toBe(false)
    expect(result.notices.map((notice) => notice.code)).toEqual(['reviewer-failed'])
  })

  it('cuts off a reviewer that ignores the deadline', async () => {
    const stuck: Reviewer = { name: 'secrets', review: () => new Promise(() => {}) }
    const run = aRun({ deadline: Date.now() + 500 })
    const result = await aPipeline({ reviewers: [stuck, aReviewer([aCandidate()])] }).run(
      aReviewRequest([order]),
      run,
    )
    expect(result.findings).toHaveLength(1)
    expect(result.coverage).toEqual([{ path: 'src/app.ts', hunks: 1, reviewedHunks: 0, reason: 'deadline' }])
  })

  it('drops and counts what stands outside the diff or does not fit the wire', async () => {
    const candidates = [
      aCandidate({ line: 99 }),
      aCandidate({ path: 'src/elsewhere.ts' }),
      aCandidate({ confidence: 7 }),
      aCandidate({ title: 'x'.repeat(121) }),
      aCandidate(),
    ]
    const result = await aPipeline({ reviewers: [aReviewer(candidates)] }).run(
      aReviewRequest([order]),
      aRun(),
    )
    expect(result.findings).toHaveLength(1)
    expect(result.discarded.invalid).toBe(4)
  })

  it('shows at most 300 findings, and tells how many it left out', async () => {
    const long = aChangedFile(Array.from({ length: 305 }, (_, line) => `+const value${line} = 1`))
    const candidates = Array.from({ length: 305 }, (_, line) => aCandidate({ line: line + 1 }))
    const result = await aPipeline({ reviewers: [aReviewer(candidates)] }).run(aReviewRequest([long]), aRun())
    expect(result.findings).toHaveLength(300)
    expect(result.notices).toMatchObject([
      { code: 'too-many-findings', message: expect.stringMatching(/^5 findings/) },
    ])
  })

  it('counts a reviewer that tells no progress as done when it ends', async () => {
    const bars: { done: number; total: number }[] = []
    await aPipeline({ reviewers: [aReviewer([])] }).run(
      aReviewRequest([order]),
      aRun({ onProgress: ({ stage, done, total }) => stage === 'review' && bars.push({ done, total }) }),
    )
    expect(bars.at(-1)).toEqual({ done: 1, total: 1 })
  })

  it('shrinks a range over two hunks that touch', async () => {
    const touching = { ...order, hunks: [aHunk(['+one', '+two']), aHunk(['+three'], 3)] }
    const candidate = aCandidate({ startLine: 2, line: 3 })
    const result = await aPipeline({ reviewers: [aReviewer([candidate])] }).run(
      aReviewRequest([touching]),
      aRun(),
    )
    expect(result.findings).toMatchObject([{ line: 3 }])
    expect(result.findings[0]).not.toHaveProperty('startLine')
  })

  it('shrinks a range that leaves its hunk to its last line', async () => {
    const twoHunks = { ...order, hunks: [...order.hunks, aHunk(['+late'], 40)] }
    const candidate = aCandidate({ startLine: 3, line: 40, suggestion: 'x' })
    const result = await aPipeline({ reviewers: [aReviewer([candidate])] }).run(
      aReviewRequest([twoHunks]),
      aRun(),
    )
    expect(result.findings).toMatchObject([{ line: 40 }])
    expect(result.findings[0]).not.toHaveProperty('startLine')
    expect(result.findings[0]).not.toHaveProperty('suggestion')
  })
})

describe('with a model', () => {
  it('turns an answer into a finding on the line it names', async () => {
    const engine = reviewing(() => answerWith(anAnsweredFinding()))
    const result = await aPipeline({ engine }).run(aReviewRequest([order]), aRun())
    expect(result.findings).toMatchObject([
      {
        path: 'src/app.ts',
        side: 'RIGHT',
        line: 2,
        severity: 'high',
        category: 'bug',
        confidence: 0.9,
        reviewer: 'model',
      },
    ])
    expect(result.complete).toBe(true)
    expect(result.provenance).toMatchObject({ model: 'scripted', reviewers: ['model'], promptVersion: '2' })
    expect(result.usage).toMatchObject({ batches: 1, modelCalls: 2, promptTokens: 200, cachedBatches: 0 })
  })

  it('offers no replacement for a line that the model did not see whole', async () => {
    const long = aChangedFile([`+const data = '${'x'.repeat(3000)}'`, '+const total = price'])
    const answered = (line: string, quote: string) =>
      anAnsweredFinding({ line, firstLine: line, quote, fix: 'replace', replacement: 'const data = load()' })
    const engine = reviewing(() =>
      answerWith(answered('A1', 'const data'), answered('A2', 'const total = price')),
    )
    const { findings } = await aPipeline({ engine }).run(aReviewRequest([long]), aRun())
    const offered = findings.map(({ line, suggestion }) => [line, suggestion]).sort()
    expect(offered).toEqual([
      [1, undefined],
      [2, 'const data = load()'],
    ])
  })

  it('lets the quote decide when it contradicts the id', async () => {
    const engine = reviewing(() =>
      answerWith(anAnsweredFinding({ line: 'A1', firstLine: 'A1', quote: '+  return total' })),
    )
    const result = await aPipeline({ engine }).run(aReviewRequest([order]), aRun())
    expect(result.findings).toMatchObject([{ line: 3 }])
  })

  it('drops and counts a finding whose quote is nowhere', async () => {
    const engine = reviewing(() => answerWith(anAnsweredFinding({ quote: 'launchRockets()' })))
    const result = await aPipeline({ engine }).run(aReviewRequest([order]), aRun())
    expect(result.findings).toEqual([])
    expect(result.discarded.invalid).toBe(1)
    expect(result.complete).toBe(true)
  })

  it('removes and counts what the second look disproves', async () => {
    const engine = createScriptedEngine((request) =>
      asksForVerdict(request) ? verdictOf('wrong') : answerWith(anAnsweredFinding()),
    )
    const result = await aPipeline({ engine }).run(aReviewRequest([order]), aRun())
    expect(result.findings).toEqual([])
    expect(result.discarded.disproved).toBe(1)
  })

  it('lowers the confidence of what could not be checked, and says so', async () => {
    const engine = createScriptedEngine((request) =>
      asksForVerdict(request) ? 'I would rather not.' : answerWith(anAnsweredFinding()),
    )
    const result = await aPipeline({ engine }).run(aReviewRequest([order]), aRun())
    expect(result.findings[0]?.confidence).toBeLessThan(0.6)
    expect(result.notices.map((notice) => notice.code)).toEqual(['not-verified'])
  })

  it('keeps time for the second look when reading takes all it gets', async () => {
    const files = [
      order,
      aChangedFile(
        Array.from({ length: 120 }, (_, line) => `+const x${line} = 1`),
        { path: 'b.ts' },
      ),
    ]
    const engine = createScriptedEngine((request) =>
      asksForVerdict(request) ? verdictOf('wrong') : answerWith(anAnsweredFinding()),
    )
    const slow = {
      ...engine,
      complete: (request: CompletionRequest) =>
        asksForVerdict(request) || lineIdsOf(request).length < 100
          ? engine.complete(request)
          : new Promise<never>(() => {}),
    }
    const run = aRun({ deadline: Date.now() + 6_000 })
    const result = await aPipeline({ engine: slow }).run(aReviewRequest(files), run)
    expect(result.coverage).toMatchObject([{ reviewedHunks: 1 }, { reviewedHunks: 0, reason: 'deadline' }])
    expect(result.discarded.disproved).toBe(1)
  })

  it('shows the second look fewer lines where more do not fit', async () => {
    const lines = Array.from({ length: 81 }, (_, line) => `+const value${line} = '${'x'.repeat(60)}'`)
    const engine = createScriptedEngine(
      (request) =>
        asksForVerdict(request)
          ? verdictOf('real')
          : answerWith(anAnsweredFinding(middleOf(lineIdsOf(request)))),
      { contextTokens: 2_200 },
    )
    const result = await aPipeline({ engine }).run(aReviewRequest([aChangedFile(lines)]), aRun())
    expect(engine.asked.some(asksForVerdict)).toBe(true)
    expect(result.notices).toEqual([])
  })

  it('reads no more findings of an answer than it asked for', async () => {
    const flood = Array.from({ length: 40 }, (_, index) => anAnsweredFinding({ title: `Title ${index}` }))
    const engine = reviewing(() => answerWith(...flood))
    const { findings, discarded } = await aPipeline({ engine }).run(aReviewRequest([order]), aRun())
    expect(findings).toHaveLength(1)
    expect(discarded).toMatchObject({ duplicate: 4, invalid: 35 })
  })

  it('asks no second time in a quick review', async () => {
    const engine = reviewing(() => answerWith(anAnsweredFinding()))
    await aPipeline({ engine }).run(aReviewRequest([order]), aRun({ effort: 'quick' }))
    expect(engine.asked.some(asksForVerdict)).toBe(false)
  })

  it('merges what the model and a rule both found, and is surer of it', async () => {
    const engine = reviewing(() => answerWith(anAnsweredFinding({ confidence: 'likely' })))
    const result = await aPipeline({ engine, reviewers: [aReviewer([aCandidate({ confidence: 0.5 })])] }).run(
      aReviewRequest([order]),
      aRun(),
    )
    expect(result.findings).toHaveLength(1)
    expect(result.findings[0]?.confidence).toBeCloseTo(0.85)
    expect(result.findings[0]?.evidence).toEqual([{ kind: 'rule', reference: 'unused-parameter' }])
    expect(result.discarded.duplicate).toBe(1)
  })

  it.each([
    [
      'a refusal',
      { text: '', finish: 'refusal', usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 0 } },
      'refused',
    ],
    ['prose', 'This change looks fine to me.', 'invalid-answer'],
    ['an empty answer', '', 'invalid-answer'],
    ['an empty object', '{}', 'invalid-answer'],
    ['null', 'null', 'invalid-answer'],
    ['an HTML page', '<html><body>busy</body></html>', 'invalid-answer'],
    ['a foreign line', answerWith(anAnsweredFinding({ line: 'Z99' })), 'invalid-answer'],
    ['an unknown severity', answerWith(anAnsweredFinding({ severity: 'apocalyptic' })), 'invalid-answer'],
    ['a request of the wrong form', new EngineError('rejected', 'no'), 'engine-failed'],
    ['an error of its own', new EngineError('unavailable', 'later'), 'engine-failed'],
  ] satisfies [string, Scripted, string][])(
    'calls a file not reviewed when the engine answers with %s',
    async (_, answer, reason) => {
      const engine = reviewing(() => answer)
      const result = await aPipeline({ engine, reviewers: [aReviewer([])] }).run(
        aReviewRequest([order]),
        aRun(),
      )
      expect(result.complete).toBe(false)
      expect(result.coverage).toEqual([{ path: 'src/app.ts', hunks: 1, reviewedHunks: 0, reason }])
      expect(result.findings).toEqual([])
    },
  )

  it('asks again after a crash, once', async () => {
    const engine = reviewing((_, call) =>
      call === 1 ? new EngineError('crashed', 'gone') : answerWith(anAnsweredFinding()),
    )
    const result = await aPipeline({ engine }).run(aReviewRequest([order]), aRun())
    expect(result.complete).toBe(true)
    expect(result.findings).toHaveLength(1)
  })

  it('stops asking an engine that keeps failing', async () => {
    const files = Array.from({ length: 12 }, (_, index) =>
      aChangedFile(
        Array.from({ length: 100 }, (__, line) => `+const value${line} = ${index}`),
        { path: `src/${index}.ts` },
      ),
    )
    const engine = reviewing(() => new EngineError('rejected', 'no'), 1)
    const result = await aPipeline({ engine }).run(aReviewRequest(files), aRun())
    expect(engine.asked).toHaveLength(3)
    expect(result.coverage.every((file) => file.reason === 'engine-failed')).toBe(true)
  })

  it('reads an answer that was cut off again in halves', async () => {
    const cut: Scripted = {
      text: '{"findings":[{"quo',
      finish: 'length',
      usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 9 },
    }
    const engine = reviewing((ids) => (ids.length > 3 ? cut : answerWith()))
    const result = await aPipeline({ engine }).run(aReviewRequest([order]), aRun())
    expect(engine.asked.map((request) => lineIdsOf(request).length)).toEqual([5, 3, 2])
    expect(result.complete).toBe(true)
  })

  it('gives up on a part whose halves are cut off as well', async () => {
    const cut: Scripted = {
      text: '{"findings":[',
      finish: 'length',
      usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 9 },
    }
    const result = await aPipeline({ engine: reviewing(() => cut) }).run(
      aReviewRequest([order, other]),
      aRun(),
    )
    expect(result.complete).toBe(false)
    expect(new Set(result.coverage.map((file) => file.reason))).toEqual(new Set(['invalid-answer']))
  })

  it('halves a prompt that the engine finds too long, down to the line', async () => {
    const engine = reviewing((ids) =>
      ids.length > 1 ? new EngineError('context-overflow', 'long') : answerWith(),
    )
    const result = await aPipeline({ engine }).run(aReviewRequest([order]), aRun())
    expect(result.complete).toBe(true)
  })

  it('takes an answer from the cache when everything that determines it is the same', async () => {
    const cache = aMemoryCache()
    const engine = reviewing(() => answerWith(anAnsweredFinding()))
    const first = await aPipeline({ engine, cache }).run(aReviewRequest([order]), aRun())
    const again = await aPipeline({ engine, cache }).run(aReviewRequest([order]), aRun())
    expect(again.findings).toEqual(first.findings)
    expect(again.usage).toMatchObject({ modelCalls: 0, cachedBatches: 1 })
    const otherModel = createScriptedEngine(() => answerWith(), { modelHash: 'e'.repeat(64) })
    const third = await aPipeline({ engine: otherModel, cache }).run(aReviewRequest([order]), aRun())
    expect(third.usage.modelCalls).toBe(1)
  })

  it('checks a cached answer like any other, and asks when it is spoilt', async () => {
    const cache = aMemoryCache()
    const engine = reviewing(() => answerWith(anAnsweredFinding()))
    await aPipeline({ engine, cache }).run(aReviewRequest([order]), aRun())
    for (const key of cache.entries.keys()) cache.entries.set(key, 'spoilt')
    const again = await aPipeline({ engine, cache }).run(aReviewRequest([order]), aRun())
    expect(again.usage.modelCalls).toBe(2)
    expect(again.findings).toHaveLength(1)
  })

  it('goes on when the cache is broken', async () => {
    const cache: ResponseCache = {
      get: () => Promise.reject(new Error('down')),
      set: () => Promise.reject(new Error('down')),
    }
    const engine = reviewing(() => answerWith(anAnsweredFinding()))
    const result = await aPipeline({ engine, cache }).run(aReviewRequest([order]), aRun())
    expect(result.complete).toBe(true)
  })

  it.each([
    ['that is broken', 'prose'],
    ['that names a foreign line', answerWith(anAnsweredFinding({ line: 'Z99' }))],
  ])('never keeps an answer %s', async (_, text) => {
    const cache = aMemoryCache()
    await aPipeline({ engine: reviewing(() => text), cache }).run(aReviewRequest([order]), aRun())
    expect(cache.entries.size).toBe(0)
  })

  it('hands in what it has at the deadline and names the rest', async () => {
    const files = Array.from({ length: 24 }, (_, index) =>
      aChangedFile(
        Array.from({ length: 110 }, (__, line) => `+const value${line} = ${index}`),
        { path: `src/${index}.ts` },
      ),
    )
    const engine = createScriptedEngine(() => answerWith(), { parallel: 1, delayMs: 250 })
    const started = Date.now()
    const run = aRun({ effort: 'quick', deadline: started + 3_000 })
    const result = await aPipeline({ engine }).run(aReviewRequest(files), run)
    expect(result.complete).toBe(false)
    expect(result.coverage.some((file) => file.reviewedHunks === file.hunks)).toBe(true)
    expect(result.coverage.some((file) => file.reason === 'deadline')).toBe(true)
    expect(Date.now()).toBeLessThan(started + 10_000)
  })

  it('stops when the caller leaves, and says so', async () => {
    const controller = new AbortController()
    const engine = createScriptedEngine(() => answerWith(), { delayMs: 20_000 })
    const pending = aPipeline({ engine }).run(aReviewRequest([order]), aRun({ signal: controller.signal }))
    setTimeout(() => controller.abort(), 50)
    const result = await pending
    expect(result.coverage).toMatchObject([{ reviewedHunks: 0, reason: 'cancelled' }])
  })

  it('says that a context is too small for any question', async () => {
    const engine = createScriptedEngine(() => answerWith(), { contextTokens: 300 })
    const result = await aPipeline({ engine }).run(aReviewRequest([order]), aRun())
    expect(result.notices.map((notice) => notice.code)).toEqual(['context-too-small'])
    expect(result.coverage).toMatchObject([{ reviewedHunks: 0, reason: 'too-large' }])
    expect(engine.asked).toEqual([])
  })

  it('does not claim to have read a changed line that was too long to show', async () => {
    const long = aChangedFile([`+const data = "${'x'.repeat(5000)}"`])
    const result = await aPipeline({ engine: reviewing(() => answerWith()) }).run(
      aReviewRequest([long]),
      aRun(),
    )
    expect(result.coverage).toMatchObject([{ reviewedHunks: 0, reason: 'too-large' }])
  })

  it('reads every batch twice in a deep review', async () => {
    const engine = reviewing(() => answerWith())
    const result = await aPipeline({ engine }).run(aReviewRequest([order]), aRun({ effort: 'deep' }))
    expect(engine.asked).toHaveLength(2)
    expect(result.usage.batches).toBe(2)
  })

  it('tells each stage as it comes', async () => {
    const stages: string[] = []
    const engine = reviewing(() => answerWith(anAnsweredFinding()))
    await aPipeline({ engine }).run(
      aReviewRequest([order]),
      aRun({ onProgress: ({ stage }) => stages.push(stage) }),
    )
    expect([...new Set(stages)]).toEqual(['plan', 'review', 'verify', 'rank'])
  })
})
