import {
  type Answer,
  type Call,
  idOf,
  pageOf,
  pullOf,
  type Routes,
  refuseLongBody,
  repositoryOf,
  textOf,
} from '../call.ts'
import { isObject, type Json, type JsonObject } from '../json.ts'
import { type Anchor, hunkTextAt, placementProblem, type Side } from '../placement.ts'
import { notFound, Refusal, unprocessable, validationFailed } from '../refusal.ts'
import { reviewCommentJson, reviewJson } from '../render.ts'
import type {
  PullState,
  RepositoryState,
  ReviewCommentState,
  ReviewState,
  ThreadState,
  User,
} from '../state.ts'
import { comparisonOf } from '../thread-position.ts'

interface Place {
  readonly repository: RepositoryState
  readonly pull: PullState
}

interface DraftComment {
  readonly anchor: Anchor | { readonly path: string }
  readonly body: string
}

const submitted: Record<string, ReviewState['state']> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
}

function placeOf(call: Call): Place {
  return { repository: repositoryOf(call), pull: pullOf(call) }
}

function pendingReviewOf(pull: PullState, user: User): ReviewState | undefined {
  return pull.reviews.find((review) => review.state === 'PENDING' && review.user.id === user.id)
}

async function commitOfPull(place: Place, commit: string | undefined): Promise<string> {
  const { repository, pull } = place
  if (commit === undefined || commit === pull.headSha) return pull.headSha
  const commits = await repository.git.text('rev-list', `${pull.baseSha}..${pull.headSha}`)
  if (!commits.split('\n').includes(commit))
    throw unprocessable('The commitOID is not part of the pull request')
  return commit
}

function sideOf(value: Json | undefined): Side | undefined {
  if (value === undefined) return undefined
  if (value !== 'LEFT' && value !== 'RIGHT') throw unprocessable('Side is not included in the list')
  return value
}

function anchorOf(comment: JsonObject): Anchor | { readonly path: string } {
  const path = String(comment.path)
  const { line, start_line: startLine } = comment
  if (comment.subject_type === 'file') return { path }
  if (typeof line !== 'number') throw unprocessable('Line could not be resolved')
  const startSide = sideOf(comment.start_side)
  return {
    path,
    side: sideOf(comment.side) ?? 'RIGHT',
    line,
    ...(typeof startLine === 'number' ? { startLine } : {}),
    ...(startSide === undefined ? {} : { startSide }),
  }
}

function refuseApproval(call: Call, pull: PullState): void {
  if (call.token.kind === 'installation') {
    throw unprocessable('GitHub Actions is not permitted to approve pull requests.')
  }
  if (pull.author.id === call.token.user.id) throw unprocessable('Can not approve your own pull request')
}

async function createReview(call: Call): Promise<Answer> {
  const place = placeOf(call)
  const { pull } = place
  const body = textOf(call, 'body') ?? ''
  const event = textOf(call, 'event')
  const comments = Array.isArray(call.body.comments) ? call.body.comments.filter(isObject) : []
  if (pull.locked) throw unprocessable('lock prevents review')
  if (pendingReviewOf(pull, call.token.user) !== undefined) {
    throw unprocessable('User can only have one pending review per pull request')
  }
  if (event === 'APPROVE') refuseApproval(call, pull)
  if (event !== undefined && event !== 'APPROVE' && body === '' && comments.length === 0) {
    throw unprocessable("Body can't be blank")
  }
  const texts = [body, ...comments.map((comment) => String(comment.body ?? ''))]
  for (const text of texts) refuseLongReview(text)
  if (texts.slice(1).some((text) => text.trim() === '')) throw unprocessable("Body can't be blank")
  const commit = await commitOfPull(place, textOf(call, 'commit_id'))
  const drafts = comments.map((comment) => ({ anchor: anchorOf(comment), body: String(comment.body) }))
  await refuseWrongPlaces(place, commit, drafts)
  const review = addReview(call, pull, {
    body,
    commit,
    state: event === undefined ? 'PENDING' : (submitted[event] ?? 'COMMENTED'),
  })
  for (const draft of drafts) await addThread(call, place, { review, draft, commit })
  return { status: 200, body: reviewJson(call.world, place, review) }
}

