import type { Notice } from '@ai-review/protocol/review'
import { type ParsedPolicy, parsePolicy } from '../review/parse-policy.ts'
import { policyLimits } from '../review/policy.ts'
import type { ChangeSource, PullRequest } from './roles.ts'

export interface LoadedPolicy {
  readonly policy: ParsedPolicy
  readonly notices: readonly Notice[]
}

/** The policy at the base commit: what the pull request itself changes in it holds once it is merged. */
export async function loadPolicy(
  source: ChangeSource,
  pullRequest: PullRequest,
  path: string,
): Promise<LoadedPolicy> {
  const { sha } = pullRequest.base
  const text = await source.fileText(sha, path, policyLimits.bytes)
  const policy = parsePolicy(text, path)
  if (text !== null) return { policy, notices: [] }
  const isThere = (await source.tree(sha)).entries.some((entry) => entry.path === path)
  return { policy, notices: isThere ? [unreadable] : [] }
}

const unreadable: Notice = {
  code: 'policy-unreadable',
  message:
    'The policy at the base commit is a link, longer than 64 KB or not UTF-8 text: the defaults were used.',
}
