import type { FileChanges } from './git-repository.ts'
import type { JsonObject } from './json.ts'
import { payloadViolations } from './openapi-guard.ts'
import { type Anchor, hunkTextAt } from './placement.ts'
import {
  issueCommentJson,
  pullJson,
  pullSimpleJson,
  repositoryJson,
  reviewCommentJson,
  userJson,
} from './render.ts'
import { commitTree, mergeCommits, replayCommits } from './rewrite-branch.ts'
import {
  type CheckRunState,
  type CommentState,
  fullNameOf,
  nodeId,
  type PullState,
  type RepositoryState,
  type ReviewCommentState,
  type ReviewState,
  type ThreadState,
  userOf,
  type World,
} from './state.ts'
import { type CurrentLines, comparisonOf, currentLines } from './thread-position.ts'

/** A line comment as it stands on the pull request. `line` is of the commit it was made on. */
interface VisibleComment {
  readonly id: number
  readonly login: string
  readonly path: string
  readonly line: number | null
  readonly startLine: number | null
  readonly side: 'LEFT' | 'RIGHT'
  readonly commit: string
  readonly body: string
  readonly reviewId: number
  readonly isReply: boolean
  readonly isResolved: boolean
}

export type PullRequestAction =
  | 'opened'
  | 'synchronize'
  | 'reopened'
  | 'ready_for_review'
  | 'closed'
  | 'edited'
  | 'labeled'
  | 'converted_to_draft'

/** A pull request of the stand-in, with the doors that tests act and look through. */
export class StandInPullRequest {
  readonly state: PullState
  readonly #repository: RepositoryState
  readonly #world: World
  #previousHead: string
  #previousBase: { readonly ref: string; readonly sha: string } | null = null

  constructor(world: World, repository: RepositoryState, state: PullState) {
    this.#world = world
    this.#repository = repository
    this.state = state
    this.#previousHead = state.baseSha
  }

  get number(): number {
    return this.state.number
  }

  get head(): string {
    return this.state.headSha
  }

  get base(): string {
    return this.state.baseSha
  }

  /** The commit that a runner checks out; null when base and head conflict. */
  get mergeCommit(): string | null {
    return this.state.mergeSha
  }

