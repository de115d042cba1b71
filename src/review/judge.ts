import { type Finding, type Severity, severities } from '@ai-review/protocol/finding'
import { canComment } from '../diff/commentable.ts'
import type { FileDiff } from '../diff/file-diff.ts'
import { placementOf } from './finding-location.ts'
import { parseMarks } from './marker.ts'
import type { Policy } from './policy.ts'

export const verdicts = ['posted', 'in-summary', 'already-said', 'below-threshold', 'outside-diff'] as const
export type Verdict = (typeof verdicts)[number]

export interface JudgedFinding {
  readonly finding: Finding
  readonly verdict: Verdict
  /** Why it is not a line comment: one sentence of ours; '' for `posted`. */
  readonly reason: string
}

interface Judging {
  readonly files: readonly FileDiff[]
  /** Identities that trusted remarks on the pull request already carry (`accepted.trusted`). */
  readonly earlier: readonly string[]
  readonly policy: Policy
}

/** True where `severity` is as severe as `bound` or more. */
export function isAtLeast(severity: Severity, bound: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(bound)
}

/** Most valuable first; the rest of the order only makes it stable from run to run. */
function byValue(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    b.confidence - a.confidence ||
    (a.path < b.path ? -1 : Number(a.path > b.path)) ||
    a.line - b.line ||
    (a.identity < b.identity ? -1 : Number(a.identity > b.identity))
  )
}

function threshold(finding: Finding, policy: Policy): string | null {
  if (!isAtLeast(finding.severity, policy['min-severity'])) return 'Below `min-severity`.'
  return finding.confidence < policy['min-confidence'] ? 'Below `min-confidence`.' : null
}

/** Gives every finding one verdict, most valuable first. Two findings of one identity are said once. */
export function judge(findings: readonly Finding[], by: Judging): JudgedFinding[] {
  const files = new Map(by.files.map((file) => [file.path, file]))
  const said = new Set(by.earlier)
  const mostComments = by.policy['max-comments']
  let posted = 0
  const verdictOf = (finding: Finding): Omit<JudgedFinding, 'finding'> => {
    const file = files.get(finding.path)
    if (file === undefined) return { verdict: 'outside-diff', reason: 'Not in a file under review.' }
    const below = threshold(finding, by.policy)
    if (below !== null) return { verdict: 'below-threshold', reason: below }
    if (said.has(finding.identity)) return { verdict: 'already-said', reason: 'Said before.' }
    const place = canComment(file, placementOf(finding))
    if (!place.ok) return { verdict: 'outside-diff', reason: 'Not on a line of the diff.' }
    said.add(finding.identity)
    if (posted >= mostComments) return { verdict: 'in-summary', reason: 'Over `max-comments`.' }
    posted += 1
    return { verdict: 'posted', reason: '' }
  }
  return [...findings].sort(byValue).map((finding) => ({ finding, ...verdictOf(finding) }))
}

/** After posting: findings whose comment the host refused to place become `in-summary`. */
export function withRefused(
  judged: readonly JudgedFinding[],
  refused: readonly { readonly body: string }[],
): JudgedFinding[] {
  const identities = new Set(refused.flatMap(({ body }) => parseMarks(body).map((mark) => mark.identity)))
  return judged.map((one) =>
    one.verdict === 'posted' && identities.has(one.finding.identity)
      ? { ...one, verdict: 'in-summary', reason: 'GitHub refused to place the comment.' }
      : one,
  )
}
