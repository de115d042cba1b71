import type { ChangedFile } from './changed-files.ts'
import { completeAnswer } from './complete-answer.ts'
import type { Json, JsonObject } from './json.ts'
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
  type User,
  userOf,
  type World,
} from './state.ts'
import { currentLines } from './thread-position.ts'

const reactionNames = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'eyes', 'rocket'] as const

export function userJson(world: World, user: User): JsonObject {
  return completeAnswer(
    'simple-user',
    {
      id: user.id,
      node_id: nodeId('U', user.id),
      login: user.login,
      type: user.type,
      site_admin: false,
      gravatar_id: '',
      html_url: `${world.base}/${encodeURIComponent(user.login)}`,
      url: `${world.base}/users/${encodeURIComponent(user.login)}`,
    },
    world.base,
  )
}

export function repositoryJson(world: World, repository: RepositoryState): JsonObject {
  const fullName = fullNameOf(repository)
  return completeAnswer(
    'full-repository',
    {
      id: repository.id,
      node_id: nodeId('R', repository.id),
      name: repository.name,
      full_name: fullName,
      private: repository.private,
      visibility: repository.private ? 'private' : 'public',
      owner: userJson(world, userOf(world, repository.owner)),
      default_branch: 'main',
      archived: repository.archived,
      has_downloads: true,
      topics: [],
      fork: false,
      html_url: `${world.base}/${fullName}`,
      url: `${world.base}/repos/${fullName}`,
      clone_url: `file://${repository.git.directory}`,
    },
    world.base,
  )
}

function forkJson(world: World, repository: RepositoryState, fork: string): JsonObject {
  const [owner = '', name = ''] = fork.split('/')
  return {
    ...repositoryJson(world, repository),
    id: repository.id + 500_000,
    node_id: nodeId('R', repository.id + 500_000),
    name,
    full_name: fork,
    fork: true,
    owner: userJson(world, userOf(world, owner)),
    html_url: `${world.base}/${fork}`,
    url: `${world.base}/repos/${fork}`,
  }
}

export function authorAssociation(repository: RepositoryState, user: User): string {
  if (user.login === repository.owner) return 'OWNER'
  const role = repository.roles.get(user.login) ?? 'none'
  return role === 'write' || role === 'admin' ? 'COLLABORATOR' : 'NONE'
}

export function pullUrl(world: World, repository: RepositoryState, pull: PullState): string {
  return `${world.base}/${fullNameOf(repository)}/pull/${pull.number}`
}

