import { severities } from '@ai-review/protocol/finding'
import { type JudgedFinding, type Verdict, verdicts } from './judge.ts'

/** Verdicts of findings that a reader of this run gets to see. */
const shown: ReadonlySet<Verdict> = new Set(['posted', 'in-summary', 'already-said', 'outside-diff'])

export const verdictNames: Readonly<Record<Verdict, string>> = {
  posted: 'posted as line comments',
  'in-summary': 'in the summary',
  'already-said': 'said before',
  'below-threshold': 'below the threshold',
  'outside-diff': 'outside the diff',
}

/** `1 finding`, `2 findings`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}

export function countVerdicts(judged: readonly JudgedFinding[]): ReadonlyMap<Verdict, number> {
  return new Map(verdicts.map((verdict) => [verdict, judged.filter((one) => one.verdict === verdict).length]))
}

/** Findings that count for the reader, such as `3 findings: 1 high, 2 medium`. */
export function describeFindings(judged: readonly JudgedFinding[]): string {
  const visible = judged.filter(({ verdict }) => shown.has(verdict))
  if (visible.length === 0) return 'No findings'
  const bySeverity = severities.flatMap((severity) => {
    const count = visible.filter(({ finding }) => finding.severity === severity).length
    return count === 0 ? [] : [`${count.toLocaleString('en-US')} ${severity}`]
  })
  return `${counted(visible.length, 'finding')}: ${bySeverity.join(', ')}`
}
