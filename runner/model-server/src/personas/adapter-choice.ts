import { createHash } from 'node:crypto'
import type { AdapterVersion } from '@ai-review/protocol/persona'
import type { AdapterFeedback } from './persona-store.ts'

/** Share of pull requests on which a canary speaks. */
const canaryShare = 0.1
/** Findings that people must have judged before a canary may take over. */
const fewestJudged = 20
/** From here on a canary that nobody can tell from the live one takes over, too. */
const enoughJudged = 60
/** How sure it must be that the canary is worse before it goes. */
const certainty = 0.95
/** Bad ones, none of them good, that end a canary at once. */
const badFromTheStart = 5

type Choosable = Pick<AdapterVersion, 'name' | 'state'>

/**
 * The adapter for a pull request among versions of the model that is served. The choice follows from the names alone, so a
 * pull request keeps its adapter for as long as the versions stay what they are.
 */
export function chooseAdapter(
  versions: readonly Choosable[],
  change: { readonly repositoryId: number; readonly pullRequest: number },
): { readonly name: string; readonly arm: 'live' | 'canary' } | null {
  const canary = versions.find(({ state }) => state === 'canary')
  if (canary !== undefined && lotOf(change, canary.name) < canaryShare) {
    return { name: canary.name, arm: 'canary' }
  }
  const live = versions.find(({ state }) => state === 'live')
  return live === undefined ? null : { name: live.name, arm: 'live' }
}

/** A number in [0, 1) for a pull request and a canary: another canary draws other pull requests. */
function lotOf(
  change: { readonly repositoryId: number; readonly pullRequest: number },
  name: string,
): number {
  const names = JSON.stringify([change.repositoryId, change.pullRequest, name])
  return createHash('sha256').update(names).digest().readUInt32BE() / 2 ** 32
}

/**
 * What becomes of a canary by what people made of its findings, beside those of the live version (none: as good as bad).
 * It returns as soon as its share of good findings is the lower one with 95 % probability, or five findings are bad and
 * none is good. It takes over from 20 judged findings on where it is likelier better than worse, and from 60 on where it
 * is not the worse one with certainty. Shares have Beta posteriors over a flat prior.
 */
export function decideCanary(
  canary: AdapterFeedback,
  live: AdapterFeedback | null,
): 'promote' | 'return' | 'wait' {
  if (canary.good === 0 && canary.bad >= badFromTheStart) return 'return'
  const isWorse = chanceOfLess(canary, live ?? { good: 0, bad: 0 })
  if (isWorse >= certainty) return 'return'
  const judged = canary.good + canary.bad
  if (judged >= enoughJudged) return 'promote'
  return judged >= fewestJudged && isWorse <= 0.5 ? 'promote' : 'wait'
}

/**
 * Probability that the first share is less than the second, in closed form: the sum over i < a of
 * B(c + i, d + b) / ((b + i) B(1 + i, b) B(c, d)) for the second as Beta(a, b) and the first as Beta(c, d)
 * (Evan Miller, "Formulas for Bayesian A/B Testing").
 */
function chanceOfLess(first: AdapterFeedback, second: AdapterFeedback): number {
  const [a, b] = [second.good + 1, second.bad + 1]
  const [c, d] = [first.good + 1, first.bad + 1]
  const logFactorials = logFactorialsTo(a + b + c + d)
  const logGamma = (n: number) => logFactorials[n - 1] ?? 0
  const logBeta = (x: number, y: number) => logGamma(x) + logGamma(y) - logGamma(x + y)
  let chance = 0
  for (let i = 0; i < a; i++) {
    chance += Math.exp(logBeta(c + i, d + b) - Math.log(b + i) - logBeta(1 + i, b) - logBeta(c, d))
  }
  return Math.min(1, chance)
}

function logFactorialsTo(most: number): Float64Array {
  const logs = new Float64Array(most + 1)
  for (let n = 1; n <= most; n++) logs[n] = (logs[n - 1] ?? 0) + Math.log(n)
  return logs
}
