import { type CommentListing, fetchChangedPage } from './comment-pages.ts'
import type { HistoryPosition } from './history-cursor.ts'
import type { ListedComment } from './listed-comment.ts'

/** Pages that are looked back for the place where reading stopped, where comments were deleted since. */
const mostStepsBack = 20

/** What one run has read of the listing; filled as it goes on. */
export interface Trail {
  readonly ids: Set<number>
  /** True once the page to go on from was looked for. */
  isBegun: boolean
  /** True until the place where an earlier run stopped is found. */
  isLooking: boolean
}

export function trailFrom({ ids, at }: HistoryPosition): Trail {
  return { ids: new Set(ids), isBegun: false, isLooking: at !== null }
}

/**
 * The page to go on from. Comments that came since have moved the rest to later pages, where what was read is passed
 * over; where some were deleted the rest has moved to earlier ones, so they are looked at until one that was read stands
 * on them.
 */
export async function pageToGoOnFrom(listing: CommentListing, position: HistoryPosition): Promise<number> {
  const { page, at, etag } = position
  if (at === null || page === 1) return 1
  for (let back = page - 1; back > Math.max(1, page - mostStepsBack); back--) {
    const found = await fetchChangedPage(listing, back, back === page - 1 ? etag : null)
    if (found === null) return page
    if (isBehindStart(found.comments, position)) return back
  }
  return Math.max(1, page - mostStepsBack)
}

function isBehindStart(comments: readonly ListedComment[], { ids, at }: HistoryPosition): boolean {
  const isNewer = (comment: ListedComment) => at !== null && comment.at > at
  return comments.some(({ id }) => ids.includes(id)) || (comments.length > 0 && comments.every(isNewer))
}

/**
 * The comments of a page that were not read yet. Within one run they are told by their numbers alone, as GitHub's order
 * need not be that of their times. What another run has read lies before the last number that is known of it; until one
 * is met, it is what is newer than all on the page that was read last.
 */
export function notRead(
  comments: readonly ListedComment[],
  trail: Trail,
  { at }: HistoryPosition,
): readonly ListedComment[] {
  const isFresh = ({ id }: ListedComment) => !trail.ids.has(id)
  if (!trail.isLooking) return comments.filter(isFresh)
  const lastKnown = comments.findLastIndex(({ id }) => trail.ids.has(id))
  const fresh =
    lastKnown >= 0
      ? comments.slice(lastKnown + 1)
      : comments.filter((comment) => at === null || comment.at <= at)
  if (lastKnown >= 0 || fresh.length > 0) trail.isLooking = false
  return fresh
}
