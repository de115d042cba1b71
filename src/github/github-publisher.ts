import type { Earlier, Publisher, PullRequest } from '../roles.ts'
import { numbered } from './address.ts'
import { type CheckOptions, createCheck } from './check-runs.ts'
import { listSaid } from './earlier-from-rest.ts'
import { readPullRequest } from './github-objects.ts'
import type { Octokit } from './octokit.ts'
import { postReview } from './post-review.ts'
import { readLedgers } from './read-ledgers.ts'
import { readThreads } from './read-threads.ts'
import { earlierIn, oncePerSeal, type Parsers } from './said.ts'
import { settleThread } from './settle-thread.ts'
import { translating } from './translate-error.ts'

interface GitHubPublisherOptions extends Parsers {
  readonly octokit: Octokit
  readonly check: CheckOptions
  /** Milliseconds that one unit of back-off between attempts to post lasts. */
  readonly backoffUnitMs?: number
}

/** Writes to a pull request over the REST API. */
export function createGitHubPublisher(options: GitHubPublisherOptions): Publisher {
  const { octokit } = options
  return {
    earlier: (pullRequest, before) => readEarlier(options, pullRequest, before),
    currentHead: (pullRequest) =>
      translating({ doing: 'reading the pull request', permission: 'pull-requests: read' }, async () => {
        const { data } = await octokit.rest.pulls.get(numbered(pullRequest))
        return readPullRequest(data).head.sha
      }),
    startCheck: (pullRequest) => createCheck(octokit, pullRequest, options.check),
    postReview: (pullRequest, review) =>
      postReview({ octokit, pullRequest, review, backoffUnitMs: options.backoffUnitMs ?? 1000 }),
    settleThread: (threadId, to) =>
      settleThread(octokit, { threadId, to, backoffUnitMs: options.backoffUnitMs ?? 1000 }),
  }
}

/**
 * Asks GraphQL, which alone tells threads and what became of them; REST where it cannot be used. Fails only where REST
 * does too. Ledgers lie in reviews, and in our checks on the head, on the one before, and on those of the newest marks.
 */
async function readEarlier(
  { octokit, check, parseMarks, parseLedgers }: GitHubPublisherOptions,
  pullRequest: PullRequest,
  before: string | undefined,
): Promise<Earlier> {
  const said =
    (await readThreads(octokit, pullRequest, (body) => parseMarks(body).length > 0)) ??
    (await translating({ doing: 'reading earlier comments', permission: 'pull-requests: read' }, () =>
      listSaid(octokit, pullRequest),
    ))
  const earlier = earlierIn(said, { parseMarks, parseLedgers })
  const heads = [
    pullRequest.head.sha,
    ...(before === undefined ? [] : [before]),
    ...earlier.marks.map(({ head }) => head).toReversed(),
  ]
  const ofChecks = await readLedgers(octokit, { pullRequest, checkName: check.name, heads, parseLedgers })
  return { ...earlier, ledgers: oncePerSeal([...earlier.ledgers, ...ofChecks]) }
}
