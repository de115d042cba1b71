import type { PullRequestName } from '../client/address.ts'
import type { Octokit } from '../client/octokit.ts'

/** A pull request that GitHub was asked for; `answer` resolves to its JSON, unread, and may reject with Octokit's error. */
export interface AskedPullRequest {
  readonly number: number
  readonly answer: Promise<unknown>
}

export function askPullRequest(octokit: Octokit, { repository, number }: PullRequestName): AskedPullRequest {
  const answer = octokit.rest.pulls
    .get({ owner: repository.owner, repo: repository.name, pull_number: number })
    .then(({ data }): unknown => data)
  // Whoever reads the answer is told of the error; until then nobody listens.
  answer.catch(() => undefined)
  return { number, answer }
}
