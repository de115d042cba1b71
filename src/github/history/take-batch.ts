import { personaLimits } from '@ai-review/protocol/persona'
import { ReviewError } from '../../errors.ts'
import { type CommentListing, fetchCommentPage, pageToGoOnFrom, wasRead } from './comment-pages.ts'
import type { HistoryPosition } from './history-cursor.ts'
import type { ListedComment } from './listed-comment.ts'
import { outOfRequests } from './request-budget.ts'

/** What is read before it is weighed: enough that texts are asked for in full batches, little enough to hold. */
const batchLimits = { pages: 20, comments: 100 } as const
/** Requests that the texts of a batch may take. */
const forTexts = 16
const mostSameSecond = 300

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
  isFirst: boolean,
): Promise<Batch> {
  const comments: ListedComment[] = []
  let position = from
  let own = 0
  for (let pages = 0; pages < batchLimits.pages && own < batchLimits.comments && !position.isDone; pages++) {
    try {
      if (listing.budget.left() <= forTexts) throw outOfRequests(position.met.size)
      if (isFirst && pages === 0) position = { ...position, page: await pageToGoOnFrom(listing, position) }
      const page = await fetchCommentPage(listing, position.page)
      const read = readPage(page ?? { comments: [], etag: null, isLast: true }, position)
      own += read.comments.filter(({ author }) => author?.id === position.person).length
      comments.push(...read.comments)
      position = read.position
    } catch (error) {
      if (!(error instanceof ReviewError) || pages === 0 || !error.retryable) throw error
      return { comments, position, stop: error }
    }
  }
  return { comments, position, stop: null }
}

interface Page {
  readonly comments: readonly ListedComment[]
  readonly etag: string | null
  readonly isLast: boolean
}

function readPage(page: Page, position: HistoryPosition) {
  const fresh = page.comments.filter((comment) => !wasRead(comment, position))
  const met = new Set(position.met)
  const comments: ListedComment[] = []
  for (const comment of fresh) {
    if (met.size >= personaLimits.pullRequests && !met.has(comment.pullRequest)) {
      return { comments, position: { ...behind(position, comments), met, isDone: true } }
    }
    met.add(comment.pullRequest)
    comments.push(comment.author?.id === position.person ? comment : lightened(comment, position))
  }
  return {
    comments,
    position: {
      ...behind(position, comments),
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

/** The position behind these comments; those of its second are named, as the order within a second is GitHub's own. */
function behind(position: HistoryPosition, comments: readonly ListedComment[]): HistoryPosition {
  const at = comments.at(-1)?.at
  if (at === undefined) return position
  const known = at === position.at ? position.sameSecond : []
  const named = comments.filter((comment) => comment.at === at).map(({ id }) => id)
  return { ...position, at, sameSecond: [...known, ...named].slice(-mostSameSecond) }
}
