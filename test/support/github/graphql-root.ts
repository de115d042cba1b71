import { GraphQLError } from 'graphql'
import type { Call } from './call.ts'
import { runGit } from './git-repository.ts'
import { placementProblem } from './placement.ts'
import { Refusal } from './refusal.ts'
import { authorAssociation, pullUrl } from './render.ts'
import { replyIn } from './routes/review-routes.ts'
import {
  type CommentState,
  fullNameOf,
  nodeId,
  type PullState,
  type RepositoryState,
  type ReviewState,
  type ThreadState,
  type Token,
  type User,
  type World,
} from './state.ts'
import { comparisonOf, currentLines } from './thread-position.ts'

/** Plain objects that graphql-js walks: a function is a field with arguments. */
type Node = Record<string, unknown>

interface Page {
  readonly first?: number
  readonly last?: number
  readonly after?: string
  readonly before?: string
}

interface Viewer {
  readonly world: World
  readonly token: Token
}

type Place = { readonly repository: RepositoryState; readonly pull: PullState }

/** An error that GitHub would give with this `type`. */
function refusal(type: 'NOT_FOUND' | 'FORBIDDEN' | 'UNPROCESSABLE', message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}

/** Bytes of a text that GraphQL shows; of a larger one, the beginning. */
const longestText = 512_000

function demandRead(token: Token, permission: 'contents' | 'pull-requests'): void {
  const granted = token.permissions[permission] ?? 'none'
  if (token.kind === 'personal' || granted !== 'none') return
  throw refusal('FORBIDDEN', 'Resource not accessible by integration')
}

function connection<T>(items: readonly T[], page: Page, node: (item: T) => Node): Node {
  const start = page.after === undefined || page.after === null ? 0 : Number(page.after) + 1
  const rest = items.slice(
    start,
    page.before === undefined || page.before === null ? undefined : Number(page.before),
  )
  const kept =
    page.last === undefined || page.last === null ? rest.slice(0, page.first) : rest.slice(-page.last)
  const from = page.last === undefined || page.last === null ? start : start + rest.length - kept.length
  const nodes = kept.map(node)
  return {
    totalCount: items.length,
    nodes,
    edges: nodes.map((one, index) => ({ cursor: String(from + index), node: one })),
    pageInfo: {
      hasNextPage: from + kept.length < items.length,
      hasPreviousPage: from > 0,
      startCursor: kept.length === 0 ? null : String(from),
      endCursor: kept.length === 0 ? null : String(from + kept.length - 1),
    },
  }
}

/** GraphQL's `Int` ends there: https://spec.graphql.org/October2021/#sec-Int */
function within32Bits(id: number): number | null {
  return id < 2 ** 31 ? id : null
}

function actorNode({ world, token }: Viewer, user: User): Node {
  const login = user.type === 'Bot' ? user.login.replace(/\[bot\]$/, '') : user.login
  return {
    __typename: user.type,
    id: nodeId('U', user.id),
    databaseId: user.id,
    login,
    url: `${world.base}/${encodeURIComponent(login)}`,
    resourcePath: `/${login}`,
    avatarUrl: `${world.base}/avatar`,
    isViewer: user.id === token.user.id,
  }
}

/** GraphQL's names of the reactions that a test can give, by REST's. */
const reactionContents = { '+1': 'THUMBS_UP', '-1': 'THUMBS_DOWN', confused: 'CONFUSED', eyes: 'EYES' }

function commentCore(viewer: Viewer, place: Place, comment: CommentState): Node {
  return {
    databaseId: within32Bits(comment.id),
    fullDatabaseId: String(comment.id),
    author: actorNode(viewer, comment.user),
    authorAssociation: authorAssociation(place.repository, comment.user),
    body: comment.body,
    bodyText: comment.body,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    lastEditedAt: comment.edited?.at ?? null,
    editor: comment.edited === undefined ? null : actorNode(viewer, comment.edited.by),
    isMinimized: comment.minimized !== null,
    minimizedReason: comment.minimized?.toLowerCase() ?? null,
    viewerDidAuthor: comment.user.id === viewer.token.user.id,
    reactionGroups: Object.entries(reactionContents).map(([name, content]) => ({
      content,
      reactors: { totalCount: comment.reactions.filter((reaction) => reaction.content === name).length },
    })),
  }
}

