import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { ReviewError } from '../errors.ts'
import type { LineComment, PostedReview } from '../roles.ts'
import { findPlaceable } from './find-placeable.ts'
import { ListedComment, type ListedReview } from './github-objects.ts'
import {
  deletePending,
  findOwnReview,
  is422,
  isPlacementProblem,
  numbered,
  type ReviewPosting,
  sendReview,
} from './review-requests.ts'
import { asHttpError, isUnclear, translating } from './translate-error.ts'

const attempts = 3
/** "Body is too long (maximum is 65536 characters)", in code points. */
const maxBodyLength = 65_536

/**
 * Posts one review with all its comments in one request. After an answer that leaves open whether the review
 * landed, it is looked for by its run mark before anything is written again.
 */
export function postReview(posting: ReviewPosting): Promise<PostedReview> {
  return translating({ doing: 'posting the review', permission: 'pull-requests: write' }, async () => {
    const { comments } = posting.review
    const fitting = comments.filter(({ body }) => fits(body))
    const oversized = comments.filter(({ body }) => !fits(body))
    if (!fits(posting.review.body)) {
      throw new ReviewError('internal', 'The review is longer than GitHub accepts.', {
        hint: 'Lower max-comments in the policy, and report this with the version of the Action.',
      })
    }
    const posted = await postOnce(posting, fitting)
    return { url: posted.url, refused: [...oversized, ...posted.refused] }
  })
}

async function postOnce(posting: ReviewPosting, comments: readonly LineComment[]): Promise<PostedReview> {
  let toPost = comments
  for (let attempt = 1; ; attempt++) {
    try {
      const { url } = await sendReview(posting, {
        comments: toPost,
        event: 'COMMENT',
        body: posting.review.body,
      })
      return { url, refused: comments.filter((comment) => !toPost.includes(comment)) }
    } catch (error) {
      const landed = await lookAfter(posting, error)
      if (landed !== null) return { url: landed.html_url, refused: await notIn(posting, landed, comments) }
      if (attempt === attempts || !mayTryAgain(error)) throw error
      if (isPlacementProblem(error)) toPost = await findPlaceable(posting, toPost)
    }
  }
}

/**
 * Looks whether the review landed although the answer was a server error, none, or 422: GitHub was seen to keep
 * a review that it refused. A pending one of this run is an orphan that blocks the next attempt: it is deleted.
 */
async function lookAfter(posting: ReviewPosting, error: unknown): Promise<ListedReview | null> {
  if (!isUnclear(error) && asHttpError(error)?.status !== 422) return null
  if (isUnclear(error)) await sleep(posting.backoffUnitMs)
  const own = await findOwnReview(posting)
  if (own?.state !== 'PENDING') return own
  await deletePending(posting, own.id)
  return null
}

/** Comments that a review on GitHub does not hold: they are told elsewhere. */
async function notIn(
  { octokit, pullRequest }: ReviewPosting,
  review: ListedReview,
  comments: readonly LineComment[],
): Promise<readonly LineComment[]> {
  if (comments.length === 0) return []
  const { data } = await octokit.rest.pulls.listCommentsForReview({
    ...numbered(pullRequest),
    review_id: review.id,
    per_page: 100,
  })
  const bodies = new Set(
    z
      .array(ListedComment)
      .parse(data)
      .map(({ body }) => body),
  )
  return comments.filter(({ body }) => !bodies.has(body))
}

function mayTryAgain(error: unknown): boolean {
  return isUnclear(error) || isPlacementProblem(error) || isTransient(error) || isPendingConflict(error)
}

/** Seen in GitHub's incidents: the thread's base could not be found for a moment. */
function isTransient(error: unknown): boolean {
  return is422(error, /pull_request_review_thread\.base/)
}

function isPendingConflict(error: unknown): boolean {
  return is422(error, /pending review/i)
}

function fits(body: string): boolean {
  return body.length <= maxBodyLength || [...body].length <= maxBodyLength
}
