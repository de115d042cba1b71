import { z } from 'zod'
import type { LineComment, PullRequest, ReviewToPost } from '../roles.ts'
import { ListedReview } from './github-objects.ts'
import type { Octokit } from './octokit.ts'
import { asHttpError } from './translate-error.ts'

export interface ReviewPosting {
  readonly octokit: Octokit
  readonly pullRequest: PullRequest
  readonly review: ReviewToPost
  readonly backoffUnitMs: number
}

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
  return { id: data.id, url: data.html_url }
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
export async function findOwnReview({
  octokit,
  pullRequest,
  review,
}: ReviewPosting): Promise<ListedReview | null> {
  for (let page = 1; ; page++) {
    const { data } = await octokit.rest.pulls.listReviews({ ...numbered(pullRequest), per_page: 100, page })
    const reviews = z.array(ListedReview).parse(data)
    const own = reviews.find(({ body }) => body?.includes(review.runMark))
    if (own !== undefined) return own
    if (reviews.length < 100) return null
  }
}

export async function deletePending({ octokit, pullRequest }: ReviewPosting, id: number): Promise<void> {
  await octokit.rest.pulls.deletePendingReview({ ...numbered(pullRequest), review_id: id })
}

/** The parameters that name a pull request in every request about it. */
export function numbered({ repository, number }: PullRequest) {
  return { owner: repository.owner, repo: repository.name, pull_number: number }
}

/** "Line could not be resolved", "Path could not be resolved", "… must be part of the diff", "start line must precede the end line". */
export function isPlacementProblem(error: unknown): boolean {
  return is422(
    error,
    /could not be resolved|part of the diff|hunk|must precede|pull_request_review_thread\.(?!base)/i,
  )
}

export function is422(error: unknown, text: RegExp): boolean {
  const http = asHttpError(error)
  if (http?.status !== 422) return false
  return text.test(http.message) || text.test(JSON.stringify(http.response?.data ?? ''))
}
