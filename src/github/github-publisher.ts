import type { Ledger, Mark } from '@ai-review/protocol/seal'
import { z } from 'zod'
import type { Earlier, Publisher, PullRequest } from '../roles.ts'
import { type CheckOptions, createCheck } from './check-runs.ts'
import { ListedComment, ListedReview, readPullRequest } from './github-objects.ts'
import type { Octokit } from './octokit.ts'
import { postReview } from './post-review.ts'
import { numbered } from './review-requests.ts'
import { translating } from './translate-error.ts'

export interface GitHubPublisherOptions {
  readonly octokit: Octokit
  readonly check: CheckOptions
  /** Every mark of ours in a body; whether one is genuine is the server's to say. */
  readonly parseMarks: (body: string) => readonly Mark[]
  readonly parseLedgers: (text: string) => readonly Ledger[]
  /** Milliseconds that one unit of back-off between attempts to post lasts. */
  readonly backoffUnitMs?: number
}

/** Most pages of 100 that are read for earlier remarks; only the newest are missed beyond, and then said twice. */
const maxPages = 30

/** Writes to a pull request over the REST API. */
export function createGitHubPublisher(options: GitHubPublisherOptions): Publisher {
  const { octokit } = options
  return {
    earlier: (pullRequest) => readEarlier(options, pullRequest),
    currentHead: (pullRequest) =>
      translating({ doing: 'reading the pull request', permission: 'pull-requests: read' }, async () => {
        const { data } = await octokit.rest.pulls.get(numbered(pullRequest))
        return readPullRequest(data).head.sha
      }),
    startCheck: (pullRequest) => createCheck(octokit, pullRequest, options.check),
    postReview: (pullRequest, review) =>
      postReview({ octokit, pullRequest, review, backoffUnitMs: options.backoffUnitMs ?? 1000 }),
    settleThread: async () => {},
  }
}

function readEarlier(
  { octokit, parseMarks, parseLedgers }: GitHubPublisherOptions,
  pullRequest: PullRequest,
): Promise<Earlier> {
  const operation = { doing: 'reading earlier comments', permission: 'pull-requests: read' }
  return translating(operation, async () => {
    const query = { ...numbered(pullRequest), per_page: 100 }
    const comments = await allPages((page) => octokit.rest.pulls.listReviewComments({ ...query, page }))
    const reviews = await allPages((page) => octokit.rest.pulls.listReviews({ ...query, page }))
    const said = [
      ...z.array(ListedComment).parse(comments),
      // A pending review is seen by nobody: what stands in it was not said.
      ...z
        .array(ListedReview)
        .parse(reviews)
        .filter((review) => review.state !== 'PENDING'),
    ]
    const bodies = said.map(({ body }) => body ?? '')
    return { threads: [], marks: bodies.flatMap(parseMarks), ledgers: bodies.flatMap(parseLedgers) }
  })
}

async function allPages(fetchPage: (page: number) => Promise<{ data: unknown[] }>): Promise<unknown[]> {
  const rows: unknown[] = []
  for (let page = 1; page <= maxPages; page++) {
    const { data } = await fetchPage(page)
    rows.push(...data)
    if (data.length < 100) break
  }
  return rows
}
