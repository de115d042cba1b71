import { type Severity, severities } from '@ai-review/protocol/finding'
import type { EarlierRecord, Standing } from './earlier-finding.ts'
import { type JudgedFinding, type Verdict, verdicts } from './judge.ts'
import type { ReviewSummary } from './review-summary.ts'

export const verdictNames: Readonly<Record<Verdict, string>> = {
  posted: 'posted as line comments',
  'in-summary': 'in the summary',
  'already-said': 'said before',
  'below-threshold': 'below the threshold',
  'outside-diff': 'outside the diff',
}

/** A number for people, such as `1,200`. */
export function numeral(count: number): string {
  return count.toLocaleString('en-US')
}

/** `1 finding`, `2 findings`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numeral(count)} ${count === 1 ? one : many}`
}

export function countVerdicts(judged: readonly JudgedFinding[]): ReadonlyMap<Verdict, number> {
  return new Map(verdicts.map((verdict) => [verdict, judged.filter((one) => one.verdict === verdict).length]))
}

/** A finding of an earlier run as it stands now, with its words where this run has found it again. */
export interface StandingFinding {
  readonly record: Pick<EarlierRecord, 'severity' | 'category' | 'step' | 'thread'>
  readonly again?: JudgedFinding
}

/** The findings of a pull request by what a reader wants to know of them; each stands in one list. */
interface Standings extends Readonly<Record<Standing, readonly StandingFinding[]>> {
  readonly new: readonly JudgedFinding[]
}

function bySeverity(a: StandingFinding, b: StandingFinding): number {
  const rank = ({ record }: StandingFinding) =>
    record.severity === undefined ? severities.length : severities.indexOf(record.severity)
  return rank(a) - rank(b)
}

/** What is new, and how what was said before stands now; most severe first. */
export function standingsOf({ judged, earlier }: ReviewSummary): Standings {
  const fresh = judged.filter(({ verdict }) => verdict === 'posted' || verdict === 'in-summary')
  const freshIdentities = new Set(fresh.map(({ finding }) => finding.identity))
  const found = new Map(
    judged
      .filter(({ verdict, finding }) => verdict === 'already-said' && !freshIdentities.has(finding.identity))
      .map((again) => [again.finding.identity, again] as const),
  )
  const told: { standing: Standing; finding: StandingFinding }[] = earlier.map((record) => {
    const again = found.get(record.identity)
    found.delete(record.identity)
    return { standing: record.standing, finding: again === undefined ? { record } : { record, again } }
  })
  // Said before under a mark whose thread nobody could read: it stands all the same.
  const untold = [...found.values()].map((again) => ({
    standing: 'open' as const,
    finding: { record: { ...again.finding, step: 'none' as const, thread: null }, again },
  }))
  const all = [...told, ...untold]
  const standing = (wanted: Standing) =>
    all
      .filter((one) => one.standing === wanted)
      .map(({ finding }) => finding)
      .sort(bySeverity)
  return {
    new: fresh,
    open: standing('open'),
    fixed: standing('fixed'),
    declined: standing('declined'),
  }
}

/** Such as `1 high, 2 medium`; marks that do not tell their severity are counted last. */
export function describeSeverities(found: readonly (Severity | undefined)[]): string {
  return [...severities, undefined]
    .flatMap((severity) => {
      const count = found.filter((one) => one === severity).length
      return count === 0 ? [] : [`${numeral(count)} ${severity ?? 'of unknown severity'}`]
    })
    .join(', ')
}

/** The outcome in one line, such as `2 new findings: 1 high, 1 medium; 3 still open; 1 fixed`. */
export function describeFindings(summary: ReviewSummary): string {
  const { new: fresh, open, fixed, declined } = standingsOf(summary)
  const isFirst = open.length + fixed.length + declined.length === 0
  const name = isFirst ? 'finding' : 'new finding'
  const outside = summary.judged.filter(({ verdict }) => verdict === 'outside-diff').length
  const counts = [
    [open.length, 'still open'],
    [fixed.length, 'fixed'],
    [declined.length, 'declined'],
    [outside, 'outside the diff'],
  ] as const
  return [
    fresh.length === 0
      ? `No ${name}s`
      : `${counted(fresh.length, name)}: ${describeSeverities(fresh.map(({ finding }) => finding.severity))}`,
    ...counts.flatMap(([count, words]) => (count === 0 ? [] : [`${numeral(count)} ${words}`])),
  ].join('; ')
}
