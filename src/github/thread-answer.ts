import { z } from 'zod'
import type { Remark, Said, SaidThread } from './said.ts'

/** Most comments of a thread that come with it; those beyond are asked for only where the thread is one of ours. */
export const commentsAtOnce = 20

/** A deleted author is null; whoever is no bot is a person. */
const Author = z.object({ __typename: z.string(), login: z.string() }).nullable()

/** 64 bits as GraphQL tells them; `databaseId` ends at 32. */
const BigInteger = z
  .union([z.string().regex(/^\d{1,16}$/), z.number()])
  .transform(Number)
  .pipe(z.int())

const Comment = z.object({
  fullDatabaseId: BigInteger,
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

const Comments = z.object({ totalCount: z.int(), nodes: nodesOf(Comment) })

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
  viewerCanResolve: z.boolean(),
  viewerCanUnresolve: z.boolean(),
  comments: Comments,
})
export type ThreadAnswer = z.infer<typeof Thread>

const Review = z.object({ body: z.string(), state: z.string(), viewerDidAuthor: z.boolean() })

const PageInfo = z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullish() })

/** One page of threads and of reviews, newest page first; a part that was not asked for is absent. */
export const SaidAnswer = z.object({
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
  nodes: nodesOf(z.object({ id: z.string(), comments: Comments })),
})

export const pageFields = 'pageInfo { hasPreviousPage startCursor }'
export const commentFields =
  'totalCount nodes { fullDatabaseId body viewerDidAuthor author { __typename login } }'
export const threadFields = [
  'id path line isResolved viewerCanResolve viewerCanUnresolve',
  'resolvedBy { __typename login databaseId isViewer }',
  `comments(first: ${commentsAtOnce}) { ${commentFields} }`,
].join(' ')
export const reviewFields = 'body state viewerDidAuthor'

/** GitHub's answer in our own words. A thread without any comment is none. */
export function saidIn(threads: readonly ThreadAnswer[], reviews: readonly ReviewAnswer[]): Said {
  return {
    threads: threads.flatMap((thread) => {
      const [first, ...rest] = thread.comments.nodes
      return first === undefined ? [] : [toThread(thread, first, rest)]
    }),
    reviews: reviews.filter(({ state }) => state !== 'PENDING').map(toRemark),
  }
}

function toThread(thread: ThreadAnswer, first: Comment, rest: readonly Comment[]): SaidThread {
  const { resolvedBy } = thread
  // What was not read may be a person's.
  const isCut = thread.comments.totalCount > thread.comments.nodes.length
  return {
    id: thread.id,
    commentId: first.fullDatabaseId,
    path: thread.path,
    line: thread.line ?? null,
    isOurs: first.viewerDidAuthor,
    isResolved: thread.isResolved,
    resolvedBy: resolvedBy
      ? {
          id: resolvedBy.databaseId ?? null,
          login: resolvedBy.login,
          isBot: resolvedBy.__typename === 'Bot' || resolvedBy.login.endsWith('[bot]'),
          isUs: resolvedBy.isViewer,
        }
      : null,
    hasHumanReply: isCut || rest.some(({ author }) => author?.__typename !== 'Bot'),
    canSettle: thread.isResolved ? thread.viewerCanUnresolve : thread.viewerCanResolve,
    first: toRemark(first),
    // Who copies a mark of ours into a reply must not decide by it.
    replies: rest.filter(({ viewerDidAuthor }) => viewerDidAuthor).map(toRemark),
  }
}

function toRemark({
  body,
  viewerDidAuthor,
}: {
  readonly body: string
  readonly viewerDidAuthor: boolean
}): Remark {
  return { body, isOurs: viewerDidAuthor }
}
