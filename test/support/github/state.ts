import { randomInt } from 'node:crypto'
import type { GitRepository } from './git-repository.ts'
import type { JsonObject } from './json.ts'
import type { Anchor } from './placement.ts'

export type PermissionName =
  | 'actions'
  | 'checks'
  | 'contents'
  | 'issues'
  | 'metadata'
  | 'pull-requests'
  | 'security-events'
export type Access = 'none' | 'read' | 'write'
export type Permissions = Partial<Record<PermissionName, Access>>
export type CollaboratorRole = 'none' | 'read' | 'write' | 'admin'

export interface User {
  readonly id: number
  readonly login: string
  readonly type: 'User' | 'Bot'
}

/** `installation` is a workflow's own token, `app` another app's, `personal` a person's. */
export interface Token {
  readonly value: string
  readonly kind: 'installation' | 'app' | 'personal'
  readonly user: User
  readonly permissions: Permissions
  readonly appId: number
  remaining: number
}

export interface ReviewState {
  readonly id: number
  readonly user: User
  body: string
  state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED'
  commit: string
  submittedAt: string | null
}

interface Reaction {
  readonly id: number
  readonly user: User
  readonly content: string
}

export interface CommentState {
  readonly id: number
  readonly user: User
  body: string
  readonly createdAt: string
  updatedAt: string
  minimized: string | null
  readonly reactions: Reaction[]
  /** Who changed it last, and when; absent where nobody has. */
  edited?: { readonly by: User; readonly at: string }
}

export interface ReviewCommentState extends CommentState {
  readonly reviewId: number
  readonly inReplyTo: number | null
}

/** A conversation on lines of the diff. `anchor` holds the lines as they were at `commit`. */
export interface ThreadState {
  readonly id: number
  readonly commit: string
  /** The merge base that the diff of `commit` was taken against. */
  readonly base: string
  readonly anchor: Anchor | { readonly path: string }
  readonly hunk: string
  resolvedBy: User | null
  readonly comments: ReviewCommentState[]
  /** Where it stands at the head of now, for threads that are made in great numbers; found by git where absent. */
  readonly now?: {
    readonly line: number | null
    readonly startLine: number | null
    readonly outdated: boolean
  }
}

/** Whose commit it is by GitHub's word; `verified` tells that the committer's signature is good. */
export interface CommitIdentity {
  readonly author: User | null
  readonly committer: User | null
  readonly verified: boolean
}

export interface AnnotationState {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly annotation_level: string
  readonly message: string
  readonly title?: string
  readonly [key: string]: unknown
}

export interface CheckRunState {
  readonly id: number
  readonly appId: number
  readonly headSha: string
  name: string
  status: string
  conclusion: string | null
  title: string | null
  summary: string | null
  text: string | null
  startedAt: string
  completedAt: string | null
  externalId: string
  detailsUrl: string
  readonly annotations: AnnotationState[]
  readonly actions: JsonObject[]
}

export interface PullState {
  readonly id: number
  readonly number: number
  readonly author: User
  readonly fork: string | null
  baseRef: string
  readonly headRef: string
  title: string
  body: string
  state: 'open' | 'closed'
  draft: boolean
  merged: boolean
  locked: boolean
  baseSha: string
  headSha: string
  mergeSha: string | null
  /** Who merged it, where that is known. */
  mergedBy?: User
  readonly createdAt: string
  updatedAt: string
  readonly labels: string[]
  readonly reviews: ReviewState[]
  readonly threads: ThreadState[]
  readonly comments: CommentState[]
}

export interface RepositoryState {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly private: boolean
  archived: boolean
  readonly git: GitRepository
  readonly roles: Map<string, CollaboratorRole>
  readonly pulls: Map<number, PullState>
  readonly checkRuns: CheckRunState[]
  /** By the commit's id; one that is not here belongs to no account and is not signed. */
  readonly commitIdentities: Map<string, CommitIdentity>
  lastNumber: number
}

/** Everything the stand-in holds. */
export interface World {
  /** Root of the API and of the pages, without a slash at the end. */
  base: string
  readonly repositories: Map<string, RepositoryState>
  readonly users: Map<string, User>
  readonly tokens: Map<string, Token>
  /** For what people and programs write: beyond 32 bits, as GitHub's own are. */
  readonly nextId: () => number
  /** For accounts and repositories. */
  readonly nextSmallId: () => number
  readonly now: () => string
  /** Most rows of a page, whatever is asked for. */
  longestPage: number
}

export function newWorld(now: () => Date): World {
  // Other instances hold other ids, so that a server shared by several tests never takes one change for another.
  let smallId = randomInt(1_000_000, 900_000_000)
  let id = 2 ** 32 + smallId
  return {
    base: '',
    repositories: new Map(),
    users: new Map(),
    tokens: new Map(),
    nextId: () => ++id,
    nextSmallId: () => ++smallId,
    longestPage: 100,
    now: () =>
      now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
  }
}

/** The user of that login, made on first mention. The workflow's bot has GitHub's own id. */
export function userOf(world: World, login: string): User {
  const known = world.users.get(login)
  if (known !== undefined) return known
  const isBot = login.endsWith('[bot]')
  const id = login === 'github-actions[bot]' ? 41_898_282 : world.nextSmallId()
  const user: User = { id, login, type: isBot ? 'Bot' : 'User' }
  world.users.set(login, user)
  return user
}

export function fullNameOf(repository: RepositoryState): string {
  return `${repository.owner}/${repository.name}`
}

/** Opaque ids of GraphQL: here the kind and the number, so that a test can read them. */
export function nodeId(kind: string, id: number): string {
  return `${kind}_${id}`
}
