import type { Effort } from '@ai-review/protocol/review'

/** What is known when a review arrives; milliseconds are wall time. */
interface Load {
  /** What the repository asked for; it is lowered, never raised. */
  readonly requested?: Effort | undefined
  readonly deadlineMs: number
  /** Reviews that run or wait before this one. */
  readonly ahead: number
  /** Reviews that can run at once. */
  readonly slots: number
}

/** Wall time that a review should have for itself, in milliseconds, before an effort is chosen. */
const wantedMs: Readonly<Record<'standard' | 'deep', number>> = { standard: 60_000, deep: 240_000 }

/**
 * The most thorough effort that leaves this review enough of its deadline once those ahead have had theirs.
 * Without a request the ceiling is `standard`: deep reviews cost twice the calls.
 */
export function chooseEffort(load: Load): Effort {
  const share = load.deadlineMs / (1 + load.ahead / Math.max(1, load.slots))
  const ceiling = load.requested ?? 'standard'
  if (ceiling === 'deep' && share >= wantedMs.deep) return 'deep'
  if (ceiling !== 'quick' && share >= wantedMs.standard) return 'standard'
  return 'quick'
}
