import { createCopyFinder } from '../copied-spans.ts'
import type { Attribution } from './attribution.ts'
import type { GateAnswer, GateCase, GateInput } from './gate-contract.ts'
import { createIssueMatch } from './issue-match.ts'

/** Lines between a remark and the true comment up to which they are about the same place. */
const nearLines = 3

/** Whose answers are measured. */
export type Side = 'base' | 'adapter'

/** A figure over some cases, higher is better; null where there is nothing to measure it on. */
type Measure = (cases: readonly GateCase[], side: Side) => number | null

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

const share = <Item>(items: readonly Item[], isOne: (item: Item) => boolean): number | null =>
  mean(items.map((item) => (isOne(item) ? 1 : 0)))

const speaks = ({ remarks }: GateAnswer): boolean => remarks.length > 0

/** Share of remarks that the classifier takes for the person's. */
export function attributionMeasure(attribution: Attribution): Measure {
  const known = new Map<string, number>()
  const isTaken = (body: string) => {
    const probability = known.get(body) ?? attribution.probability(body)
    known.set(body, probability)
    return probability > 0.5
  }
  return (cases, side) =>
    share(
      cases.flatMap((one) => one[side].remarks),
      ({ body }) => isTaken(body),
    )
}

/** Share of the person's silences that are kept: noise is what people fear first. */
export const silence: Measure = (cases, side) =>
  share(
    cases.filter(({ truth }) => truth === null),
    (one) => !speaks(one[side]),
  )

/** Speaks where the person spoke and is silent where they were: the mean of both shares, as there are more of one kind. */
export const agreement: Measure = (cases, side) => {
  const spoken = share(
    cases.filter(({ truth }) => truth !== null),
    (one) => speaks(one[side]),
  )
  const silent = silence(cases, side)
  return spoken === null || silent === null ? null : (spoken + silent) / 2
}

/** Share of the person's comments with a remark at most three lines away. */
export const location: Measure = (cases, side) =>
  share(
    cases.filter(({ truth }) => truth !== null),
    ({ truth, [side]: answer }) =>
      answer.remarks.some(({ line }) => truth !== null && Math.abs(line - truth.line) <= nearLines),
  )

/** How much more the best remark speaks of the person's comment than of their others; 0 where nothing was said. */
export function issueMeasure(all: readonly GateCase[]): Measure {
  const spoken = all.filter(({ truth }) => truth !== null)
  const indexOf = new Map(spoken.map(({ id }, index) => [id, index]))
  const match = createIssueMatch(spoken.map(({ truth }) => truth?.body ?? ''))
  const scores = (side: Side) =>
    new Map(
      spoken.map((one) => {
        const index = indexOf.get(one.id) ?? 0
        return [one.id, Math.max(0, ...one[side].remarks.map(({ body }) => match(body, index)))]
      }),
    )
  const known = { base: scores('base'), adapter: scores('adapter') }
  return (cases, side) =>
    mean(cases.filter(({ truth }) => truth !== null).map(({ id }) => known[side].get(id) ?? 0))
}

/** Share of answers that fitted their schema and named only lines that were shown. */
export const validity: Measure = (cases, side) => share(cases, (one) => one[side].isValid)

/** Remarks of the adapter that repeat twelve words in a row of a past comment. */
export function countCopied({ cases, own }: Pick<GateInput, 'cases' | 'own'>, side: Side): number {
  const finder = createCopyFinder(own)
  return cases.flatMap((one) => one[side].remarks).filter(({ body }) => finder.isCopied(body)).length
}
