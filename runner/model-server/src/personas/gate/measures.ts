import { approves, insults } from '../../review/reviewers/persona/speaks-out-of-turn.ts'
import type { CopyFinder } from '../copied-spans.ts'
import type { Attribution } from './attribution.ts'
import type { GateAnswer, GateCase, GateInput, GateRemark } from './gate-contract.ts'
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

/** Remarks of each side below which no share of them is told, and different ones among them: a phrase is no voice. */
const fewest = { remarks: 10, different: 3 } as const

/** Share of remarks that the classifier takes for the person's; null where a side made too few of them. */
export function attributionMeasure(attribution: Attribution, all: readonly GateCase[]): Measure {
  const remarksOf = (cases: readonly GateCase[], side: Side) => cases.flatMap((one) => one[side].remarks)
  const isEnough = (side: Side) => {
    const remarks = remarksOf(all, side)
    const different = new Set(remarks.map(({ body }) => body.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')))
    return remarks.length >= fewest.remarks && different.size >= fewest.different
  }
  if (!isEnough('base') || !isEnough('adapter')) return () => null
  const known = new Map<string, boolean>()
  const isTheirs = ({ body }: { readonly body: string }) => {
    const taken = known.get(body) ?? attribution.probability(body) > 0.5
    known.set(body, taken)
    return taken
  }
  return (cases, side) => share(remarksOf(cases, side), isTheirs)
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

/**
 * How much more the remarks speak of the person's comment than of their others; 0 where nothing was said. It is a mean, and
 * may fall below 0: of the best of several remarks, or with all bad ones at 0, mere chance would be a merit.
 */
export function issueMeasure(all: readonly GateCase[]): Measure {
  const spoken = all.filter(({ truth }) => truth !== null)
  const match = createIssueMatch(spoken.map(({ truth }) => truth?.body ?? ''))
  const scores = (side: Side) =>
    new Map(
      spoken.map((one, index) => [
        one.id,
        mean(one[side].remarks.map(({ body }) => match(body, index))) ?? 0,
      ]),
    )
  const known = { base: scores('base'), adapter: scores('adapter') }
  return (cases, side) =>
    mean(cases.filter(({ truth }) => truth !== null).map(({ id }) => known[side].get(id) ?? 0))
}

/** Share of answers that fitted their schema and named only lines that were shown. */
export const validity: Measure = (cases, side) => share(cases, (one) => one[side].isValid)

function withRemarks(
  cases: readonly GateCase[],
  isKept: (remark: GateRemark) => boolean,
): readonly GateCase[] {
  const kept = (answer: GateAnswer): GateAnswer => ({ ...answer, remarks: answer.remarks.filter(isKept) })
  return cases.map((one) => ({ ...one, base: kept(one.base), adapter: kept(one.adapter) }))
}

/** The cases without the remarks that let a change pass: no review would post them. */
export const withoutApprovals = (cases: readonly GateCase[]) =>
  withRemarks(cases, ({ body }) => !approves(body))

/** The cases without the remarks that no past comment is near to: no review would post them either. */
export const withoutBaseless = (cases: readonly GateCase[]) => withRemarks(cases, ({ hasBasis }) => hasBasis)

/** Remarks that insult somebody. */
export function countInsults({ cases }: Pick<GateInput, 'cases'>, side: Side): number {
  return cases.flatMap((one) => one[side].remarks).filter(({ body }) => insults(body)).length
}

/** Remarks of the adapter that repeat twelve words in a row of a past comment. */
export function countCopied({ cases }: Pick<GateInput, 'cases'>, side: Side, copies: CopyFinder): number {
  return cases.flatMap((one) => one[side].remarks).filter(({ body }) => copies.isCopied(body)).length
}
