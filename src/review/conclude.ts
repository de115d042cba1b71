import { unreviewedFiles } from './coverage.ts'
import type { EarlierRecord } from './earlier-finding.ts'
import { isAtLeast, type JudgedFinding } from './judge.ts'
import { isReadByReviewer } from './render-voice.ts'
import type { ReviewSummary } from './review-summary.ts'

export type Conclusion = 'success' | 'neutral' | 'failure'

type Failing = Pick<ReviewSummary, 'judged' | 'earlier' | 'policy'>

/** Findings of this run that make the check fail. One that was said before still counts, unless a person declined it. */
export function failingFindings({ judged, earlier, policy }: Failing): JudgedFinding[] {
  const bound = policy.policy['fail-on']
  if (bound === 'never') return []
  const declined = new Set(
    earlier.filter(({ standing }) => standing === 'declined').map(({ identity }) => identity),
  )
  return judged.filter(
    ({ finding, verdict }) =>
      verdict !== 'below-threshold' &&
      isAtLeast(finding.severity, bound) &&
      !(verdict === 'already-said' && declined.has(finding.identity)),
  )
}

/**
 * Findings of earlier runs that make the check fail: still open, and not counted among those of this run. As severe as
 * they were said to be: a model that is less sure of it the second time has not mended it.
 */
export function failingEarlier(summary: Failing): EarlierRecord[] {
  const { earlier, policy } = summary
  const bound = policy.policy['fail-on']
  if (bound === 'never') return []
  const counted = new Set(failingFindings(summary).map(({ finding }) => finding.identity))
  return earlier.filter(
    ({ identity, severity, standing }) =>
      standing === 'open' && severity !== undefined && isAtLeast(severity, bound) && !counted.has(identity),
  )
}

/**
 * `success` only if everything selected was reviewed; `failure` only where the policy's `fail-on` says so.
 * A failure of ours is `neutral`: it never turns the check green and never blocks a merge.
 */
export function conclude(summary: ReviewSummary): Conclusion {
  if (summary.failure !== undefined || summary.answer === null) return 'neutral'
  if (failingFindings(summary).length > 0 || failingEarlier(summary).length > 0) return 'failure'
  return isWholeReview(summary) && isReadByReviewer(summary) ? 'success' : 'neutral'
}

/** True where all that was selected was read, by whoever was asked. */
export function isWholeReview(summary: ReviewSummary): boolean {
  const { answer, failure } = summary
  const isAnswered = failure === undefined && answer !== null
  return isAnswered && answer.done.complete && unreviewedFiles(summary).length === 0
}
