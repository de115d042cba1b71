import type { Earlier, Publisher, PullRequest } from '../../roles.ts'
import { type CheckOptions, createCheck } from '../check/check-runs.ts'
import { readLedgers } from '../check/read-ledgers.ts'
import { numbered } from '../client/address.ts'
import { readPullRequest } from '../client/github-objects.ts'
import type { Octokit } from '../client/octokit.ts'
import { translating } from '../client/translate-error.ts'
import { listSaid } from '../talk/earlier-from-rest.ts'
import { readThreads } from '../talk/read-threads.ts'
import { earlierIn, oncePerSeal, type Parsers } from '../talk/said.ts'
import { settleThread } from '../talk/settle-thread.ts'
import type { HoldsRunMark } from './pending-review.ts'
import { postReview } from './post-review.ts'

interface GitHubPublisherOptions extends Parsers {
  readonly octokit: Octokit
  readonly check: CheckOptions
  readonly holdsRunMark: HoldsRunMark
  /** Milliseconds that one unit of back-off between attempts to post lasts. */
  readonly backoffUnitMs?: number
}

/** Writes to a pull request over the REST API. */
export function createGitHubPublisher(options: GitHubPublisherOptions): Publisher {
  const { octokit, holdsRunMark, backoffUnitMs = 1000 } = options
  return {
    earlier: (pullRequest, before) => readEarlier(options, pullRequest, before),
    currentHead: (pullRequest) =>
      translating({ doing: 'reading the pull request', permission: 'pull-requests: read' }, async () => {
        const { data } = await octokit.rest.pulls.get(numbered(pullRequest))
        return readPullRequest(data).head.sha
      }),
    startCheck: (pullRequest) => createCheck(octokit, pullRequest, options.check),
    postReview: (pullRequest, review) =>
      postReview({ octokit, pullRequest, review, holdsRunMark, backoffUnitMs }),
    settleThread: (threadId, to) => settleThread(octokit, { threadId, to, backoffUnitMs }),
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
