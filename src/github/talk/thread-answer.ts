import { z } from 'zod'
import { isBotAccount } from '../../roles.ts'
import { FullDatabaseId } from '../client/full-database-id.ts'
import { isByViewer } from '../client/is-by-viewer.ts'
import type { Remark, Said, SaidThread } from './said.ts'

/** Most comments of a thread that come with it; those beyond are asked for only where the thread is one of ours. */
const commentsAtOnce = 20

/** Null once the account is gone; then it may have been a person's. */
const Author = z.object({ __typename: z.string(), login: z.string() }).nullable()

const Comment = z.object({
  fullDatabaseId: FullDatabaseId,
  body: z.string(),
  viewerDidAuthor: z.boolean(),
  author: Author,
})
type Comment = z.infer<typeof Comment>

/** Entries of a list are null where GitHub may not tell them. */
function nodesOf<T extends z.ZodType>(node: T) {
  return z
    .array(node.nullable())
    .nullish()
    .transform((nodes) => (nodes ?? []).filter((one) => one !== null))
}

function orTrue(told: boolean | null | undefined): boolean {
  return told ?? true
}

/** Thumbs are good to have: where they are not told as expected, there are none. */
const FirstAnswer = z
  .object({
    nodes: nodesOf(
      z.object({
        reactionGroups: nodesOf(
          z.object({ content: z.string(), reactors: z.object({ totalCount: z.int().min(0) }) }),
        ),
      }),
    ),
  })
  .nullish()
  .catch(null)

const CommentsAnswer = z.object({ totalCount: z.int(), nodes: nodesOf(Comment) })

const Thread = z.object({
  id: z.string().min(1),
  path: z.string(),
  line: z.int().nullish(),
  isResolved: z.boolean(),
  resolvedBy: z
    .object({
      __typename: z.string(),
      login: z.string(),
      databaseId: z.int().nullish(),
      isViewer: z.boolean(),
    })
    .nullish(),
  // Where it is not told, GitHub's answer to the attempt tells.
  viewerCanResolve: z.boolean().nullish().transform(orTrue),
  viewerCanUnresolve: z.boolean().nullish().transform(orTrue),
  first: FirstAnswer,
  comments: CommentsAnswer,
})
export type ThreadAnswer = z.infer<typeof Thread>

const Review = z.object({
  body: z.string(),
  state: z.string(),
  viewerDidAuthor: z.boolean(),
  author: Author,
})

const PageInfo = z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullish() })

/** One page of threads and of reviews, newest page first; a part that was not asked for is absent. */
export const SaidAnswer = z.object({
  viewer: z.object({ login: z.string() }),
  repository: z.object({
    pullRequest: z.object({
      reviewThreads: z.object({ pageInfo: PageInfo, nodes: nodesOf(Thread) }).optional(),
      reviews: z.object({ pageInfo: PageInfo, nodes: nodesOf(Review) }).optional(),
    }),
  }),
})
export type ReviewAnswer = z.infer<typeof Review>

/** Threads asked for by their ids, with more of their comments. */
export const LongThreadsAnswer = z.object({
  nodes: nodesOf(z.object({ id: z.string(), comments: CommentsAnswer })),
})

export const pageFields = 'pageInfo { hasPreviousPage startCursor }'
export const commentFields =
  'totalCount nodes { fullDatabaseId body viewerDidAuthor author { __typename login } }'
export const threadFields = [
  'id path line isResolved viewerCanResolve viewerCanUnresolve',
  'resolvedBy { __typename login databaseId isViewer }',
  'first: comments(first: 1) { nodes { reactionGroups { content reactors(first: 1) { totalCount } } } }',
  `comments(first: ${commentsAtOnce}) { ${commentFields} }`,
].join(' ')
export const reviewFields = 'body state viewerDidAuthor author { __typename login }'

interface Answers {
  /** Login of the account that asks. */
  readonly viewer: string
  readonly threads: readonly ThreadAnswer[]
  readonly reviews: readonly ReviewAnswer[]
}

/** GitHub's answer in our own words. A thread without any comment is none. */
export function saidIn({ viewer, threads, reviews }: Answers): Said {
  return {
    threads: threads.flatMap((thread) => {
      const [first, ...rest] = thread.comments.nodes
      return first === undefined ? [] : [toThread(thread, { first, rest, viewer })]
    }),
    reviews: reviews.filter(({ state }) => state !== 'PENDING').map((review) => toRemark(review, viewer)),
  }
}

interface Comments {
  readonly first: Comment
  readonly rest: readonly Comment[]
  readonly viewer: string
}

function toThread(thread: ThreadAnswer, { first, rest, viewer }: Comments): SaidThread {
  const remark = toRemark(first, viewer)
  // What was not read may be a person's.
  const isCut = thread.comments.totalCount > thread.comments.nodes.length
  return {
    id: thread.id,
    commentId: first.fullDatabaseId,
    path: thread.path,
    line: thread.line ?? null,
    isOurs: remark.isOurs,
    isResolved: thread.isResolved,
    resolvedBy: toResolver(thread, viewer),
    hasHumanReply: isCut || rest.some(({ author }) => !isBot(author)),
    canSettle: thread.isResolved ? thread.viewerCanUnresolve : thread.viewerCanResolve,
    ...thumbsOf(thread),
    first: remark,
    // Who copies a mark of ours into a reply must not decide by it.
    replies: rest.map((reply) => toRemark(reply, viewer)).filter(({ isOurs }) => isOurs),
  }
}

function thumbsOf({ first }: ThreadAnswer): Pick<SaidThread, 'thumbs'> {
  const groups = first?.nodes[0]?.reactionGroups ?? []
  const count = (content: string) =>
    groups.find((group) => group.content === content)?.reactors.totalCount ?? 0
  const thumbs = { up: count('THUMBS_UP'), down: count('THUMBS_DOWN') }
  return thumbs.up + thumbs.down === 0 ? {} : { thumbs }
}

function toResolver({ resolvedBy }: ThreadAnswer, viewer: string): SaidThread['resolvedBy'] {
  if (!resolvedBy) return null
  const { login, databaseId, isViewer } = resolvedBy
  const isUs = isViewer || login === viewer
  return { id: databaseId ?? null, login, isBot: isBot(resolvedBy), isUs }
}

function isBot(author: z.infer<typeof Author>): boolean {
  return author !== null && isBotAccount({ kind: author.__typename, login: author.login })
}

function toRemark(said: Pick<Comment, 'body' | 'author' | 'viewerDidAuthor'>, viewer: string): Remark {
  return { body: said.body, isOurs: isByViewer(said, viewer) }
}
