import type { GateMeasure, GateReport } from '@ai-review/protocol/persona'
import { createCopyFinder } from '../copied-spans.ts'
import { learnAttribution } from './attribution.ts'
import { bootstrap, type Interval } from './bootstrap.ts'
import type { GateInput, GateLikelihood } from './gate-contract.ts'
import {
  agreement,
  attributionMeasure,
  countCopied,
  countInsults,
  issueMeasure,
  location,
  type Side,
  silence,
  validity,
  withoutApprovals,
  withoutBaseless,
} from './measures.ts'

/** Held-out comments, and silences, below which nothing can be said about an adapter. */
export const fewestCases = 10
/** Pull requests with held-out comments below which all of them can turn out well by chance: one in 64 times with six. */
const fewestPullRequests = 6
/** A difference below it counts as a loss whatever its interval: few cases make wide ones. */
const margins = {
  attribution: 0.1,
  agreement: 0.05,
  silence: 0.05,
  location: 0.05,
  issue: 0.03,
  validity: 0.01,
  likelihood: 0,
}
type Name = keyof typeof margins

/**
 * What an adapter must improve: what it says. Likelihood alone would reward one that changes nothing that is said, and the
 * right places alone one that says nothing there.
 */
const gains: readonly string[] = ['attribution', 'issue'] satisfies readonly Name[]

/** Share of answers in the form that was asked for below which an adapter is broken, whatever the base model does. */
const leastValidity = 0.95

const round = (value: number): number => Math.round(value * 1e4) / 1e4

function verdictOf(name: Name, { value, low, high }: Interval): GateMeasure['verdict'] {
  if (high < 0 || value < -margins[name]) return 'loss'
  return low > 0 ? 'gain' : 'same'
}

function notMeasured(name: string): GateMeasure {
  return { name, base: null, adapter: null, difference: null, low: null, high: null, verdict: 'not-measured' }
}

/** A figure of both sides over the same items, and their difference redrawn by pull request. */
function compare<Item extends { readonly pullRequest: number }>(
  name: Name,
  items: readonly Item[],
  figure: (items: readonly Item[], side: Side) => number | null,
): GateMeasure {
  const [base, adapter] = [figure(items, 'base'), figure(items, 'adapter')]
  if (base === null || adapter === null) return notMeasured(name)
  const difference = bootstrap(
    items,
    ({ pullRequest }) => pullRequest,
    (drawn) => {
      const [ofBase, ofAdapter] = [figure(drawn, 'base'), figure(drawn, 'adapter')]
      // A draw on which a side said nothing tells of no difference: left out, the few that are left would look certain.
      return ofBase === null || ofAdapter === null ? 0 : ofAdapter - ofBase
    },
  )
  return {
    name,
    base: round(base),
    adapter: round(adapter),
    difference: round(difference.value),
    low: round(difference.low),
    high: round(difference.high),
    verdict: verdictOf(name, difference),
  }
}

/** Mean logarithm of the probability of a token of what the person really wrote. */
function likelihood({ likelihoods }: GateInput): GateMeasure {
  const isUsable = ({ tokens, base, adapter }: GateLikelihood) =>
    tokens > 0 && Number.isFinite(base) && Number.isFinite(adapter)
  if (likelihoods.length === 0) return notMeasured('likelihood')
  // A likelihood that is no number comes of broken weights, and must not pass for one that was not measured.
  if (!likelihoods.every(isUsable)) return { ...notMeasured('likelihood'), verdict: 'loss' }
  return compare('likelihood', likelihoods, (rows, side) => {
    const tokens = rows.reduce((sum, row) => sum + row.tokens, 0)
    return tokens === 0 ? null : rows.reduce((sum, row) => sum + row[side], 0) / tokens
  })
}

function form({ cases }: GateInput): GateMeasure {
  const measure = compare('validity', cases, validity)
  return (measure.adapter ?? 1) < leastValidity ? { ...measure, verdict: 'loss' } : measure
}

/** Remarks of which the adapter may make none. */
function none(name: string, count: (side: Side) => number): GateMeasure {
  const [base, adapter] = [count('base'), count('adapter')]
  const verdict = adapter === 0 ? 'same' : 'loss'
  return { name, base, adapter, difference: adapter - base, low: null, high: null, verdict }
}

const words: Readonly<Record<string, string>> = {
  attribution: 'sounds more like the person',
  agreement: 'speaks and keeps silent where the person does',
  silence: 'keeps silent where the person kept silent',
  location: 'remarks on the lines that the person remarks on',
  issue: 'speaks of what the person speaks of',
  validity: 'answers in the form that is asked for',
  likelihood: 'finds what the person really wrote more likely',
  copied: 'does not repeat past comments word for word',
  insults: 'insults nobody',
}

function reasonsOf(measures: readonly GateMeasure[], enough: boolean): string[] {
  if (!enough) {
    return [
      `There are fewer than ${fewestCases} held-out comments or silences to judge by, or fewer than ${fewestPullRequests} pull requests with comments.`,
    ]
  }
  const lost = measures.filter(({ verdict }) => verdict === 'loss')
  const gained = measures.filter(({ verdict, name }) => verdict === 'gain' && gains.includes(name))
  if (lost.length > 0)
    return lost.map(({ name }) => `It is worse than the base model at this: ${words[name]}.`)
  if (gained.length === 0) {
    return [
      'It changes nothing for the better that is more than chance, so the base model with past comments stays.',
    ]
  }
  return gained.map(({ name }) => `It is better than the base model at this: ${words[name]}.`)
}

/**
 * Whether an adapter may go live: on the person's later, unseen comments it must lose nothing against the base model with
 * retrieval, and gain in how it behaves by more than chance. `loss`: the 95 % interval of the difference lies below 0, or
 * the difference below a margin; `gain`: the interval lies above 0.
 */
export async function judgeAdapter(input: GateInput): Promise<GateReport> {
  // How a side sounds is told by all that it says; whether it should have spoken, by what would be posted.
  const said = withoutApprovals(input.cases)
  const cases = withoutBaseless(said)
  const attribution = await learnAttribution(input.own, input.others)
  const copies = await createCopyFinder(input.own)
  const measures = [
    attribution === null
      ? notMeasured('attribution')
      : compare('attribution', said, attributionMeasure(attribution, said)),
    compare('agreement', cases, agreement),
    compare('silence', cases, silence),
    likelihood(input),
    compare('location', cases, location),
    compare('issue', cases, issueMeasure(cases)),
    form(input),
    none('copied', (side) => countCopied(input, side, copies)),
    none('insults', (side) => countInsults(input, side)),
  ]
  const spoken = cases.filter(({ truth }) => truth !== null)
  const enough =
    Math.min(spoken.length, cases.length - spoken.length) >= fewestCases &&
    new Set(spoken.map(({ pullRequest }) => pullRequest)).size >= fewestPullRequests
  const isPassed =
    enough &&
    measures.every(({ verdict }) => verdict !== 'loss') &&
    measures.some(({ verdict, name }) => verdict === 'gain' && gains.includes(name))
  return { isPassed, reasons: reasonsOf(measures, enough), measures, cases: cases.length }
}