function reviewCommentNode(
  viewer: Viewer,
  place: Place & { thread: ThreadState },
  comment: CommentState,
): Node {
  const { thread, pull, repository } = place
  const anchor = 'line' in thread.anchor ? thread.anchor : null
  const lines = () => currentLines(repository, pull, thread)
  return {
    __typename: 'PullRequestReviewComment',
    id: nodeId('PRRC', comment.id),
    ...commentCore(viewer, place, comment),
    url: `${pullUrl(viewer.world, repository, pull)}#discussion_r${comment.id}`,
    path: thread.anchor.path,
    diffHunk: thread.hunk,
    originalLine: anchor?.line ?? null,
    originalStartLine: anchor?.startLine ?? null,
    line: async () => (await lines()).line,
    startLine: async () => (await lines()).startLine,
    outdated: async () => (await lines()).outdated,
    originalCommit: { oid: thread.commit },
    commit: { oid: thread.commit },
    state: 'SUBMITTED',
    subjectType: anchor === null ? 'FILE' : 'LINE',
    replyTo: null,
  }
}

function threadNode(viewer: Viewer, place: Place, thread: ThreadState): Node {
  const { repository, pull } = place
  const anchor = 'line' in thread.anchor ? thread.anchor : null
  const lines = () => currentLines(repository, pull, thread)
  const canResolve = viewer.token.permissions.contents === 'write' || viewer.token.kind === 'personal'
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PRRT', thread.id),
    path: thread.anchor.path,
    diffSide: anchor?.side ?? 'RIGHT',
    startDiffSide: anchor?.startLine === undefined ? null : (anchor.startSide ?? anchor.side),
    isResolved: thread.resolvedBy !== null,
    isCollapsed: thread.resolvedBy !== null,
    resolvedBy: thread.resolvedBy === null ? null : actorNode(viewer, thread.resolvedBy),
    originalLine: anchor?.line ?? null,
    originalStartLine: anchor?.startLine ?? null,
    line: async () => (await lines()).line,
    startLine: async () => (await lines()).startLine,
    isOutdated: async () => (await lines()).outdated,
    subjectType: anchor === null ? 'FILE' : 'LINE',
    viewerCanResolve: canResolve && thread.resolvedBy === null,
    viewerCanUnresolve: canResolve && thread.resolvedBy !== null,
    viewerCanReply: true,
    comments: (page: Page) =>
      connection(thread.comments, page, (comment) =>
        reviewCommentNode(viewer, { ...place, thread }, comment),
      ),
    pullRequest: () => pullNode(viewer, place),
    repository: () => repositoryNode(viewer, repository),
  }
}

function reviewNode(viewer: Viewer, place: Place, review: ReviewState): Node {
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PRR', review.id),
    databaseId: within32Bits(review.id),
    fullDatabaseId: String(review.id),
    author: actorNode(viewer, review.user),
    authorAssociation: authorAssociation(place.repository, review.user),
    body: review.body,
    state: review.state,
    submittedAt: review.submittedAt,
    viewerDidAuthor: review.user.id === viewer.token.user.id,
    url: `${pullUrl(viewer.world, place.repository, place.pull)}#pullrequestreview-${review.id}`,
    commit: { oid: review.commit },
    isMinimized: false,
  }
}

function issueCommentNode(viewer: Viewer, place: Place, comment: CommentState): Node {
  return {
    __typename: 'IssueComment',
    id: nodeId('IC', comment.id),
    ...commentCore(viewer, place, comment),
    url: `${pullUrl(viewer.world, place.repository, place.pull)}#issuecomment-${comment.id}`,
  }
}

