import { unreviewedFiles } from './coverage.ts'
import { isAtLeast, type JudgedFinding } from './judge.ts'
import type { Policy } from './policy.ts'
import type { ReviewSummary } from './review-summary.ts'

export type Conclusion = 'success' | 'neutral' | 'failure'

/** Findings that make the check fail. One that was said before still stands, so it still counts. */
export function failingFindings(judged: readonly JudgedFinding[], policy: Policy): JudgedFinding[] {
  const bound = policy['fail-on']
  if (bound === 'never') return []
  return judged.filter(
    ({ finding, verdict }) => verdict !== 'below-threshold' && isAtLeast(finding.severity, bound),
  )
}

/**
 * `success` only if everything selected was reviewed; `failure` only where the policy's `fail-on` says so.
 * A failure of ours is `neutral`: it never turns the check green and never blocks a merge.
 */
export function conclude(summary: ReviewSummary): Conclusion {
  const { answer, failure, judged, policy } = summary
  if (failure !== undefined || answer === null) return 'neutral'
  if (failingFindings(judged, policy.policy).length > 0) return 'failure'
  return answer.done.complete && unreviewedFiles(summary).length === 0 ? 'success' : 'neutral'
}
