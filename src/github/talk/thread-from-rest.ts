import { z } from 'zod'
import { isBotAccount, type Thread, type ThreadComment } from '../../roles.ts'
import { numbered } from '../client/address.ts'
import { rowsOf } from '../client/pages-of.ts'
import type { ThreadPlace } from './find-thread.ts'

/** Pages of 100 comments of a pull request. */
const maxPages = 30

const Listed = z.object({
  id: z.int(),
  in_reply_to_id: z.int().nullish(),
  path: z.string(),
  diff_hunk: z.string(),
  body: z.string(),
  user: z.object({ id: z.int(), login: z.string(), type: z.string() }).nullable(),
})
type Listed = z.infer<typeof Listed>

/**
 * A thread by the listing of comments, for where threads cannot be asked for: it has no id, and nobody knows whether
 * it is resolved. The listing does not tell which account is this token's; here it is a bot that opened the thread.
 */
export async function threadFromRest(place: ThreadPlace, root: number): Promise<Thread | null> {
  const comments = (await listed(place)).filter(
    ({ id, in_reply_to_id }) => id === root || in_reply_to_id === root,
  )
  const [first, ...replies] = comments
  if (first === undefined || first.id !== root) return null
  const ours = first.user !== null && isBot(first.user) ? first.user.id : null
  return {
    id: null,
    path: first.path,
    hunk: first.diff_hunk,
    isResolved: false,
    comments: [toComment(first, ours), ...replies.map((reply) => toComment(reply, ours))],
  }
}

async function listed({ octokit, ...pullRequest }: ThreadPlace): Promise<Listed[]> {
  const query = { ...numbered(pullRequest), sort: 'created', direction: 'asc' } as const
  const rows = await rowsOf((page) => octokit.rest.pulls.listReviewComments({ ...query, ...page }), maxPages)
  return z.array(Listed).parse(rows)
}

function toComment({ id, body, user }: Listed, ours: number | null): ThreadComment {
  const author = {
    id: user?.id ?? null,
    login: user?.login ?? 'ghost',
    isBot: user !== null && isBot(user),
    isUs: user !== null && user.id === ours,
  }
  return { id, body, author }
}

function isBot({ type: kind, login }: NonNullable<Listed['user']>): boolean {
  return isBotAccount({ kind, login })
}