/** A review's threads are seen by its author alone until it is submitted. */
function visibleThreads(place: Place): ThreadState[] {
  const pending = new Set(place.pull.reviews.filter(({ state }) => state === 'PENDING').map(({ id }) => id))
  return place.pull.threads.filter((thread) => !thread.comments.some(({ reviewId }) => pending.has(reviewId)))
}

function pullNode(viewer: Viewer, place: Place): Node {
  const { pull, repository } = place
  const reviews = pull.reviews.filter(
    ({ state, user }) => state !== 'PENDING' || user.id === viewer.token.user.id,
  )
  const diff = () => comparisonOf(repository, pull.baseSha, pull.headSha)
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', pull.id),
    databaseId: within32Bits(pull.id),
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.merged ? 'MERGED' : pull.state.toUpperCase(),
    isDraft: pull.draft,
    createdAt: pull.createdAt,
    merged: pull.merged,
    locked: pull.locked,
    isCrossRepository: pull.fork !== null,
    url: pullUrl(viewer.world, repository, pull),
    author: actorNode(viewer, pull.author),
    baseRefOid: pull.baseSha,
    baseRefName: pull.baseRef,
    headRefOid: pull.headSha,
    headRefName: pull.headRef,
    changedFiles: async () => (await diff()).files.length,
    repository: () => repositoryNode(viewer, repository),
    reviewThreads: (page: Page) =>
      connection(visibleThreads(place), page, (thread) => threadNode(viewer, place, thread)),
    reviews: (page: Page) => connection(reviews, page, (review) => reviewNode(viewer, place, review)),
    comments: (page: Page) =>
      connection(pull.comments, page, (comment) => issueCommentNode(viewer, place, comment)),
  }
}

/** What an id, or a revision such as `<commit>:<path>`, names, by one run of git. */
async function namedNode(
  { token }: Viewer,
  { git }: RepositoryState,
  expression: string,
): Promise<Node | null> {
  demandRead(token, 'contents')
  if (/[\r\n]/.test(expression)) return null
  const answer = await runGit(git.directory, ['cat-file', '--batch'], [`${expression}\n`])
  const end = answer.indexOf(0x0a)
  const [, oid, kind, size] = /^([0-9a-f]{40}) (\w+) (\d+)$/.exec(answer.toString('latin1', 0, end)) ?? []
  if (oid === undefined) return null
  if (kind === 'blob') return blobNode(oid, answer.subarray(end + 1, end + 1 + Number(size)))
  return kind === 'commit' ? { __typename: 'Commit', oid } : { __typename: 'Tree', oid }
}

/** GitHub shows the beginning of a large text, and none of a binary file; what is not UTF-8 it shows as well as it can. */
function blobNode(oid: string, bytes: Buffer): Node {
  const isBinary = bytes.subarray(0, 8000).includes(0)
  return {
    __typename: 'Blob',
    oid,
    byteSize: bytes.length,
    isBinary,
    isTruncated: bytes.length > longestText,
    text: isBinary ? null : bytes.subarray(0, longestText).toString('utf8'),
  }
}

