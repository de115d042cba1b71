import { EngineError, type Message } from '../../engine/engine.ts'
import { type ProbedEngine, probeCaller } from './ask-probe.ts'
import { probePrompts } from './probe-prompts.ts'

/** A completion that the trainer measured with the adapter: the sum of logarithms over its tokens, and how many. */
export interface ProbeCase {
  readonly messages: readonly Message[]
  readonly completion: string
  readonly tokens: number
  readonly logProbability: number
}

export interface Probe {
  readonly engine: ProbedEngine
  /** Name of an adapter that is loaded. */
  readonly adapter: string
  /** At most {@link casesMax} of them are asked; none: the likelihood is not compared. */
  readonly cases: readonly ProbeCase[]
  /** How far the likelihood may be from what the trainer measured, in natural logarithms per token; default 0.25. */
  readonly tolerance?: number
  readonly signal: AbortSignal
}

interface ProbeReport {
  /** It changes what the model says. */
  readonly isLive: boolean
  /** It says the same twice. */
  readonly isDeterministic: boolean
  /** Between adapter and base model, per token of fixed texts; null where the engine tells no probabilities. */
  readonly meanAbsDelta: number | null
  /** Of the engine above what the trainer measured, per token; null where that cannot be compared. */
  readonly likelihoodGap: number | null
  readonly passed: boolean
  /** A sentence for people, without a word of a model. */
  readonly reason: string
}

export const casesMax = 16
const defaultTolerance = 0.25
/** What a live adapter changes at least, per token: the rounding of an engine that batches otherwise makes 0.005. */
const leastDelta = 0.01
/** How far above an engine's own noise a change must stand out, and how much of noise two runs may show. */
const noiseFactor = 3
const steadyDelta = 0.01
/** Of the greedy answers to the fixed prompts this many may differ: what else an engine computes moves roundings. */
const differingMax = 1

/**
 * Asks an adapter that was just loaded whether it is there, speaks steadily and in form, and is the one that was
 * trained: engines are known to load adapters without effect, or to apply them wrongly, and to say nothing. Throws
 * the EngineErrors `unavailable` and `aborted`: then nothing is known of it.
 */
export async function probeAdapter(probe: Probe): Promise<ProbeReport> {
  try {
    const change = (await measureChange(probe)) ?? (await compareAnswers(probe))
    const likelihoodGap = await measureGap(probe)
    const invalid = await countInvalid(probe)
    const { tolerance = defaultTolerance } = probe
    const failure = failureOf({ ...change, likelihoodGap, invalid, tolerance })
    return {
      isLive: change.isLive,
      isDeterministic: change.isDeterministic,
      meanAbsDelta: change.meanAbsDelta,
      likelihoodGap,
      passed: failure === null,
      reason: failure ?? praise(change.meanAbsDelta, likelihoodGap),
    }
  } catch (error) {
    return unaskable(error)
  }
}

interface Change {
  readonly isFinite: boolean
  readonly isLive: boolean
  readonly isDeterministic: boolean
  readonly meanAbsDelta: number | null
}

/** By the probabilities of fixed texts; null where the engine tells none. */
async function measureChange({ engine, adapter, signal }: Probe): Promise<Change | null> {
  const base = await scoreTwice(probeCaller({ engine, signal }))
  const adapted = await scoreTwice(probeCaller({ engine, adapter, signal }))
  if (base === null || adapted === null) return null
  const noise = meanDistance(base.first, base.second)
  const meanAbsDelta = meanDistance(base.first, adapted.first)
  const unsteadiness = meanDistance(adapted.first, adapted.second)
  return {
    isFinite: [noise, meanAbsDelta, unsteadiness].every(Number.isFinite),
    isLive: meanAbsDelta > Math.max(leastDelta, noiseFactor * noise),
    isDeterministic: unsteadiness <= Math.max(steadyDelta, noiseFactor * noise),
    meanAbsDelta: Number.isFinite(meanAbsDelta) ? meanAbsDelta : null,
  }
}

type Caller = ReturnType<typeof probeCaller>

