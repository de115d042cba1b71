import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Engine, EngineError } from '../../../../runner/model-server/src/engine/engine.ts'
import type { LlamaEngine } from '../../../../runner/model-server/src/engine/llama/llama-engine.ts'
import {
  casesMax,
  type Probe,
  type ProbeCase,
  probeAdapter,
} from '../../../../runner/model-server/src/personas/probe/probe-adapter.ts'
import { type TinyAdapter, writeTinyAdapter } from '../../../support/tiny-model/tiny-adapter.ts'
import { aCall, longText, startTinyEngine } from '../../../support/tiny-model/tiny-engine.ts'

const { signal } = new AbortController()
const adapters: Readonly<Record<string, TinyAdapter>> = {
  good: { seed: 1 },
  dead: { seed: 1, strength: 0 },
  noise: { seed: 7, strength: 3 },
}

let engine: LlamaEngine
let directory: string
let cases: readonly ProbeCase[]
beforeAll(async () => {
  engine = await startTinyEngine()
  directory = await mkdtemp(join(tmpdir(), 'probe-'))
  for (const [name, adapter] of Object.entries(adapters)) {
    await engine.adapters.load(await writeTinyAdapter(directory, adapter, name))
  }
  cases = await recordedCases(6)
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

/** What a trainer of the good adapter would have measured. */
async function recordedCases(count: number): Promise<ProbeCase[]> {
  const recorded: ProbeCase[] = []
  for (let index = 0; index < count; index++) {
    const { messages } = aCall({ text: `value${index} = list[${index}]` })
    const { text: completion } = await engine.complete(aCall({ adapter: 'good', text: `value${index}` }))
    const scores = (await engine.score?.({ messages, completion, adapter: 'good', signal })) ?? []
    const logProbability = scores.reduce((sum, value) => sum + value, 0)
    recorded.push({ messages, completion, tokens: scores.length, logProbability })
  }
  return recorded
}

const probe = (adapter: string, more: Partial<Probe> = {}) =>
  probeAdapter({ engine, adapter, cases, signal, ...more })

/** The engine without its probabilities. */
const mute = (): Probe['engine'] => ({ complete: engine.complete })

/** The engine with other scores for the adapter. */
const scoring = (change: (value: number, call: number) => number): Probe['engine'] => {
  let calls = 0
  return {
    complete: engine.complete,
    async score(request) {
      calls++
      const scores = (await engine.score?.(request)) ?? []
      return request.adapter === undefined ? scores : scores.map((value) => change(value, calls))
    },
  }
}

describe('a probe', () => {
  it('passes the adapter that was trained', async () => {
    const report = await probe('good')
    expect(report).toMatchObject({ isLive: true, isDeterministic: true, passed: true })
    expect(report.meanAbsDelta).toBeGreaterThan(0.1)
    expect(report.likelihoodGap).toBeCloseTo(0, 3)
  })

  it('finds an adapter dead that changes nothing', async () => {
    expect(await probe('dead')).toMatchObject({
      isLive: false,
      passed: false,
      meanAbsDelta: expect.closeTo(0, 1),
      reason: expect.stringContaining('changes nothing'),
    })
  })

  it('finds random noise to be another adapter than the one that was measured', async () => {
    const report = await probe('noise')
    expect(report).toMatchObject({ isLive: true, passed: false })
    expect(Math.abs(report.likelihoodGap ?? 0)).toBeGreaterThan(0.25)
  })

  it('finds the base model in place of the adapter by its likelihoods alone', async () => {
    const report = await probe('dead', { tolerance: 0.05 })
    expect(Math.abs(report.likelihoodGap ?? 0)).toBeGreaterThan(0.05)
  })

  it('goes without likelihoods where nothing was measured', async () => {
    expect(await probe('good', { cases: [] })).toMatchObject({ passed: true, likelihoodGap: null })
  })

  it('passes over cases that do not fit the context', async () => {
    const long = { ...(cases[0] as ProbeCase), completion: longText(5000) }
    expect((await probe('good', { cases: [long, ...cases] })).likelihoodGap).toBeCloseTo(0, 3)
    expect(await probe('good', { cases: [long] })).toMatchObject({ likelihoodGap: null, passed: true })
  })

  it('asks a bounded number of cases, from first to last', async () => {
    const asked = new Set<string>()
    const counting: Probe['engine'] = {
      complete: engine.complete,
      score: async (request) => {
        if (request.completion.startsWith('case')) asked.add(request.completion)
        return [-1]
      },
    }
    const many = Array.from({ length: 100 }, (_, index) => ({
      ...(cases[0] as ProbeCase),
      completion: `case ${index}`,
    }))
    await probe('good', { engine: counting, cases: many })
    expect(asked.size).toBeLessThanOrEqual(casesMax)
    expect(asked.size).toBeGreaterThan(casesMax / 2)
    expect(asked).toContain('case 0')
  })

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])('fails an adapter that answers %d', async (value) => {
    expect(await probe('good', { engine: scoring(() => value) })).toMatchObject({
      passed: false,
      meanAbsDelta: null,
      reason: expect.stringContaining('no number'),
    })
  })

  it('fails an adapter that answers something else each time', async () => {
    const drifting = scoring((value, call) => value - call)
    expect(await probe('good', { engine: drifting })).toMatchObject({ isDeterministic: false, passed: false })
  })

  it('fails an adapter whose answers are out of form', async () => {
    const complete: Engine['complete'] = async (request) => {
      const completion = await engine.complete(request)
      return request.adapter === undefined ? completion : { ...completion, text: '{"line":"L9","remark":""}' }
    }
    expect(await probe('good', { engine: { ...engine, complete } })).toMatchObject({
      passed: false,
      reason: expect.stringContaining('8 of 8'),
    })
  })

  it('takes an adapter that is not there for a failed one', async () => {
    expect(await probe('missing')).toMatchObject({ passed: false, isLive: false })
  })
})

describe('a probe of an engine that tells no probabilities', () => {
  it('goes by the answers and says so', async () => {
    expect(await probe('noise', { engine: mute() })).toMatchObject({
      isLive: true,
      isDeterministic: true,
      meanAbsDelta: null,
      likelihoodGap: null,
      passed: true,
      reason: expect.stringContaining('no probabilities'),
    })
  })

  it('still finds a dead adapter', async () => {
    expect(await probe('dead', { engine: mute() })).toMatchObject({ isLive: false, passed: false })
  })
})

describe('an engine that fails', () => {
  const failing = (errors: readonly EngineError[]): Probe['engine'] => {
    const left = [...errors]
    return {
      complete: engine.complete,
      score: async (request) => {
        const error = request.adapter === undefined ? undefined : left.shift()
        if (error !== undefined) throw error
        return (await engine.score?.(request)) ?? []
      },
    }
  }
  const crashed = new EngineError('crashed', 'It crashed.')

  it('once by a crash is asked again', async () => {
    expect(await probe('good', { engine: failing([crashed]) })).toMatchObject({ passed: true })
  })

  it('twice by a crash has been killed by the adapter', async () => {
    expect(await probe('good', { engine: failing([crashed, crashed]) })).toMatchObject({
      passed: false,
      reason: expect.stringContaining('crashed'),
    })
  })

  it.each(['unavailable', 'aborted'] as const)('by being %s tells nothing of the adapter', async (code) => {
    const error = new EngineError(code, 'Not now.')
    await expect(probe('good', { engine: failing([error]) })).rejects.toBe(error)
  })
})