function repositoryNode(viewer: Viewer, repository: RepositoryState): Node {
  return {
    __typename: 'Repository',
    id: nodeId('R', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullNameOf(repository),
    isPrivate: repository.private,
    isArchived: repository.archived,
    url: `${viewer.world.base}/${fullNameOf(repository)}`,
    object: ({ oid, expression }: { oid?: string; expression?: string }) =>
      namedNode(viewer, repository, expression ?? oid ?? ''),
    pullRequest: ({ number }: { number: number }) => {
      demandRead(viewer.token, 'pull-requests')
      const pull = repository.pulls.get(number)
      if (pull !== undefined) return pullNode(viewer, { repository, pull })
      throw refusal('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`)
    },
    pullRequests: (page: Page) =>
      connection([...repository.pulls.values()], page, (pull) => pullNode(viewer, { repository, pull })),
  }
}

function places(world: World): Place[] {
  return [...world.repositories.values()].flatMap((repository) =>
    [...repository.pulls.values()].map((pull) => ({ repository, pull })),
  )
}

function threadOf(world: World, id: string): { place: Place; thread: ThreadState } {
  for (const place of places(world)) {
    const thread = place.pull.threads.find((candidate) => nodeId('PRRT', candidate.id) === id)
    if (thread !== undefined) return { place, thread }
  }
  throw refusal('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`)
}

/** Among tens of thousands the number is compared, not the name. */
function reviewCommentOf(viewer: Viewer, id: string): Node {
  const number = Number(id.slice('PRRC_'.length))
  for (const place of places(viewer.world)) {
    for (const thread of place.pull.threads) {
      const found = thread.comments.find((candidate) => candidate.id === number)
      if (found !== undefined) return reviewCommentNode(viewer, { ...place, thread }, found)
    }
  }
  throw refusal('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`)
}

function nodeOf(viewer: Viewer, id: string): Node {
  if (id.startsWith('PRRC_')) return reviewCommentOf(viewer, id)
  for (const place of places(viewer.world)) {
    if (nodeId('PR', place.pull.id) === id) return pullNode(viewer, place)
    const review = place.pull.reviews.find((candidate) => nodeId('PRR', candidate.id) === id)
    if (review !== undefined) return reviewNode(viewer, place, review)
    const comment = place.pull.comments.find((candidate) => nodeId('IC', candidate.id) === id)
    if (comment !== undefined) return issueCommentNode(viewer, place, comment)
  }
  const { place, thread } = threadOf(viewer.world, id)
  return threadNode(viewer, place, thread)
}

export function queryRoot(world: World, token: Token): Node {
  const viewer = { world, token }
  return {
    // A bot is told its own login in full, and as an author without the suffix.
    viewer: () => ({ ...actorNode(viewer, token.user), login: token.user.login }),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const found = world.repositories.get(`${owner}/${name}`)
      if (found !== undefined) return repositoryNode(viewer, found)
      throw refusal('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`)
    },
    node: ({ id }: { id: string }) => nodeOf(viewer, id),
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => nodeOf(viewer, id)),
    rateLimit: {
      cost: 1,
      limit: 1000,
      remaining: token.remaining,
      used: 0,
      nodeCount: 1,
      resetAt: world.now(),
    },
  }
}

interface MutationInput<Fields> {
  readonly input: Fields & { readonly clientMutationId?: string }
}

/** Writing to pull requests; resolving needs the right to write contents as well. */
function demand(token: Token, permission: 'contents' | 'pull-requests'): void {
  if (token.kind === 'personal' || token.permissions[permission] === 'write') return
  throw refusal('FORBIDDEN', 'Resource not accessible by integration')
}

export function mutationRoot(world: World, token: Token): Node {
  const viewer = { world, token }
  const setResolved = (id: string, user: User | null): Node => {
    demand(token, 'pull-requests')
    demand(token, 'contents')
    const { place, thread } = threadOf(world, id)
    thread.resolvedBy = user
    return { thread: threadNode(viewer, place, thread) }
  }
  return {
    resolveReviewThread: ({ input }: MutationInput<{ threadId: string }>) =>
      setResolved(input.threadId, token.user),
    unresolveReviewThread: ({ input }: MutationInput<{ threadId: string }>) =>
      setResolved(input.threadId, null),
    minimizeComment: ({ input }: MutationInput<{ subjectId: string; classifier: string }>) =>
      setMinimized(viewer, input.subjectId, input.classifier),
    unminimizeComment: ({ input }: MutationInput<{ subjectId: string }>) =>
      setMinimized(viewer, input.subjectId, null),
    addPullRequestReviewThreadReply: (
      call: MutationInput<{ pullRequestReviewThreadId: string; body: string }>,
    ) => addReply(viewer, call.input),
    addPullRequestReviewThread: (call: MutationInput<NewThread>) => addThread(viewer, call.input),
  }
}

function setMinimized(viewer: Viewer, id: string, classifier: string | null): Node {
  demand(viewer.token, 'pull-requests')
  const comments = places(viewer.world).flatMap(({ pull }) => [
    ...pull.comments.map((comment) => ({ id: nodeId('IC', comment.id), comment })),
    ...pull.threads.flatMap((thread) =>
      thread.comments.map((comment) => ({ id: nodeId('PRRC', comment.id), comment })),
    ),
  ])
  const found = comments.find((candidate) => candidate.id === id)
  if (found === undefined)
    throw refusal('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`)
  found.comment.minimized = classifier
  const minimizedComment = nodeOf(viewer, id)
  return classifier === null ? { unminimizedComment: minimizedComment } : { minimizedComment }
}

function addReply(viewer: Viewer, input: { pullRequestReviewThreadId: string; body: string }): Node {
  demand(viewer.token, 'pull-requests')
  const { place, thread } = threadOf(viewer.world, input.pullRequestReviewThreadId)
  const call = { world: viewer.world, token: viewer.token } as Call
  try {
    const comment = replyIn(call, place.pull, { thread, body: input.body })
    return { comment: reviewCommentNode(viewer, { ...place, thread }, comment) }
  } catch (error) {
    throw error instanceof Refusal ? refusal('UNPROCESSABLE', error.message) : error
  }
}

interface NewThread {
  readonly pullRequestId?: string
  readonly pullRequestReviewId?: string
  readonly path: string
  readonly body: string
  readonly line?: number
  readonly side?: 'LEFT' | 'RIGHT'
  readonly startLine?: number
  readonly startSide?: 'LEFT' | 'RIGHT'
  readonly subjectType?: 'LINE' | 'FILE'
}

/** As GitHub does, an anchor outside the diff is taken without a word, and the comment is never seen. */
async function addThread(viewer: Viewer, input: NewThread): Promise<Node> {
  demand(viewer.token, 'pull-requests')
  const place = places(viewer.world).find(
    ({ pull }) =>
      nodeId('PR', pull.id) === input.pullRequestId ||
      pull.reviews.some(
        ({ id, state }) => state === 'PENDING' && nodeId('PRR', id) === input.pullRequestReviewId,
      ),
  )
  if (place === undefined) throw refusal('NOT_FOUND', 'Could not resolve to a node with the global id given.')
  const { world, token } = viewer
  const { pull, repository } = place
  const review = pull.reviews.find(({ state, user }) => state === 'PENDING' && user.id === token.user.id) ?? {
    id: world.nextId(),
    user: token.user,
    body: '',
    state: 'PENDING' as const,
    commit: pull.headSha,
    submittedAt: null,
  }
  if (!pull.reviews.includes(review)) pull.reviews.push(review)
  const anchor =
    input.subjectType === 'FILE' || input.line === undefined
      ? { path: input.path }
      : {
          path: input.path,
          side: input.side ?? 'RIGHT',
          line: input.line,
          ...(input.startLine === undefined ? {} : { startLine: input.startLine }),
        }
  const now = world.now()
  const first = { id: world.nextId(), user: token.user, body: input.body, createdAt: now, updatedAt: now }
  const thread: ThreadState = {
    id: world.nextId(),
    commit: pull.headSha,
    base: pull.baseSha,
    anchor,
    hunk: '',
    resolvedBy: null,
    comments: [{ ...first, minimized: null, reactions: [], reviewId: review.id, inReplyTo: null }],
  }
  const { files } = await comparisonOf(repository, pull.baseSha, pull.headSha)
  if ('line' in anchor && placementProblem(files, anchor) !== null) return { thread: null }
  pull.threads.push(thread)
  return { thread: threadNode(viewer, place, thread) }
}