async function scoreTwice(caller: Caller): Promise<{ first: number[]; second: number[] } | null> {
  const first: number[] = []
  const second: number[] = []
  for (const { messages, remark } of probePrompts) {
    for (const run of [first, second]) {
      const scores = await caller.score({ messages, completion: remark })
      if (scores === null) return null
      run.push(...scores)
    }
  }
  return { first, second }
}

/** NaN where the runs have not the same tokens: then they cannot be compared. */
function meanDistance(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length || one.length === 0) return Number.NaN
  return (
    one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? Number.NaN)), 0) / one.length
  )
}

async function compareAnswers({ engine, adapter, signal }: Probe): Promise<Change> {
  const base = probeCaller({ engine, signal })
  const adapted = probeCaller({ engine, adapter, signal })
  let changed = 0
  let unsteady = 0
  for (const { messages } of probePrompts) {
    const { text } = await adapted.answer(messages)
    if ((await base.answer(messages)).text !== text) changed++
    if ((await adapted.answer(messages)).text !== text) unsteady++
  }
  return {
    isFinite: true,
    isLive: changed > differingMax,
    isDeterministic: unsteady <= differingMax,
    meanAbsDelta: null,
  }
}

async function measureGap({ engine, adapter, cases, signal }: Probe): Promise<number | null> {
  const caller = probeCaller({ engine, adapter, signal })
  let [tokens, sum, recordedTokens, recorded] = [0, 0, 0, 0]
  for (const one of spread(cases)) {
    const scores = await caller.score(one).catch(nullWhereTooLong)
    if (scores === null || scores.length === 0) continue
    tokens += scores.length
    sum += scores.reduce((total, value) => total + value, 0)
    recordedTokens += one.tokens
    recorded += one.logProbability
  }
  return tokens === 0 ? null : sum / tokens - recorded / recordedTokens
}

function spread(cases: readonly ProbeCase[]): readonly ProbeCase[] {
  const step = Math.max(1, cases.length / casesMax)
  return cases.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
}

function nullWhereTooLong(error: unknown): null {
  if (error instanceof EngineError && error.code === 'context-overflow') return null
  throw error
}

async function countInvalid({ engine, adapter, signal }: Probe): Promise<number> {
  const caller = probeCaller({ engine, adapter, signal })
  let invalid = 0
  for (const { messages } of probePrompts) if (!(await caller.answer(messages)).isValid) invalid++
  return invalid
}

interface Measured extends Change {
  readonly likelihoodGap: number | null
  readonly invalid: number
  readonly tolerance: number
}

function failureOf(measured: Measured): string | null {
  const { likelihoodGap: gap, tolerance } = measured
  if (!measured.isFinite || (gap !== null && !Number.isFinite(gap))) {
    return 'The adapter makes the model answer with what is no number.'
  }
  if (!measured.isLive) return 'The engine loaded the adapter, but it changes nothing.'
  if (!measured.isDeterministic) return 'The adapter answers differently each time it is asked the same.'
  if (measured.invalid > 0) {
    return `The adapter answered ${measured.invalid} of ${probePrompts.length} fixed questions out of form.`
  }
  if (gap !== null && Math.abs(gap) > tolerance) {
    return `The held-out comments are ${gap.toFixed(2)} per token as likely as the trainer measured, beyond ${tolerance}: the engine serves another model, or applies the adapter wrongly.`
  }
  return null
}

function praise(delta: number | null, gap: number | null): string {
  if (delta === null) {
    return 'Its answers differ from those of the base model; the engine tells no probabilities to compare.'
  }
  const likelihood =
    gap === null
      ? 'its likelihoods were not compared'
      : `its likelihoods are ${gap.toFixed(3)} off the trainer's`
  return `It changes the model by ${delta.toFixed(3)} per token; ${likelihood}.`
}

/** An adapter that the engine refuses or dies of has failed; an engine that cannot be asked has told nothing. */
function unaskable(error: unknown): ProbeReport {
  if (!(error instanceof EngineError) || error.code === 'unavailable' || error.code === 'aborted') throw error
  const reason =
    error.code === 'crashed'
      ? 'The engine crashed twice while the adapter was asked.'
      : 'The engine refused to answer with the adapter.'
  return {
    isLive: false,
    isDeterministic: false,
    meanAbsDelta: null,
    likelihoodGap: null,
    passed: false,
    reason,
  }
}
