import { z } from 'zod'
import { isBotAccount, type Person, type Thread, type ThreadComment } from '../../roles.ts'
import type { PullRequestName } from '../client/address.ts'
import { FullDatabaseId } from '../client/full-database-id.ts'
import { isByViewer } from '../client/is-by-viewer.ts'
import { isWithoutGraphql } from '../client/is-without-graphql.ts'
import type { Octokit } from '../client/octokit.ts'
import { asHttpError, translating } from '../client/translate-error.ts'
import { threadFromRest } from './thread-from-rest.ts'

export interface ThreadPlace extends PullRequestName {
  readonly octokit: Octokit
}

/** Pages of 100: threads that are looked through from the newest on, comments that are read of one thread. */
const maxThreadPages = 20
const maxCommentPages = 5

const rootsQuery = `
query ($owner: String!, $name: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    reviewThreads(last: 100, before: $before) {
      nodes { id comments(first: 1) { nodes { fullDatabaseId } } }
      pageInfo { hasPreviousPage startCursor }
    }
  } }
}`

const threadQuery = `
query ($id: ID!, $after: String) {
  viewer { login }
  node(id: $id) { ... on PullRequestReviewThread {
    path isResolved
    comments(first: 100, after: $after) {
      nodes {
        fullDatabaseId body diffHunk viewerDidAuthor
        author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
      }
      pageInfo { hasNextPage endCursor }
    }
  } }
}`

const Roots = z.object({
  repository: z.object({
    pullRequest: z.object({
      reviewThreads: z.object({
        nodes: z.array(
          z.object({
            id: z.string(),
            comments: z.object({ nodes: z.array(z.object({ fullDatabaseId: FullDatabaseId })) }),
          }),
        ),
        pageInfo: z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullish() }),
      }),
    }),
  }),
})

const ThreadAnswer = z.object({
  viewer: z.object({ login: z.string() }),
  node: z
    .object({
      path: z.string(),
      isResolved: z.boolean(),
      comments: z.object({
        nodes: z.array(
          z.object({
            fullDatabaseId: FullDatabaseId,
            body: z.string(),
            diffHunk: z.string(),
            viewerDidAuthor: z.boolean(),
            // Null once the account is gone.
            author: z
              .object({ __typename: z.string(), login: z.string(), databaseId: z.int().nullish() })
              .nullable(),
          }),
        ),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
      }),
    })
    .nullable(),
})
type Node = NonNullable<z.infer<typeof ThreadAnswer>['node']>
type CommentNode = Node['comments']['nodes'][number]

const Comment = z.object({ id: z.int(), in_reply_to_id: z.int().nullish() })

/**
 * The thread that holds a comment, by at most 26 requests and with its first 500 comments; null where the comment
 * or its thread is gone.
 */
export function findThread(place: ThreadPlace, commentId: number): Promise<Thread | null> {
  const operation = { doing: 'reading a thread', permission: 'pull-requests: read' }
  return translating(operation, async () => {
    const root = await rootOf(place, commentId)
    if (root === null) return null
    try {
      const id = await threadWithRoot(place, root)
      return id === null ? null : await readThread(place.octokit, id)
    } catch (error) {
      if (!isWithoutGraphql(error)) throw error
      return threadFromRest(place, root)
    }
  })
}

/** The first comment of the thread that a comment stands in: itself, or the one that it answers. */
async function rootOf({ octokit, repository }: ThreadPlace, commentId: number): Promise<number | null> {
  try {
    const { data } = await octokit.rest.pulls.getReviewComment({
      owner: repository.owner,
      repo: repository.name,
      comment_id: commentId,
    })
    const comment = Comment.parse(data)
    return comment.in_reply_to_id ?? comment.id
  } catch (error) {
    if (asHttpError(error)?.status === 404) return null
    throw error
  }
}

async function threadWithRoot(place: ThreadPlace, root: number): Promise<string | null> {
  let before: string | null = null
  for (let page = 1; page <= maxThreadPages; page++) {
    const answer: unknown = await place.octokit.query(rootsQuery, {
      ...place.repository,
      number: place.number,
      before,
    })
    const { nodes, pageInfo } = Roots.parse(answer).repository.pullRequest.reviewThreads
    const found = nodes.find(({ comments }) => comments.nodes[0]?.fullDatabaseId === root)
    if (found !== undefined) return found.id
    if (!pageInfo.hasPreviousPage) return null
    before = pageInfo.startCursor ?? null
  }
  return null
}

async function readThread(octokit: Octokit, id: string): Promise<Thread | null> {
  const comments: CommentNode[] = []
  let after: string | null = null
  let node: Node | null = null
  let viewer = ''
  for (let page = 1; page <= maxCommentPages; page++) {
    const answer: unknown = await octokit.query(threadQuery, { id, after })
    const parsed = ThreadAnswer.parse(answer)
    node = parsed.node
    viewer = parsed.viewer.login
    if (node === null) return null
    comments.push(...node.comments.nodes)
    if (!node.comments.pageInfo.hasNextPage) break
    after = node.comments.pageInfo.endCursor ?? null
  }
  const [first, ...replies] = comments
  if (node === null || first === undefined) return null
  return {
    id,
    path: node.path,
    hunk: first.diffHunk,
    isResolved: node.isResolved,
    comments: [toComment(first, viewer), ...replies.map((reply) => toComment(reply, viewer))],
  }
}

function toComment(comment: CommentNode, viewer: string): ThreadComment {
  const { fullDatabaseId: id, body, author } = comment
  return { id, body, author: { ...toPerson(author), isUs: isByViewer(comment, viewer) } }
}

/** `ghost` is the name that GitHub shows for an account that is gone. */
function toPerson(author: CommentNode['author']): Person {
  if (author === null) return { id: null, login: 'ghost', isBot: false }
  const { databaseId, login, __typename: kind } = author
  return { id: databaseId ?? null, login, isBot: isBotAccount({ kind, login }) }
}
