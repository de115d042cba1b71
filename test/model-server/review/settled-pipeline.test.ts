import type { Hunk } from '@ai-review/protocol/change'
import type { ReviewRequest } from '@ai-review/protocol/review'
import { describe, expect, test } from 'vitest'
import { keptName, ledgerName } from '../../../runner/model-server/src/review/earlier/settled-hunks.ts'
import { createPipeline, type PipelineParts } from '../../../runner/model-server/src/review/pipeline.ts'
import { noCache } from '../../../runner/model-server/src/review/pipeline-contract.ts'
import type { Candidate, Reviewer } from '../../../runner/model-server/src/review/reviewer.ts'
import { aChangedFile, aHunk, aReviewRequest, aRun } from '../../support/review-request.ts'
import { answerWith, createScriptedEngine, type Scripted } from '../../support/scripted-engine.ts'

const [first, second] = [aHunk(['+const first = 1']), aHunk(['+const second = 2'], 50)]
const third = aHunk(['+const third = 3'])
const request = aReviewRequest([
  aChangedFile([], { hunks: [first, second], headText: 'const first = 1\n' }),
  aChangedFile([], { path: 'src/other.ts', hunks: [third] }),
])

const namesOf = (...hunks: readonly Hunk[]) => hunks.map(ledgerName).sort()

interface Running extends Partial<PipelineParts> {
  readonly of?: ReviewRequest
  readonly settled?: readonly Hunk[]
  readonly deadline?: number
  readonly signal?: AbortSignal
}

function run({ of = request, settled = [], deadline, signal, ...parts }: Running) {
  const pipeline = createPipeline({
    engine: null,
    reviewers: [],
    cache: noCache,
    serverVersion: '1',
    ...parts,
  })
  const names = new Set(settled.map(ledgerName))
  const hunks = of.files.flatMap((file) => file.hunks).filter((hunk) => names.has(ledgerName(hunk)))
  const known = { settled: new Set(hunks), moved: new Map(), standing: new Map() }
  const limits = {
    ...(deadline === undefined ? {} : { deadline }),
    ...(signal === undefined ? {} : { signal }),
  }
  return pipeline.run(of, aRun({ effort: 'quick', known, ...limits }))
}

const silentEngine = (answer: (text: string) => Scripted = () => answerWith()) =>
  createScriptedEngine(({ messages }) => answer(messages.map(({ content }) => content).join('\n')))

function aReviewer(candidates: readonly Candidate[] = []): Reviewer {
  return { name: 'patterns', review: async () => ({ candidates, coverage: [], notices: [], invalid: 0 }) }
}

function aCandidate(overrides: Partial<Candidate> = {}): Candidate {
  const about = { category: 'bug', severity: 'high', confidence: 0.9, reviewer: 'patterns' } as const
  return {
    path: 'src/app.ts',
    side: 'RIGHT',
    line: 1,
    title: 'A',
    body: '',
    evidence: [],
    ...about,
    ...overrides,
  }
}

describe('settled hunks', () => {
  test('are not shown to the model again, and count as read', async () => {
    const engine = silentEngine()
    const result = await run({ engine, settled: [first, third] })
    const shown = engine.asked.flatMap(({ messages }) => messages.map(({ content }) => content)).join('\n')
    expect(shown).toContain('const second')
    expect(shown).not.toContain('const third')
    expect(result).toMatchObject({
      complete: true,
      coverage: [
        { path: 'src/app.ts', hunks: 2, reviewedHunks: 2 },
        { path: 'src/other.ts', hunks: 1, reviewedHunks: 1 },
      ],
      read: namesOf(first, second, third),
    })
  })

  test('cost no call where none is left, not even one that counts tokens', async () => {
    const engine = { ...silentEngine(), countTokens: () => Promise.reject(new Error('counted')) }
    const result = await run({ engine, settled: [first, second, third] })
    expect(engine.asked).toHaveLength(0)
    expect(result).toMatchObject({ complete: true, read: namesOf(first, second, third) })
    expect(result.usage.modelCalls).toBe(0)
  })

  test('are still looked at by the other reviewers', async () => {
    const result = await run({ reviewers: [aReviewer([aCandidate()])], settled: [first, second, third] })
    expect(result.findings).toMatchObject([{ line: 1, title: 'A' }])
  })

  test('count as read where the model cannot be asked, but not for a reviewer that failed', async () => {
    const engine = createScriptedEngine(() => answerWith(), { contextTokens: 10 })
    const tooSmall = await run({ engine, settled: [first] })
    expect(tooSmall.coverage[0]).toEqual({
      path: 'src/app.ts',
      hunks: 2,
      reviewedHunks: 1,
      reason: 'too-large',
    })
    expect(tooSmall).toMatchObject({ complete: false, read: namesOf(first) })
    const failing: Reviewer = { name: 'secrets', review: () => Promise.reject(new Error('broken')) }
    const failed = await run({ engine: silentEngine(), reviewers: [failing], settled: [first] })
    expect(failed.coverage[0]).toMatchObject({ hunks: 2, reviewedHunks: 0 })
  })
})