/** What every form of a pull request says. */
function pullCore(world: World, repository: RepositoryState, pull: PullState): JsonObject {
  const api = `${world.base}/repos/${fullNameOf(repository)}`
  const forkOwner = pull.fork?.split('/')[0] ?? repository.owner
  const repo = repositoryJson(world, repository)
  const headRepo = pull.fork === null ? repo : forkJson(world, repository, pull.fork)
  return {
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    active_lock_reason: null,
    title: pull.title,
    body: pull.body === '' ? null : pull.body,
    draft: pull.draft,
    user: userJson(world, pull.author),
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.state === 'closed' ? pull.updatedAt : null,
    merged_at: pull.merged ? pull.updatedAt : null,
    merge_commit_sha: pull.mergeSha,
    author_association: authorAssociation(repository, pull.author),
    labels: pull.labels.map((name) => ({
      id: 1,
      node_id: nodeId('LA', 1),
      url: `${api}/labels/${name}`,
      name,
      color: 'ededed',
      default: false,
      description: null,
    })),
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    url: `${api}/pulls/${pull.number}`,
    html_url: pullUrl(world, repository, pull),
    diff_url: `${pullUrl(world, repository, pull)}.diff`,
    patch_url: `${pullUrl(world, repository, pull)}.patch`,
    issue_url: `${api}/issues/${pull.number}`,
    commits_url: `${api}/pulls/${pull.number}/commits`,
    comments_url: `${api}/issues/${pull.number}/comments`,
    review_comments_url: `${api}/pulls/${pull.number}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    statuses_url: `${api}/statuses/${pull.headSha}`,
    head: {
      label: `${forkOwner}:${pull.headRef}`,
      ref: pull.headRef,
      sha: pull.headSha,
      user: userJson(world, userOf(world, forkOwner)),
      repo: headRepo,
    },
    base: {
      label: `${repository.owner}:${pull.baseRef}`,
      ref: pull.baseRef,
      sha: pull.baseSha,
      user: userJson(world, userOf(world, repository.owner)),
      repo,
    },
  }
}

export function pullSimpleJson(world: World, repository: RepositoryState, pull: PullState): JsonObject {
  return completeAnswer('pull-request-simple', pullCore(world, repository, pull), world.base)
}

/** `counts` are of the whole diff. */
export function pullJson(
  world: World,
  place: { repository: RepositoryState; pull: PullState },
  counts: { changedFiles: number; additions: number; deletions: number; commits: number },
): JsonObject {
  const { repository, pull } = place
  return completeAnswer(
    'pull-request',
    {
      ...pullCore(world, repository, pull),
      changed_files: counts.changedFiles,
      additions: counts.additions,
      deletions: counts.deletions,
      commits: counts.commits,
      comments: pull.comments.length,
      review_comments: pull.threads.flatMap((thread) => thread.comments).length,
      merged: pull.merged,
      ...(pull.mergedBy === undefined ? {} : { merged_by: userJson(world, pull.mergedBy) }),
      mergeable: null,
      mergeable_state: 'unknown',
      maintainer_can_modify: false,
    },
    world.base,
  )
}

export function reviewJson(
  world: World,
  place: { repository: RepositoryState; pull: PullState },
  review: ReviewState,
): JsonObject {
  const url = pullUrl(world, place.repository, place.pull)
  const api = `${world.base}/repos/${fullNameOf(place.repository)}/pulls/${place.pull.number}`
  return completeAnswer(
    'pull-request-review',
    {
      id: review.id,
      node_id: nodeId('PRR', review.id),
      user: userJson(world, review.user),
      body: review.body,
      state: review.state,
      commit_id: review.commit,
      html_url: `${url}#pullrequestreview-${review.id}`,
      pull_request_url: api,
      author_association: authorAssociation(place.repository, review.user),
      ...(review.submittedAt === null ? {} : { submitted_at: review.submittedAt }),
      _links: { html: { href: `${url}#pullrequestreview-${review.id}` }, pull_request: { href: api } },
    },
    world.base,
  )
}

function reactionsJson(comment: CommentState, url: string): JsonObject {
  const counts = reactionNames.map((name) => [
    name,
    comment.reactions.filter((reaction) => reaction.content === name).length,
  ])
  return { url: `${url}/reactions`, total_count: comment.reactions.length, ...Object.fromEntries(counts) }
}

export async function reviewCommentJson(
  world: World,
  place: { repository: RepositoryState; pull: PullState; thread: ThreadState },
  comment: ReviewCommentState,
): Promise<JsonObject> {
  const { repository, pull, thread } = place
  const now = await currentLines(repository, pull, thread)
  const page = pullUrl(world, repository, pull)
  const api = `${world.base}/repos/${fullNameOf(repository)}/pulls`
  const self = `${api}/comments/${comment.id}`
  return completeAnswer(
    'pull-request-review-comment',
    {
      id: comment.id,
      node_id: nodeId('PRRC', comment.id),
      url: self,
      pull_request_review_id: comment.reviewId,
      diff_hunk: thread.hunk,
      path: thread.anchor.path,
      ...linesJson(thread, now),
      commit_id: now.outdated ? thread.commit : pull.headSha,
      original_commit_id: thread.commit,
      ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
      user: userJson(world, comment.user),
      body: comment.body,
      created_at: comment.createdAt,
      updated_at: comment.updatedAt,
      html_url: `${page}#discussion_r${comment.id}`,
      pull_request_url: `${api}/${pull.number}`,
      author_association: authorAssociation(repository, comment.user),
      reactions: reactionsJson(comment, self),
      _links: {
        self: { href: self },
        html: { href: `${page}#discussion_r${comment.id}` },
        pull_request: { href: `${api}/${pull.number}` },
      },
    },
    world.base,
  )
}

