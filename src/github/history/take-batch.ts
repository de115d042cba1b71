import { personaLimits } from '@ai-review/protocol/persona'
import { ReviewError } from '../../errors.ts'
import { perPage } from '../client/pages-of.ts'
import { type CommentListing, type CommentPage, fetchCommentPage } from './comment-pages.ts'
import type { HistoryPosition } from './history-cursor.ts'
import type { ListedComment } from './listed-comment.ts'
import { notRead, pageToGoOnFrom, type Trail } from './reading-place.ts'
import { outOfRequests } from './request-budget.ts'

/** What is read before it is weighed: enough that texts are asked for in full batches, little enough to hold. */
const batchLimits = { pages: 20, comments: 100 } as const
/** Requests that the texts of a batch may take. */
const forTexts = 16
/** Pages without a comment, one after the other, behind which there is nothing whatever GitHub says. */
const mostEmpty = 3

/** Comments that follow a position, newest first, and the position behind them. */
export interface Batch {
  readonly comments: readonly ListedComment[]
  readonly position: HistoryPosition
  /** Why reading cannot go on after this batch, for now. */
  readonly stop: ReviewError | null
}

/** Reads pages until enough of the person's own comments are there, the listing ends or a limit is reached. */
export async function takeBatch(
  listing: CommentListing,
  from: HistoryPosition,
  trail: Trail,
): Promise<Batch> {
  const comments: ListedComment[] = []
  let position = from
  let [own, empty] = [0, 0]
  for (let pages = 0; pages < batchLimits.pages && own < batchLimits.comments && !position.isDone; pages++) {
    try {
      if (listing.budget.left() <= forTexts) throw outOfRequests(position.met.size)
      position = await placed(listing, position, trail)
      const page = await fetchCommentPage(listing, position.page)
      const read = readPage(page, trail, position)
      own += read.own
      comments.push(...read.comments)
      empty = page.isEmpty ? empty + 1 : 0
      position = empty === mostEmpty ? { ...read.position, isDone: true } : read.position
    } catch (error) {
      if (!(error instanceof ReviewError) || pages === 0 || !error.retryable) throw error
      return { comments, position, stop: error }
    }
  }
  return { comments, position, stop: null }
}

async function placed(
  listing: CommentListing,
  position: HistoryPosition,
  trail: Trail,
): Promise<HistoryPosition> {
  if (trail.isBegun) return position
  const page = await pageToGoOnFrom(listing, position)
  trail.isBegun = true
  return { ...position, page }
}

function readPage(page: CommentPage, trail: Trail, position: HistoryPosition) {
  const met = new Set(position.met)
  const comments: ListedComment[] = []
  let own = 0
  for (const comment of notRead(page.comments, trail, position)) {
    if (met.size >= personaLimits.pullRequests && !met.has(comment.pullRequest)) {
      return { comments, own, position: { ...position, met, isDone: true } }
    }
    met.add(comment.pullRequest)
    const isOwn = comment.author?.id === position.person
    if (isOwn) own++
    comments.push(isOwn ? comment : lightened(comment, position))
  }
  // Pages of what came since are no place that an earlier run knows.
  const place = trail.isLooking ? {} : placeOf(page, position)
  if (!trail.isLooking) for (const { id } of page.comments) trail.ids.add(id)
  return {
    comments,
    own,
    position: {
      ...position,
      ...place,
      met,
      page: position.page + 1,
      etag: page.etag,
      isDone: page.isLast,
    },
  }
}

/** What is needed of others' comments, of which there are tens of thousands. */
function lightened(comment: ListedComment, { colleagues }: HistoryPosition): ListedComment {
  const isRead = comment.repliesTo !== null || colleagues < personaLimits.colleagues
  return { ...comment, hunk: '', ...(isRead ? {} : { body: '' }) }
}

/** By what the page is known again; by the one before where it is empty. */
function placeOf(
  { comments }: CommentPage,
  { at, ids }: HistoryPosition,
): Pick<HistoryPosition, 'at' | 'ids'> {
  const times = comments.map((comment) => comment.at).sort()
  const named = comments.slice(-perPage).map(({ id }) => id)
  return { at: times.at(-1) ?? at, ids: named.length === 0 ? ids : named }
}
