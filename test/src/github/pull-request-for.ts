import { readPullRequest } from '../../../src/github/client/github-objects.ts'
import type { Octokit } from '../../../src/github/client/octokit.ts'
import type { PullRequest } from '../../../src/roles.ts'

/** A pull request of `acme/shop` as the adapters know it. */
export async function pullRequestFor(octokit: Octokit, number: number): Promise<PullRequest> {
  const { data } = await octokit.rest.pulls.get({ owner: 'acme', repo: 'shop', pull_number: number })
  return readPullRequest(data)
}