function refuseLongReview(text: string): void {
  if ([...text].length > 65_536) throw unprocessable('Body is too long (maximum is 65536 characters)')
}

/** All or nothing, and GitHub does not say which comment it means. */
async function refuseWrongPlaces(
  place: Place,
  commit: string,
  drafts: readonly DraftComment[],
): Promise<void> {
  const { files } = await comparisonOf(place.repository, place.pull.baseSha, commit)
  const problems = drafts.flatMap(({ anchor }) =>
    'line' in anchor ? (placementProblem(files, anchor) ?? []) : [],
  )
  if (problems.length > 0) throw unprocessable(...new Set(problems))
}

function addReview(
  call: Call,
  pull: PullState,
  content: { body: string; commit: string; state: ReviewState['state'] },
): ReviewState {
  const submittedAt = content.state === 'PENDING' ? null : call.world.now()
  const review: ReviewState = { id: call.world.nextId(), user: call.token.user, submittedAt, ...content }
  pull.reviews.push(review)
  return review
}

async function addThread(
  call: Call,
  place: Place,
  content: { review: ReviewState; draft: DraftComment; commit: string },
): Promise<ThreadState> {
  const { repository, pull } = place
  const { anchor } = content.draft
  const { files } = await comparisonOf(repository, pull.baseSha, content.commit)
  const thread: ThreadState = {
    id: call.world.nextId(),
    commit: content.commit,
    base: pull.baseSha,
    anchor,
    hunk: 'line' in anchor ? hunkTextAt(files, anchor) : '',
    resolvedBy: null,
    comments: [],
  }
  thread.comments.push(
    newComment(call, { review: content.review, body: content.draft.body, inReplyTo: null }),
  )
  pull.threads.push(thread)
  return thread
}

function newComment(
  call: Call,
  content: { review: ReviewState; body: string; inReplyTo: number | null },
): ReviewCommentState {
  const now = call.world.now()
  return {
    id: call.world.nextId(),
    user: call.token.user,
    body: content.body,
    createdAt: now,
    updatedAt: now,
    minimized: null,
    reactions: [],
    reviewId: content.review.id,
    inReplyTo: content.inReplyTo,
  }
}

async function createComment(call: Call): Promise<Answer> {
  const place = placeOf(call)
  const body = textOf(call, 'body') ?? ''
  refuseLongBody(body)
  const replyTo = call.body.in_reply_to
  if (typeof replyTo === 'number') return addReply(call, place, { to: replyTo, body })
  if (pendingReviewOf(place.pull, call.token.user) !== undefined) {
    throw validationFailed({
      resource: 'PullRequestReview',
      field: 'user_id',
      code: 'custom',
      message: 'user_id can only have one pending review per pull request',
    })
  }
  const commit = await commitOfPull(place, textOf(call, 'commit_id'))
  const anchor = anchorOf(call.body)
  const { files } = await comparisonOf(place.repository, place.pull.baseSha, commit)
  const problem = 'line' in anchor ? placementProblem(files, anchor) : null
  if (problem !== null) {
    throw validationFailed({
      resource: 'PullRequestReviewComment',
      field: 'pull_request_review_thread.line',
      code: 'custom',
      message: 'pull_request_review_thread.line must be part of the diff',
    })
  }
  const review = addReview(call, place.pull, { body: '', commit, state: 'COMMENTED' })
  const thread = await addThread(call, place, { review, draft: { anchor, body }, commit })
  const [comment] = thread.comments
  if (comment === undefined) throw notFound()
  return { status: 201, body: await reviewCommentJson(call.world, { ...place, thread }, comment) }
}

/** Adds an answer to the thread that holds the comment `to`. */
export function replyIn(
  call: Call,
  pull: PullState,
  content: { thread: ThreadState; body: string },
): ReviewCommentState {
  const [first] = content.thread.comments
  if (first === undefined) throw notFound()
  const review = addReview(call, pull, { body: '', commit: pull.headSha, state: 'COMMENTED' })
  const comment = newComment(call, { review, body: content.body, inReplyTo: first.id })
  content.thread.comments.push(comment)
  return comment
}

