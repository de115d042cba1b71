import { ReviewError } from '../../errors.ts'
import type { RepositoryName } from '../client/address.ts'
import type { Octokit } from '../client/octokit.ts'
import { hasNext, perPage } from '../client/pages-of.ts'
import { asHttpError, translating } from '../client/translate-error.ts'
import { type ListedComment, listedComments } from './listed-comment.ts'
import type { RequestBudget } from './request-budget.ts'

export interface CommentListing {
  readonly octokit: Octokit
  readonly repository: RepositoryName
  readonly budget: RequestBudget
}

export interface CommentPage {
  readonly comments: readonly ListedComment[]
  /** Null where there is none that is worth keeping. */
  readonly etag: string | null
  readonly isEmpty: boolean
  readonly isLast: boolean
}

export const longestEtag = 200
/** How often a page is asked for whose answer is none: a gateway's own page, or one that was cut off. */
const mostTries = 3

export const readingComments = { doing: 'reading past review comments', permission: 'pull-requests: read' }

/** A page of all review comments of the repository, the newest first. */
export async function fetchCommentPage(listing: CommentListing, page: number): Promise<CommentPage> {
  return (await fetchChangedPage(listing, page, null)) ?? lastPage
}

/** The same; null where it is what `etag` names. */
export function fetchChangedPage(
  listing: CommentListing,
  page: number,
  etag: string | null,
): Promise<CommentPage | null> {
  return translating(readingComments, async () => {
    try {
      for (let tries = 1; tries <= mostTries; tries++) {
        const found = await askForPage(listing, page, etag)
        if (found !== null) return found
      }
    } catch (error) {
      const http = asHttpError(error)
      if (http?.status === 304) return null
      // What lies further back than GitHub tells is as good as gone.
      if (page > 1 && http?.status === 422 && /pagination is limited/i.test(http.message)) return lastPage
      throw error
    }
    throw new ReviewError(
      'github-unavailable',
      `GitHub's answer was broken while ${readingComments.doing}.`,
      {
        hint: 'Run the job again; check the proxy of the runner if it stays so.',
        retryable: true,
      },
    )
  })
}

const lastPage: CommentPage = { comments: [], etag: null, isEmpty: true, isLast: true }

/** Null for an answer that is no listing, whatever its status says. */
async function askForPage(
  { octokit, repository, budget }: CommentListing,
  page: number,
  etag: string | null,
): Promise<CommentPage | null> {
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
  if (!Array.isArray(data)) return null
  const named = headers.etag ?? ''
  return {
    comments: listedComments(data),
    etag: named === '' || named.length > longestEtag ? null : named,
    isEmpty: data.length === 0,
    isLast: !hasNext({ data, headers }),
  }
}
