import type { ChangeSource, PullRequest } from '../roles.ts'
import { loadPolicy } from './load-policy.ts'
import type { SkipReason } from './outcome.ts'

interface Question {
  /** The head that the run was started for; absent where a person asked for whatever is there. */
  readonly expectedHead?: string
  /** A person asked for this review: a draft is reviewed too. */
  readonly asked?: boolean
  readonly policyPath: string
}

/** Why a pull request needs no review by this run; null where it does. Only a draft's policy is looked at. */
export async function reasonToSkip(
  source: ChangeSource,
  pullRequest: PullRequest,
  { expectedHead, asked, policyPath }: Question,
): Promise<SkipReason | null> {
  if (pullRequest.state === 'closed') return 'closed'
  if (expectedHead !== undefined && expectedHead !== pullRequest.head.sha) return 'newer-head'
  if (!pullRequest.isDraft || asked) return null
  const { policy } = await loadPolicy(source, pullRequest, policyPath)
  return policy['review-drafts'] ? null : 'draft'
}
