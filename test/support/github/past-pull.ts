import type { StandInGithub } from './start-github.ts'
import type { PullState, ReviewCommentState, User } from './state.ts'

interface PastPull {
  readonly number: number
  readonly author: User
  readonly headRef: string
  readonly baseSha: string
  readonly headSha: string
  readonly createdAt: string
  readonly updatedAt: string
}

/** A pull request that was merged long ago, as nobody has to make it by requests. */
export function pastPull(pull: PastPull, { world }: StandInGithub): PullState {
  return {
    ...pull,
    id: world.nextId(),
    fork: null,
    baseRef: 'main',
    title: `Change ${pull.number}`,
    body: '',
    state: 'closed',
    draft: false,
    merged: true,
    locked: false,
    mergeSha: null,
    labels: [],
    reviews: [],
    threads: [],
    comments: [],
  }
}

interface PastWords {
  readonly user: User
  readonly body: string
  readonly at: string
}

/** A comment of then, on the lines that its thread names. */
export function pastWords({ user, body, at }: PastWords, { world }: StandInGithub): ReviewCommentState {
  return {
    id: world.nextId(),
    user,
    body,
    createdAt: at,
    updatedAt: at,
    minimized: null,
    reactions: [],
    reviewId: 1,
    inReplyTo: null,
  }
}