  /** Pushes one more commit; with `force`, one that replaces all of the branch's own. */
  async push(files: FileChanges, options: { force?: boolean } = {}): Promise<string> {
    const { git } = this.#repository
    const { state } = this
    const isForced = options.force === true
    const parent = isForced ? await git.mergeBase(state.baseSha, state.headSha) : state.headSha
    const head = await git.commit({ ref: this.#ref(), parents: [parent], message: 'More', files })
    return await this.#moveHead(head, { force: isForced })
  }

  /** Takes the last commits off the branch, as a reset and a forced push do. */
  async dropCommits(count = 1): Promise<string> {
    const head = await this.#repository.git.text('rev-parse', `${this.head}~${count}`)
    return await this.#moveHead(head, { force: true })
  }

  /** Makes the branch's commits again on top of the base branch as it is now. */
  async rebase(): Promise<string> {
    const { git } = this.#repository
    const base = await git.mergeBase(this.state.baseSha, this.head)
    const head = await replayCommits(git, { base, head: this.head, onto: await this.#tipOfBase() })
    return await this.#moveHead(head, { force: true })
  }

  /** Merges the base branch, as it is now, into the branch. */
  async mergeBase(): Promise<string> {
    const head = await mergeCommits(this.#repository.git, this.head, await this.#tipOfBase())
    return await this.#moveHead(head, { force: false })
  }

  /** Makes one commit of all of the branch's own. */
  async squash(): Promise<string> {
    const { git } = this.#repository
    const base = await git.mergeBase(this.state.baseSha, this.head)
    const tree = `${this.head}^{tree}`
    const head = await commitTree(git, { tree, parents: [base], message: 'Squashed' })
    return await this.#moveHead(head, { force: true })
  }

  /** One more commit that takes back what the last one did. */
  async revert(): Promise<string> {
    const tree = `${this.head}~1^{tree}`
    const head = await commitTree(this.#repository.git, { tree, parents: [this.head], message: 'Revert' })
    return await this.#moveHead(head, { force: false })
  }

  /** Aims the pull request at another branch of the repository, which the event `edited` then tells. */
  async retarget(branch: string): Promise<void> {
    this.#previousBase = { ref: this.state.baseRef, sha: this.state.baseSha }
    this.state.baseRef = branch
    this.state.baseSha = await this.#tipOfBase()
    await this.updateRefs()
  }

  #tipOfBase(): Promise<string> {
    return this.#repository.git.text('rev-parse', `refs/heads/${this.state.baseRef}`)
  }

  async #moveHead(head: string, { force }: { readonly force: boolean }): Promise<string> {
    const { state } = this
    this.#previousHead = state.headSha
    state.headSha = head
    await this.#repository.git.setRef(this.#ref(), head)
    state.baseSha = await this.#tipOfBase()
    state.updatedAt = this.#world.now()
    // GitHub points old reviews at the new head when their commit left the branch.
    if (force) for (const review of state.reviews) review.commit = state.headSha
    await this.updateRefs()
    return head
  }

  #ref(): string {
    const { fork, headRef } = this.state
    return fork === null ? `refs/heads/${headRef}` : `refs/forks/${fork}/${headRef}`
  }

  /** Moves `refs/pull/N/head` and makes `refs/pull/N/merge` anew. */
  async updateRefs(): Promise<void> {
    const { git } = this.#repository
    const { state } = this
    await git.setRef(`refs/pull/${state.number}/head`, state.headSha)
    const tree = await git.text('merge-tree', '--write-tree', state.baseSha, state.headSha).catch(() => null)
    if (tree === null) {
      state.mergeSha = null
      return
    }
    const identity = ['-c', 'user.name=GitHub', '-c', 'user.email=noreply@example.com']
    const parents = ['-p', state.baseSha, '-p', state.headSha]
    state.mergeSha = await git.text(...identity, 'commit-tree', ...parents, '-m', 'Merge', tree)
    await git.setRef(`refs/pull/${state.number}/merge`, state.mergeSha)
  }

  close(): void {
    this.state.state = 'closed'
  }

  merge(): void {
    this.state.state = 'closed'
    this.state.merged = true
  }

  /** Merged by this person, with this commit on the base branch. */
  mergeAs(login: string, sha: string): void {
    this.merge()
    this.state.mergedBy = userOf(this.#world, login)
    this.state.mergeSha = sha
  }

  /** A person says something in the conversation. */
  comment(login: string, body: string): CommentState {
    const comment = this.#newComment(login, body)
    this.state.comments.push(comment)
    return comment
  }

  /** A person comments on lines of the head's diff. */
  async addReviewComment(login: string, anchor: Anchor, body: string): Promise<ThreadState> {
    const { files } = await comparisonOf(this.#repository, this.state.baseSha, this.state.headSha)
    const review = this.#newReview(login)
    const thread: ThreadState = {
      id: this.#world.nextId(),
      commit: this.state.headSha,
      base: this.state.baseSha,
      anchor,
      hunk: hunkTextAt(files, anchor),
      resolvedBy: null,
      comments: [{ ...this.#newComment(login, body), reviewId: review.id, inReplyTo: null }],
    }
    this.state.reviews.push(review)
    this.state.threads.push(thread)
    return thread
  }

  /** The review by which GitHub keeps a person's comment on a line. */
  #newReview(login: string): ReviewState {
    return {
      id: this.#world.nextId(),
      user: userOf(this.#world, login),
      body: '',
      state: 'COMMENTED',
      commit: this.state.headSha,
      submittedAt: this.#world.now(),
    }
  }

  #newComment(login: string, body: string): CommentState {
    const now = this.#world.now()
    return {
      id: this.#world.nextId(),
      user: userOf(this.#world, login),
      body,
      createdAt: now,
      updatedAt: now,
      minimized: null,
      reactions: [],
    }
  }

  /** Line comments in the order they were made, pending ones left out. */
  comments(): VisibleComment[] {
    const pending = new Set(this.state.reviews.filter((one) => one.state === 'PENDING').map((one) => one.id))
    return this.state.threads
      .flatMap((thread) =>
        thread.comments.map((comment): VisibleComment => {
          const anchor = 'line' in thread.anchor ? thread.anchor : null
          return {
            id: comment.id,
            login: comment.user.login,
            path: thread.anchor.path,
            line: anchor?.line ?? null,
            startLine: anchor?.startLine ?? null,
            side: anchor?.side ?? 'RIGHT',
            commit: thread.commit,
            body: comment.body,
            reviewId: comment.reviewId,
            isReply: comment.inReplyTo !== null,
            isResolved: thread.resolvedBy !== null,
          }
        }),
      )
      .filter((comment) => !pending.has(comment.reviewId))
      .sort((a, b) => a.id - b.id)
  }

  /** Reviews in the order they were made, pending ones included. */
  reviews(): readonly ReviewState[] {
    return this.state.reviews
  }

  threads(): readonly ThreadState[] {
    return this.state.threads
  }

  /** Where a thread stands at the head of now; no line once it is outdated. */
  linesOf(thread: ThreadState): Promise<CurrentLines> {
    return currentLines(this.#repository, this.state, thread)
  }

  /** What was said in the conversation. */
  conversation(): readonly CommentState[] {
    return this.state.comments
  }

  /** Check runs on any commit of the pull request's repository that this head or an older one had. */
  checkRuns(sha: string = this.state.headSha): readonly CheckRunState[] {
    return this.#repository.checkRuns.filter((check) => check.headSha === sha)
  }

  /** The payload of `pull_request` with this action; throws where GitHub's description of it is violated. */
  async event(action: PullRequestAction): Promise<JsonObject> {
    const repository = this.#repository
    const { files } = await comparisonOf(repository, this.state.baseSha, this.state.headSha)
    const counts = {
      changedFiles: files.length,
      additions: files.reduce((sum, file) => sum + file.additions, 0),
      deletions: files.reduce((sum, file) => sum + file.deletions, 0),
      commits: 1,
    }
    const payload: JsonObject = {
      action,
      number: this.number,
      pull_request: pullJson(this.#world, { repository, pull: this.state }, counts),
      repository: repositoryJson(this.#world, repository),
      sender: userJson(this.#world, this.state.author),
      ...(action === 'synchronize' ? { before: this.#previousHead, after: this.head } : {}),
      ...(action === 'edited' ? { changes: this.#changes() } : {}),
      ...(action === 'labeled'
        ? {
            label: {
              id: 1,
              node_id: 'LA_1',
              url: `${this.#world.base}/labels/x`,
              name: 'x',
              color: 'ededed',
              default: false,
              description: null,
            },
          }
        : {}),
    }
    return checkedPayload(`pull-request-${action.replaceAll('_', '-')}`, payload)
  }

  /** What an edit changed: the branch that the pull request aims at, where that moved. */
  #changes(): JsonObject {
    const from = this.#previousBase
    return from === null ? {} : { base: { ref: { from: from.ref }, sha: { from: from.sha } } }
  }

  /** A person, or a bot, answers in a thread. */
  replyTo(thread: ThreadState, login: string, body: string): ReviewCommentState {
    const [first] = thread.comments
    if (first === undefined) throw new Error('the thread holds no comment to answer')
    const review = this.#newReview(login)
    this.state.reviews.push(review)
    const reply = { ...this.#newComment(login, body), reviewId: review.id, inReplyTo: first.id }
    thread.comments.push(reply)
    return reply
  }

  resolve(thread: ThreadState, login: string): void {
    thread.resolvedBy = userOf(this.#world, login)
  }

  unresolve(thread: ThreadState): void {
    thread.resolvedBy = null
  }

  /** Somebody, a maintainer unless told, changes what a comment says: GitHub keeps its author. */
  editComment(comment: CommentState, body: string, login = 'maintainer'): void {
    comment.body = body
    comment.updatedAt = this.#world.now()
    comment.edited = { by: userOf(this.#world, login), at: comment.updatedAt }
  }

  /** A maintainer deletes a comment; its thread goes with the last one. */
  deleteReviewComment(id: number): void {
    const { threads } = this.state
    for (const thread of threads) {
      const index = thread.comments.findIndex((comment) => comment.id === id)
      if (index >= 0) thread.comments.splice(index, 1)
    }
    const left = threads.filter((thread) => thread.comments.length > 0)
    threads.splice(0, threads.length, ...left)
  }

  /** The payload of `pull_request_review_comment` for a comment on the diff. */
  async reviewCommentEvent(comment: ReviewCommentState): Promise<JsonObject> {
    const repository = this.#repository
    const thread = this.state.threads.find(({ comments }) => comments.includes(comment))
    if (thread === undefined) throw new Error('the comment stands in no thread of this pull request')
    const { state } = this
    const payload: JsonObject = {
      action: 'created',
      comment: await reviewCommentJson(this.#world, { repository, pull: state, thread }, comment),
      pull_request: pullSimpleJson(this.#world, repository, state),
      repository: repositoryJson(this.#world, repository),
      sender: userJson(this.#world, comment.user),
    }
    return checkedPayload('pull-request-review-comment-created', payload)
  }

  /** The payload of `merge_group` for a group that ends with this pull request. */
  mergeGroupEvent(): JsonObject {
    const { baseRef, baseSha, mergeSha, headSha } = this.state
    const sha = mergeSha ?? headSha
    return checkedPayload('merge-group-checks-requested', {
      action: 'checks_requested',
      merge_group: {
        head_sha: sha,
        head_ref: `refs/heads/gh-readonly-queue/${baseRef}/pr-${this.number}-${baseSha}`,
        base_sha: baseSha,
        base_ref: `refs/heads/${baseRef}`,
        head_commit: {
          id: sha,
          tree_id: sha,
          message: 'Merge',
          timestamp: this.state.updatedAt,
          author: { name: 'GitHub', email: 'noreply@example.com' },
          committer: { name: 'GitHub', email: 'noreply@example.com' },
        },
      },
      repository: repositoryJson(this.#world, this.#repository),
      sender: userJson(this.#world, this.state.author),
    })
  }

  /** The payload of `issue_comment` for a comment of the conversation. */
  commentEvent(comment: CommentState): JsonObject {
    const repository = this.#repository
    const place = { repository, pull: this.state }
    const api = `${this.#world.base}/repos/${fullNameOf(repository)}`
    const page = `${this.#world.base}/${fullNameOf(repository)}/pull/${this.number}`
    const payload: JsonObject = {
      action: 'created',
      issue: {
        id: this.state.id + 1,
        node_id: nodeId('I', this.state.id + 1),
        number: this.number,
        title: this.state.title,
        body: this.state.body,
        state: this.state.state,
        locked: this.state.locked,
        draft: this.state.draft,
        user: userJson(this.#world, this.state.author),
        labels: [],
        assignee: null,
        assignees: [],
        milestone: null,
        comments: this.state.comments.length,
        created_at: this.state.createdAt,
        updated_at: this.state.updatedAt,
        closed_at: null,
        author_association: 'CONTRIBUTOR',
        active_lock_reason: null,
        performed_via_github_app: null,
        url: `${api}/issues/${this.number}`,
        repository_url: api,
        labels_url: `${api}/issues/${this.number}/labels{/name}`,
        comments_url: `${api}/issues/${this.number}/comments`,
        events_url: `${api}/issues/${this.number}/events`,
        html_url: page,
        timeline_url: `${api}/issues/${this.number}/timeline`,
        reactions: {
          url: `${api}/issues/${this.number}/reactions`,
          total_count: 0,
          '+1': 0,
          '-1': 0,
          laugh: 0,
          hooray: 0,
          confused: 0,
          heart: 0,
          rocket: 0,
          eyes: 0,
        },
        pull_request: {
          url: `${api}/pulls/${this.number}`,
          html_url: page,
          diff_url: `${page}.diff`,
          patch_url: `${page}.patch`,
        },
      },
      comment: { ...issueCommentJson(this.#world, place, comment), performed_via_github_app: null },
      repository: repositoryJson(this.#world, repository),
      sender: userJson(this.#world, comment.user),
    }
    return checkedPayload('issue-comment-created', payload)
  }
}

/** Payloads are of the stand-in's own making, so a violation is its own fault and is told at once. */
export function checkedPayload(webhook: string, payload: JsonObject): JsonObject {
  const problems = payloadViolations(webhook, payload)
  if (problems.length > 0)
    throw new Error(`the payload ${webhook} violates GitHub's description:\n${problems.join('\n')}`)
  return payload
}