function linesJson(thread: ThreadState, now: { line: number | null; startLine: number | null }): JsonObject {
  const anchor = thread.anchor
  if (!('line' in anchor))
    return { subject_type: 'file', line: null, original_line: null, side: 'RIGHT' } as JsonObject
  return {
    subject_type: 'line',
    line: now.line,
    original_line: anchor.line,
    side: anchor.side,
    start_line: now.startLine,
    original_start_line: anchor.startLine ?? null,
    start_side: anchor.startLine === undefined ? null : (anchor.startSide ?? anchor.side),
    position: now.line === null ? null : 1,
    original_position: 1,
  }
}

export function issueCommentJson(
  world: World,
  place: { repository: RepositoryState; pull: PullState },
  comment: CommentState,
): JsonObject {
  const self = `${world.base}/repos/${fullNameOf(place.repository)}/issues/comments/${comment.id}`
  return completeAnswer(
    'issue-comment',
    {
      id: comment.id,
      node_id: nodeId('IC', comment.id),
      url: self,
      html_url: `${pullUrl(world, place.repository, place.pull)}#issuecomment-${comment.id}`,
      issue_url: `${world.base}/repos/${fullNameOf(place.repository)}/issues/${place.pull.number}`,
      user: userJson(world, comment.user),
      body: comment.body,
      created_at: comment.createdAt,
      updated_at: comment.updatedAt,
      author_association: authorAssociation(place.repository, comment.user),
      reactions: reactionsJson(comment, self),
    },
    world.base,
  )
}

export function checkRunJson(world: World, repository: RepositoryState, check: CheckRunState): JsonObject {
  const api = `${world.base}/repos/${fullNameOf(repository)}/check-runs/${check.id}`
  return completeAnswer(
    'check-run',
    {
      id: check.id,
      node_id: nodeId('CR', check.id),
      head_sha: check.headSha,
      name: check.name,
      url: api,
      html_url: `${world.base}/${fullNameOf(repository)}/runs/${check.id}`,
      details_url: check.detailsUrl,
      external_id: check.externalId,
      status: check.status,
      conclusion: check.conclusion,
      started_at: check.startedAt,
      completed_at: check.completedAt,
      check_suite: { id: check.appId },
      output: {
        title: check.title,
        summary: check.summary,
        text: check.text,
        annotations_count: check.annotations.length,
        annotations_url: `${api}/annotations`,
      },
      app: { id: check.appId, slug: 'github-actions', name: 'GitHub Actions' } as JsonObject,
      pull_requests: [],
    },
    world.base,
  )
}

export function changedFileJson(
  world: World,
  place: { repository: RepositoryState; sha: string },
  file: ChangedFile,
): JsonObject {
  const root = `${world.base}/${fullNameOf(place.repository)}`
  const path = encodeURI(file.path)
  const api = `${world.base}/repos/${fullNameOf(place.repository)}/contents/${path}?ref=${place.sha}`
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${root}/blob/${place.sha}/${path}`,
    raw_url: `${root}/raw/${place.sha}/${path}`,
    contents_url: api,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  }
}

export function reactionJson(
  world: World,
  reaction: { id: number; user: User; content: string },
  createdAt: string,
): Json {
  return {
    id: reaction.id,
    node_id: nodeId('REA', reaction.id),
    user: userJson(world, reaction.user),
    content: reaction.content,
    created_at: createdAt,
  }
}