async function addReply(call: Call, place: Place, reply: { to: number; body: string }): Promise<Answer> {
  refuseLongBody(reply.body)
  const thread = place.pull.threads.find((candidate) => candidate.comments.some(({ id }) => id === reply.to))
  if (thread === undefined) throw notFound()
  if (pendingReviewOf(place.pull, call.token.user) !== undefined) {
    throw unprocessable('User can only have one pending review per pull request')
  }
  const comment = replyIn(call, place.pull, { thread, body: reply.body })
  return { status: 201, body: await reviewCommentJson(call.world, { ...place, thread }, comment) }
}

interface Found {
  readonly place: Place & { readonly thread: ThreadState }
  readonly comment: ReviewCommentState
}

function allComments(repository: RepositoryState, pulls: Iterable<PullState>): Found[] {
  return [...pulls].flatMap((pull) =>
    pull.threads.flatMap((thread) =>
      thread.comments.map((comment) => ({ place: { repository, pull, thread }, comment })),
    ),
  )
}

/** Comments of pending reviews are seen by nobody but their author. */
function isVisible({ place, comment }: Found): boolean {
  const review = place.pull.reviews.find((candidate) => candidate.id === comment.reviewId)
  return review?.state !== 'PENDING'
}

async function commentsAnswer(call: Call, found: readonly Found[]): Promise<Answer> {
  const page = pageOf(call, found)
  const body = await Promise.all(
    page.items.map(({ place, comment }) => reviewCommentJson(call.world, place, comment)),
  )
  return { status: 200, body, headers: page.headers }
}

function listComments(call: Call): Promise<Answer> {
  const { repository, pull } = placeOf(call)
  return commentsAnswer(call, sorted(call, allComments(repository, [pull]).filter(isVisible)))
}

function listCommentsOfRepository(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const isPlain = !call.query.has('since') && call.query.get('sort') === 'created'
  if (isPlain && call.query.get('direction') === 'desc') return commentsAnswer(call, newestFirst(repository))
  const found = allComments(repository, repository.pulls.values()).filter(isVisible)
  return commentsAnswer(call, sorted(call, found))
}

interface Ordered {
  readonly key: string
  readonly found: readonly Found[]
}

const orders = new WeakMap<RepositoryState, Ordered>()

/** Tens of thousands of comments are put in order once, and again when one comes or goes. */
function newestFirst(repository: RepositoryState): readonly Found[] {
  let [count, sum, pending] = [0, 0, 0]
  for (const pull of repository.pulls.values()) {
    pending += pull.reviews.filter(({ state }) => state === 'PENDING').length
    for (const { comments } of pull.threads) {
      count += comments.length
      for (const { id } of comments) sum += id % 1_000_003
    }
  }
  const key = `${count} ${sum} ${pending}`
  const known = orders.get(repository)
  if (known?.key === key) return known.found
  const all = allComments(repository, repository.pulls.values())
  const visible = pending === 0 ? all : all.filter(isVisible)
  const found = visible.sort(
    (a, b) => b.comment.createdAt.localeCompare(a.comment.createdAt) || b.comment.id - a.comment.id,
  )
  orders.set(repository, { key, found })
  return found
}

function sorted(call: Call, found: readonly Found[]): Found[] {
  const since = call.query.get('since')
  const kept = found
    .filter(({ comment }) => since === null || comment.updatedAt >= since)
    .sort((a, b) => a.comment.id - b.comment.id)
  return call.query.get('direction') === 'desc' ? kept.reverse() : kept
}

function commentOf(call: Call): Found {
  const repository = repositoryOf(call)
  const id = idOf(call, 'comment_id')
  const found = allComments(repository, repository.pulls.values()).find(({ comment }) => comment.id === id)
  if (found === undefined) throw notFound()
  return found
}

function reviewOf(call: Call): ReviewState {
  const found = pullOf(call).reviews.find((review) => review.id === idOf(call, 'review_id'))
  const isHidden = found?.state === 'PENDING' && found.user.id !== call.token.user.id
  if (found === undefined || isHidden) throw notFound()
  return found
}

function listReviews(call: Call): Answer {
  const place = placeOf(call)
  const visible = place.pull.reviews.filter(
    (review) => review.state !== 'PENDING' || review.user.id === call.token.user.id,
  )
  const page = pageOf(call, visible)
  const body = page.items.map((review) => reviewJson(call.world, place, review))
  return { status: 200, body, headers: page.headers }
}

