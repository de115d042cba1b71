import type { PullRequest } from '../../roles.ts'
import type { Octokit } from '../client/octokit.ts'
import type { Said } from './said.ts'
import {
  commentFields,
  LongThreadsAnswer,
  pageFields,
  type ReviewAnswer,
  reviewFields,
  SaidAnswer,
  saidIn,
  type ThreadAnswer,
  threadFields,
} from './thread-answer.ts'

type GraphqlClient = Pick<Octokit, 'query'>

/** Most pages of 100 threads and 100 reviews, newest first: 1,000 of each; older ones are not read. */
const mostPages = 10
/** Most threads of ours with more comments than came with them that are read on, by 100 comments each. */
const mostLongThreads = 50

// At most 100 threads with 20 comments, once more the first of each with its thumbs, and 100 reviews: about 3,000 nodes,
// and 3 points of the hourly limit:
// https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
const saidQuery = `query ($owner: String!, $name: String!, $number: Int!, $threadsBefore: String, $reviewsBefore: String, $moreThreads: Boolean!, $moreReviews: Boolean!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(last: 100, before: $threadsBefore) @include(if: $moreThreads) { ${pageFields} nodes { ${threadFields} } }
      reviews(last: 100, before: $reviewsBefore) @include(if: $moreReviews) { ${pageFields} nodes { ${reviewFields} } }
    }
  }
}`

const longThreadsQuery = `query ($ids: [ID!]!) {
  nodes(ids: $ids) { ... on PullRequestReviewThread { id comments(first: 100) { ${commentFields} } } }
}`

/**
 * What was said on a pull request, in one request for each hundred threads or reviews. `mayBeOurs` tells by the first
 * comment of a thread whether its later comments matter. Null where GitHub's GraphQL cannot be used: it is not there,
 * refuses the token, breaks, or answers something else than was asked for.
 */
export async function readThreads(
  octokit: GraphqlClient,
  pullRequest: PullRequest,
  mayBeOurs: (body: string) => boolean,
): Promise<Said | null> {
  try {
    const pages = await readPages(octokit, pullRequest)
    return saidIn({ ...pages, threads: await withAllComments(octokit, pages.threads, mayBeOurs) })
  } catch {
    // REST is asked next, and its errors are told.
    return null
  }
}

/** Undefined: from the newest; null: all is read. */
type Cursor = string | null | undefined

async function readPages(octokit: GraphqlClient, { repository, number }: PullRequest) {
  const { owner, name } = repository
  let viewer = ''
  let threads: ThreadAnswer[] = []
  let reviews: ReviewAnswer[] = []
  let threadsBefore: Cursor
  let reviewsBefore: Cursor
  for (let page = 1; page <= mostPages; page++) {
    const answer = await octokit.query(saidQuery, {
      owner,
      name,
      number,
      ...(threadsBefore ? { threadsBefore } : {}),
      ...(reviewsBefore ? { reviewsBefore } : {}),
      moreThreads: threadsBefore !== null,
      moreReviews: reviewsBefore !== null,
    })
    const said = SaidAnswer.parse(answer)
    const { pullRequest } = said.repository
    viewer = said.viewer.login
    if (threadsBefore !== null) {
      threads = [...(pullRequest.reviewThreads?.nodes ?? []), ...threads]
      threadsBefore = olderThan(pullRequest.reviewThreads)
    }
    if (reviewsBefore !== null) {
      reviews = [...(pullRequest.reviews?.nodes ?? []), ...reviews]
      reviewsBefore = olderThan(pullRequest.reviews)
    }
    if (threadsBefore === null && reviewsBefore === null) break
  }
  return { viewer, threads, reviews }
}

interface Page {
  readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor?: string | null | undefined }
}

function olderThan(page: Page | undefined): string | null {
  return page?.pageInfo.hasPreviousPage === true ? (page.pageInfo.startCursor ?? null) : null
}

/** The threads, those that matter with up to 100 comments. What cannot be read stays cut, which counts as a person's words. */
async function withAllComments(
  octokit: GraphqlClient,
  threads: readonly ThreadAnswer[],
  mayBeOurs: (body: string) => boolean,
): Promise<readonly ThreadAnswer[]> {
  const long = threads.filter(
    ({ comments: { totalCount, nodes } }) =>
      totalCount > nodes.length && nodes[0] !== undefined && mayBeOurs(nodes[0].body),
  )
  if (long.length === 0) return threads
  // The newest are the likeliest to be open.
  const ids = long.slice(-mostLongThreads).map(({ id }) => id)
  const answer = LongThreadsAnswer.safeParse(await octokit.query(longThreadsQuery, { ids }).catch(() => null))
  const known = new Map(answer.data?.nodes.map(({ id, comments }) => [id, comments]))
  return threads.map((thread) => ({ ...thread, comments: known.get(thread.id) ?? thread.comments }))
}
