import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { ReviewError } from '../../errors.ts'
import type { LineComment, PostedReview } from '../../roles.ts'
import { numbered } from '../client/address.ts'
import { fitsBody } from '../client/fits-body.ts'
import { ListedComment, type ListedReview } from '../client/github-objects.ts'
import { type RefusalKind, refusalKind } from '../client/refusal-kind.ts'
import { isUnclear, translating } from '../client/translate-error.ts'
import { findLanded, lookAgain } from '../client/write-once.ts'
import { findPlaceable } from './find-placeable.ts'
import { clearPending } from './pending-review.ts'
import { deletePending, findOwnReview, type ReviewPosting, sendReview } from './review-requests.ts'

const attempts = 5
const operation = { doing: 'posting the review', permission: 'pull-requests: write' }

/**
 * Posts one review with all its comments in one request. After an answer that leaves open whether the review
 * landed, it is looked for by its run mark before anything is written again. Comments that GitHub will not take are
 * given back and keep no other from being posted. A pending review that a run of ours left behind is deleted;
 * one of anybody else is theirs, and an error says so.
 */
export function postReview(posting: ReviewPosting): Promise<PostedReview> {
  return translating(operation, async () => {
    const { comments } = posting.review
    const fitting = comments.filter(({ body }) => fitsBody(body))
    if (!fitsBody(posting.review.body)) {
      throw new ReviewError('internal', 'The review is longer than GitHub accepts.', {
        hint: 'Lower max-comments in the policy, and report this with the version of the Action.',
      })
    }
    return await postOnce(posting, fitting)
  })
}

async function postOnce(posting: ReviewPosting, fitting: readonly LineComment[]): Promise<PostedReview> {
  const { comments } = posting.review
  let toPost = fitting
  for (let attempt = 1; ; attempt++) {
    const refused = comments.filter((comment) => !toPost.includes(comment))
    try {
      const body = bodyOf(posting, refused)
      const { url } = await sendReview(posting, { comments: toPost, event: 'COMMENT', body })
      return { url, refused }
    } catch (error) {
      const landed = await lookAfter(posting, error)
      if (landed !== null) return { url: landed.html_url, refused: await notIn(posting, landed, comments) }
      if (attempt === attempts) throw error
      toPost = await nextTry(posting, { error, toPost, attempt })
    }
  }
}

function bodyOf({ review }: ReviewPosting, refused: readonly LineComment[]): string {
  return refused.length === 0 ? review.body : (review.bodyWithout?.(refused) ?? review.body)
}

/**
 * Looks whether the review landed although the answer was a server error, none, or 422: GitHub was seen to keep
 * a review that it refused. A pending one of this run is an orphan that blocks the next attempt: it is deleted.
 */
async function lookAfter(posting: ReviewPosting, error: unknown): Promise<ListedReview | null> {
  // An answer that is no review came with a status of success.
  const isOpen = isUnclear(error) || error instanceof z.ZodError
  if (!isOpen && refusalKind(error) === null) return null
  const look = () => findOwnReview(posting)
  const { backoffUnitMs } = posting
  const own = isOpen ? await findLanded({ operation, look, backoffUnitMs }) : await lookAgain(operation, look)
  if (own?.state !== 'PENDING') return own
  await deletePending(posting, own.id)
  return null
}

/** The comments that are worth another try after this error; throws it where none is. */
async function nextTry(
  posting: ReviewPosting,
  { error, toPost, attempt }: { error: unknown; toPost: readonly LineComment[]; attempt: number },
): Promise<readonly LineComment[]> {
  if (isUnclear(error)) return toPost
  const kind = refusalKind(error)
  if (kind === null) throw error
  const again = async () => {
    await sleep(posting.backoffUnitMs)
    return toPost
  }
  const next: Record<RefusalKind, () => Promise<readonly LineComment[]>> = {
    // Every line was found in the diff, so the refusal itself is doubted first: GitHub may lag behind the push.
    placement: () => (attempt === 1 ? again() : findPlaceable(posting, toPost)),
    transient: again,
    pending: async () => {
      await clearPending(posting, posting.holdsRunMark)
      return toPost
    },
    moved: () => Promise.reject(moved(error)),
    closed: () => Promise.reject(error),
    limit: () => Promise.reject(error),
    // Perhaps one of the comments is meant. They are told in the summary, and the review says the rest.
    unknown: () => (toPost.length === 0 ? Promise.reject(error) : Promise.resolve([])),
  }
  return next[kind]()
}

function moved(cause: unknown): ReviewError {
  return new ReviewError(
    'head-moved',
    'The reviewed commit left the pull request before the review was posted.',
    {
      hint: 'Nothing was posted; the run for the new head reviews it. A command has to be given again.',
      cause,
    },
  )
}

/** Comments that a review on GitHub does not hold: they are told elsewhere. */
async function notIn(
  { octokit, pullRequest }: ReviewPosting,
  review: ListedReview,
  comments: readonly LineComment[],
): Promise<readonly LineComment[]> {
  if (comments.length === 0) return []
  const { data } = await lookAgain(operation, () =>
    octokit.rest.pulls.listCommentsForReview({
      ...numbered(pullRequest),
      review_id: review.id,
      per_page: 100,
    }),
  )
  const bodies = new Set(
    z
      .array(ListedComment)
      .parse(data)
      .map(({ body }) => body),
  )
  return comments.filter(({ body }) => !bodies.has(body))
}
