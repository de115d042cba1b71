import { type Finding, type Severity, severities } from '@ai-review/protocol/finding'
import { canComment } from '../diff/commentable.ts'
import type { FileDiff } from '../diff/file-diff.ts'
import { lineAt } from '../diff/line-at.ts'
import { placementOf } from './finding-location.ts'
import { ledgerName } from './ledger-name.ts'
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
  /** What believed marks on the pull request say already. */
  readonly earlier: readonly SaidBefore[]
  /** Hunks that were read before and not again, each by the first half of its identity (`accepted.settled`). */
  readonly settled?: readonly string[]
  readonly policy: Policy
}

interface SaidBefore {
  readonly identity: string
  /** The highest that it was said with; absent where the mark does not tell. */
  readonly severity?: Severity | undefined
  readonly declined: boolean
}

/** From here on a finding is worth telling even where it was declined, or where the code was read before. */
const alwaysWorth: Severity = 'high'

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

type Judged = Omit<JudgedFinding, 'finding'>

/** A declined finding comes back only when it is found to be much worse than it was said to be. */
function judgeSaid(finding: Finding, said: SaidBefore): Judged {
  const isNewEvidence =
    said.declined &&
    said.severity !== undefined &&
    isAtLeast(finding.severity, alwaysWorth) &&
    !isAtLeast(said.severity, alwaysWorth)
  if (isNewEvidence) return { verdict: 'in-summary', reason: 'Declined before, at a lower severity.' }
  return { verdict: 'already-said', reason: said.declined ? 'Declined before.' : 'Said before.' }
}

function isInSettledHunk(file: FileDiff, finding: Finding, settled: ReadonlySet<string>): boolean {
  const hunk = lineAt(file, finding.side, finding.line)?.hunk
  return hunk !== undefined && settled.has(ledgerName(file.path, hunk))
}

/**
 * Gives every finding one verdict, most valuable first. Two findings of one identity are said once, and on code that an
 * earlier run has read only high severity is added: the work on a change has to come to an end.
 */
export function judge(findings: readonly Finding[], by: Judging): JudgedFinding[] {
  const files = new Map(by.files.map((file) => [file.path, file]))
  const earlier = new Map(by.earlier.map((one) => [one.identity, one]))
  const settled = new Set(by.settled ?? [])
  const said = new Set<string>()
  const mostComments = by.policy['max-comments']
  let posted = 0
  const verdictOf = (finding: Finding): Judged => {
    const file = files.get(finding.path)
    if (file === undefined) return { verdict: 'outside-diff', reason: 'Not in a file under review.' }
    const below = threshold(finding, by.policy)
    if (below !== null) return { verdict: 'below-threshold', reason: below }
    if (said.has(finding.identity)) return { verdict: 'already-said', reason: 'Said before.' }
    const before = earlier.get(finding.identity)
    if (before !== undefined) {
      said.add(finding.identity)
      return judgeSaid(finding, before)
    }
    if (!canComment(file, placementOf(finding)).ok) {
      return { verdict: 'outside-diff', reason: 'Not on a line of the diff.' }
    }
    if (!isAtLeast(finding.severity, alwaysWorth) && isInSettledHunk(file, finding, settled)) {
      return { verdict: 'below-threshold', reason: 'On code that an earlier run has read.' }
    }
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

interface SaidNow {
  readonly marks: readonly { readonly kind: string; readonly identity: string; readonly seal: string }[]
  readonly threads: readonly { readonly isOurs: boolean; readonly marks: SaidNow['marks'] }[]
}

/**
 * Drops what another run has said since this one asked. The server cannot be asked again, so a mark counts where its
 * seal is the one that this run was given for the finding, or where it stands on a comment of our own account.
 */
export function withoutSaid(judged: readonly JudgedFinding[], { marks, threads }: SaidNow): JudgedFinding[] {
  const seals = new Set(marks.map(({ seal }) => seal))
  const ours = new Set(threads.flatMap((thread) => (thread.isOurs ? thread.marks : [])).map(identityOf))
  return judged.map((one) => {
    const isNews = one.verdict === 'posted' || one.verdict === 'in-summary'
    const wasSaid = seals.has(one.finding.seal) || ours.has(one.finding.identity)
    if (!isNews || !wasSaid) return one
    return { ...one, verdict: 'already-said', reason: 'Said by another run meanwhile.' }
  })
}

function identityOf({ identity }: { readonly identity: string }): string {
  return identity
}
