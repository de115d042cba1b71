import type { RepositoryName } from '../client/address.ts'
import type { Octokit } from '../client/octokit.ts'
import { hasNext, perPage } from '../client/pages-of.ts'
import { asHttpError, translating } from '../client/translate-error.ts'
import type { HistoryPosition } from './history-cursor.ts'
import { type ListedComment, listedComments } from './listed-comment.ts'
import type { RequestBudget } from './request-budget.ts'

export interface CommentListing {
  readonly octokit: Octokit
  readonly repository: RepositoryName
  readonly budget: RequestBudget
}

interface CommentPage {
  readonly comments: readonly ListedComment[]
  readonly etag: string | null
  readonly isLast: boolean
}

/** Pages that are looked back for the place where reading stopped, where comments were deleted since. */
const mostStepsBack = 20

export const readingComments = { doing: 'reading past review comments', permission: 'pull-requests: read' }

/** A page of all review comments of the repository, the newest first; null where it is what `etag` names. */
export function fetchCommentPage(
  { octokit, repository, budget }: CommentListing,
  page: number,
  etag: string | null = null,
): Promise<CommentPage | null> {
  return translating(readingComments, async () => {
    try {
      const { data, headers } = await octokit.rest.pulls.listReviewCommentsForRepo({
        owner: repository.owner,
        repo: repository.name,
        sort: 'created',
        direction: 'desc',
        per_page: perPage,
        page,
        ...(etag === null ? {} : { headers: { 'if-none-match': etag } }),
      })
      budget.note(headers)
      return {
        comments: listedComments(data),
        etag: headers.etag ?? null,
        isLast: !hasNext({ data, headers }),
      }
    } catch (error) {
      if (asHttpError(error)?.status === 304) return null
      throw error
    }
  })
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
    const found = await fetchCommentPage(listing, back, back === page - 1 ? etag : null)
    if (found === null) return page
    if (found.comments.some((comment) => wasRead(comment, position))) return back
  }
  return Math.max(1, page - mostStepsBack)
}

/** True for a comment that stands before the position. */
export function wasRead(comment: ListedComment, { at, sameSecond }: HistoryPosition): boolean {
  return at !== null && (comment.at > at || (comment.at === at && sameSecond.includes(comment.id)))
}