describe('what was read', () => {
  test('is every hunk that the model answered for, twins as often as they stand', async () => {
    const twins = aReviewRequest([aChangedFile([], { hunks: [first, { ...first, newStart: 90 }, second] })])
    const { read } = await run({ engine: silentEngine(), of: twins })
    expect(read).toEqual(namesOf(first, first, second))
  })

  test('is nothing without a model', async () => {
    expect((await run({ reviewers: [aReviewer()] })).read).toEqual([])
  })

  test('is not what the model gave no readable answer on, refused, or named a foreign line in', async () => {
    const foreign = { line: 'Z9', firstLine: 'Z9', quote: '', body: '', title: 'x' }
    const refused: Scripted = {
      text: '',
      finish: 'refusal',
      usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 0 },
    }
    for (const answer of ['no JSON', answerWith(foreign), refused]) {
      const engine = silentEngine((text) => (text.includes('const second') ? answer : answerWith()))
      const apart = aReviewRequest([
        aChangedFile([], { hunks: [first] }),
        aChangedFile([], {
          path: 'src/other.ts',
          hunks: [aHunk(['+const second = 2', ...Array.from({ length: 245 }, (_, at) => `+line ${at}`)])],
        }),
      ])
      const result = await run({ engine, of: apart })
      expect(result).toMatchObject({ complete: false, read: namesOf(first) })
    }
  })

  test('is not a hunk of which the model saw a line clipped', async () => {
    const long = aHunk([`+${'x'.repeat(5000)}`], 9)
    const result = await run({
      engine: silentEngine(),
      of: aReviewRequest([aChangedFile([], { hunks: [first, long] })]),
    })
    expect(result).toMatchObject({ complete: false, read: namesOf(first) })
  })

  test('is nothing when the deadline or a cancellation cuts the model off', async () => {
    const engine = createScriptedEngine(() => answerWith(), { delayMs: 60_000 })
    const late = await run({ engine, deadline: Date.now() + 500, settled: [third] })
    expect(late).toMatchObject({ complete: false, read: namesOf(third) })
    const cancelled = await run({ engine, signal: AbortSignal.abort(), settled: [third] })
    expect(cancelled).toMatchObject({ complete: false, read: namesOf(third) })
  })

  test('is not a hunk whose findings are more than can be shown', async () => {
    const long = aHunk(
      Array.from({ length: 305 }, (_, at) => `+const value${at} = 1`),
      100,
    )
    const candidates = Array.from({ length: 305 }, (_, at) => aCandidate({ line: 100 + at }))
    const of = aReviewRequest([aChangedFile([], { hunks: [first, long] })])
    const result = await run({ engine: silentEngine(), of, reviewers: [aReviewer(candidates)] })
    expect(result.findings).toHaveLength(300)
    expect(result.read).toEqual([keptName(long), ...namesOf(first)])
  })
})

test('a moved finding takes the identity under which it was said', async () => {
  const parts = { engine: null, reviewers: [aReviewer([aCandidate(), aCandidate({ line: 50 })])] }
  const plain = await createPipeline({ ...parts, cache: noCache, serverVersion: '1' }).run(request, aRun())
  const { flagged } = plain.findings[0]!
  const identity = 'e'.repeat(64)
  const moved = new Map([[JSON.stringify(['src/app.ts', 'bug', flagged]), identity]])
  const result = await createPipeline({ ...parts, cache: noCache, serverVersion: '1' }).run(
    request,
    aRun({ known: { settled: new Set(), moved, standing: new Map() } }),
  )
  expect(result.findings.map((one) => one.identity)).toEqual([identity, plain.findings[1]?.identity])
})
