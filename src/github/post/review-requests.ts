import { z } from 'zod'
import type { LineComment, ReviewToPost } from '../../roles.ts'
import { numbered, type PullRequestName } from '../client/address.ts'
import { ListedReview } from '../client/github-objects.ts'
import type { Octokit } from '../client/octokit.ts'
import { pagesOf } from '../client/pages-of.ts'
import { asHttpError } from '../client/translate-error.ts'

/** The pull request whose reviews are meant. */
export interface ReviewPlace {
  readonly octokit: Octokit
  readonly pullRequest: PullRequestName
}

export interface ReviewPosting extends ReviewPlace {
  readonly review: ReviewToPost
  /** Tells whether a body was written by a run of ours, whichever. */
  readonly holdsRunMark: (body: string) => boolean
  readonly backoffUnitMs: number
}

const CreatedReview = z
  .object({ id: z.int(), html_url: z.string() })
  .transform(({ id, html_url }) => ({ id, url: html_url }))

interface ReviewContent {
  readonly comments: readonly LineComment[]
  readonly body: string
  /** Without an event the review stays pending: seen by its author only. */
  readonly event?: 'COMMENT'
}

/** One review with all its comments, in one request. */
export async function sendReview(
  { octokit, pullRequest, review }: ReviewPosting,
  content: ReviewContent,
): Promise<{ id: number; url: string }> {
  const { data } = await octokit.rest.pulls.createReview({
    ...numbered(pullRequest),
    commit_id: review.head,
    ...content,
    comments: content.comments.map(toRequest),
  })
  return CreatedReview.parse(data)
}

/** A comment as `POST …/reviews` wants it; a single line goes without `start_line`, which must precede `line`. */
function toRequest(comment: LineComment) {
  return {
    path: comment.path,
    side: comment.side,
    line: comment.line,
    body: comment.body,
    ...(comment.startLine === undefined ? {} : { start_line: comment.startLine, start_side: comment.side }),
  }
}

/** The review that carries the mark of this run, pending or submitted; null where there is none. */
export async function findOwnReview(posting: ReviewPosting): Promise<ListedReview | null> {
  return findReview(posting, ({ body }) => body?.includes(posting.review.runMark) === true)
}

/** The pending review of this token's account, which sees no other's; null where there is none. */
export async function findPending(place: ReviewPlace): Promise<ListedReview | null> {
  return findReview(place, ({ state }) => state === 'PENDING')
}

async function findReview(
  { octokit, pullRequest }: ReviewPlace,
  isWanted: (review: ListedReview) => boolean,
): Promise<ListedReview | null> {
  const fetchPage = (page: { per_page: number; page: number }) =>
    octokit.rest.pulls.listReviews({ ...numbered(pullRequest), ...page })
  for await (const rows of pagesOf(fetchPage, Number.POSITIVE_INFINITY)) {
    const found = z.array(ListedReview).parse(rows).find(isWanted)
    if (found !== undefined) return found
  }
  return null
}

/** Deletes a pending review with its comments; one that is gone already is fine. */
export async function deletePending({ octokit, pullRequest }: ReviewPlace, id: number): Promise<void> {
  try {
    await octokit.rest.pulls.deletePendingReview({ ...numbered(pullRequest), review_id: id })
  } catch (error) {
    if (asHttpError(error)?.status !== 404) throw error
  }
}
