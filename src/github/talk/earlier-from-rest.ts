import { z } from 'zod'
import { isBotAccount, type PullRequest } from '../../roles.ts'
import { numbered } from '../client/address.ts'
import type { Octokit } from '../client/octokit.ts'
import { rowsOf } from '../client/pages-of.ts'
import type { Remark, Said, SaidThread } from './said.ts'

/** Most pages of 100 that are read for earlier remarks; only the newest are missed beyond, and then said twice. */
const maxPages = 30

const User = z.object({ id: z.int(), login: z.string(), type: z.string() }).nullish()

const Comment = z.object({
  id: z.int(),
  in_reply_to_id: z.int().nullish(),
  body: z.string(),
  path: z.string(),
  line: z.int().nullish(),
  user: User,
})
type Comment = z.infer<typeof Comment>

const Review = z.object({ body: z.string().nullish(), state: z.string(), user: User })

/**
 * What was said on a pull request, over the REST API. It tells neither who runs nor what is resolved: no thread has an
 * id, and none is ours, so that nothing is resolved on its word.
 */
export async function listSaid(octokit: Octokit, pullRequest: PullRequest): Promise<Said> {
  const { listReviewComments, listReviews } = octokit.rest.pulls
  const place = numbered(pullRequest)
  const comments = await rowsOf((page) => listReviewComments({ ...place, ...page }), maxPages)
  const reviews = await rowsOf((page) => listReviews({ ...place, ...page }), maxPages)
  return {
    threads: threadsOf(z.array(Comment).parse(comments)),
    reviews: z
      .array(Review)
      .parse(reviews)
      .filter(({ state }) => state !== 'PENDING')
      .map(toRemark),
  }
}

function threadsOf(comments: readonly Comment[]): SaidThread[] {
  const replies = Map.groupBy(comments, (comment) => comment.in_reply_to_id ?? null)
  return (replies.get(null) ?? []).map((first) => {
    const rest = replies.get(first.id) ?? []
    return {
      id: null,
      commentId: first.id,
      path: first.path,
      line: first.line ?? null,
      isOurs: false,
      isResolved: false,
      resolvedBy: null,
      hasHumanReply: rest.some(({ user }) => !isBot(user)),
      canSettle: false,
      first: toRemark(first),
      // Nobody tells which account is ours, but ours answers in its own threads.
      replies: rest.filter(({ user }) => user != null && user.id === first.user?.id).map(toRemark),
    }
  })
}

/** A workflow posts as a bot: of what people write, nothing is taken for ours. */
function toRemark({
  body,
  user,
}: Pick<Comment, 'user'> & { readonly body?: string | null | undefined }): Remark {
  return { body: body ?? '', isOurs: isBot(user) }
}

/** An account that is gone may have been a person's. */
function isBot(user: Comment['user']): boolean {
  return user != null && isBotAccount({ kind: user.type, login: user.login })
}
