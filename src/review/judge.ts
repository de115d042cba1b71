import type { Finding } from '@ai-review/protocol/finding'
import type { FileDiff } from '../diff/file-diff.ts'
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

/** Gives every finding one verdict, most valuable first. */
export function judge(_findings: readonly Finding[], _by: Judging): JudgedFinding[] {
  throw new Error('being built')
}

/** After posting: findings whose comment the host refused to place become `in-summary`. */
export function withRefused(
  _judged: readonly JudgedFinding[],
  _refused: readonly { readonly body: string }[],
): JudgedFinding[] {
  throw new Error('being built')
}
