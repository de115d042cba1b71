import { type ParsedPolicy, parsePolicy, unusablePolicy } from '../review/parse-policy.ts'
import { policyLimits } from '../review/policy.ts'
import type { ChangeSource, PullRequest, TreeEntry } from '../roles.ts'
import { defaultPolicyPath } from './inputs.ts'

/**
 * The policy at the base commit: what the pull request itself changes in it holds once it is merged.
 * A file that is there and cannot be used, and one that was named and is not there, are problems of the policy.
 */
export async function loadPolicy(
  source: ChangeSource,
  pullRequest: PullRequest,
  path: string,
): Promise<ParsedPolicy> {
  const { sha } = pullRequest.base
  const text = await source.fileText(sha, path, policyLimits.bytes)
  if (text !== null) return parsePolicy(text, path)
  const fault = faultAt(path, (await source.tree(sha)).entries)
  return fault === null ? parsePolicy(null, path) : unusablePolicy(path, fault)
}

/** Why there is no text at the path; null where nobody expects any. */
function faultAt(path: string, entries: readonly TreeEntry[]): string | null {
  const entry = entries.find((candidate) => candidate.path === path)
  if (entry?.kind === 'file') return `the file is longer than ${policyLimits.bytes} bytes or not UTF-8 text`
  if (entry !== undefined) return `it is a ${entry.kind}, not a file`
  if (entries.some((candidate) => candidate.path.startsWith(`${path}/`))) return 'it is a folder, not a file'
  return path === defaultPolicyPath ? null : 'there is no such file at the base commit'
}