function deletePending(call: Call): Answer {
  const place = placeOf(call)
  const review = reviewOf(call)
  if (review.state !== 'PENDING') throw unprocessable('Can not delete a non-pending pull request review')
  place.pull.reviews.splice(place.pull.reviews.indexOf(review), 1)
  for (const thread of [...place.pull.threads]) {
    if (thread.comments.some((comment) => comment.reviewId === review.id)) {
      place.pull.threads.splice(place.pull.threads.indexOf(thread), 1)
    }
  }
  return { status: 200, body: reviewJson(call.world, place, review) }
}

function submitReview(call: Call): Answer {
  const place = placeOf(call)
  const review = reviewOf(call)
  const event = textOf(call, 'event') ?? ''
  if (review.state !== 'PENDING') throw unprocessable('Can not submit a review that is not pending')
  if (event === 'APPROVE') refuseApproval(call, place.pull)
  review.body = textOf(call, 'body') ?? review.body
  refuseLongReview(review.body)
  review.state = submitted[event] ?? 'COMMENTED'
  review.submittedAt = call.world.now()
  return { status: 200, body: reviewJson(call.world, place, review) }
}

function updateReview(call: Call): Answer {
  const place = placeOf(call)
  const review = reviewOf(call)
  const body = textOf(call, 'body') ?? ''
  refuseLongReview(body)
  review.body = body
  return { status: 200, body: reviewJson(call.world, place, review) }
}

async function updateComment(call: Call): Promise<Answer> {
  const { place, comment } = commentOf(call)
  if (comment.user.id !== call.token.user.id) throw new Refusal(403, 'Resource not accessible by integration')
  const body = textOf(call, 'body') ?? ''
  refuseLongBody(body)
  comment.body = body
  comment.updatedAt = call.world.now()
  return { status: 200, body: await reviewCommentJson(call.world, place, comment) }
}

function deleteComment(call: Call): Answer {
  const { place, comment } = commentOf(call)
  const { thread, pull } = place
  thread.comments.splice(thread.comments.indexOf(comment), 1)
  if (thread.comments.length === 0) pull.threads.splice(pull.threads.indexOf(thread), 1)
  return { status: 204 }
}

async function commentsOfReview(call: Call): Promise<Answer> {
  const { repository, pull } = placeOf(call)
  const review = reviewOf(call)
  const found = allComments(repository, [pull]).filter(({ comment }) => comment.reviewId === review.id)
  const answer = await commentsAnswer(call, found)
  return answer
}

const reads = ['pull-requests', 'read'] as const
const writes = ['pull-requests', 'write'] as const

export const reviewRoutes: Routes = {
  'pulls/create-review': { needs: writes, handle: createReview },
  'pulls/list-reviews': { needs: reads, handle: listReviews },
  'pulls/get-review': {
    needs: reads,
    handle: (call) => ({ status: 200, body: reviewJson(call.world, placeOf(call), reviewOf(call)) }),
  },
  'pulls/update-review': { needs: writes, handle: updateReview },
  'pulls/delete-pending-review': { needs: writes, handle: deletePending },
  'pulls/submit-review': { needs: writes, handle: submitReview },
  'pulls/list-comments-for-review': { needs: reads, handle: commentsOfReview },
  'pulls/list-review-comments': { needs: reads, handle: listComments },
  'pulls/list-review-comments-for-repo': { needs: reads, handle: listCommentsOfRepository },
  'pulls/create-review-comment': { needs: writes, handle: createComment },
  'pulls/create-reply-for-review-comment': {
    needs: writes,
    handle: (call) =>
      addReply(call, placeOf(call), { to: idOf(call, 'comment_id'), body: textOf(call, 'body') ?? '' }),
  },
  'pulls/get-review-comment': {
    needs: reads,
    handle: async (call) => {
      const { place, comment } = commentOf(call)
      return { status: 200, body: await reviewCommentJson(call.world, place, comment) }
    },
  },
  'pulls/update-review-comment': { needs: writes, handle: updateComment },
  'pulls/delete-review-comment': { needs: writes, handle: deleteComment },
}
