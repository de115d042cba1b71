import { ReviewError } from '../errors.ts'
import type { Person } from '../roles.ts'
import type { Command } from './command.ts'

/**
 * What set the run off. `headSha` is the head at that moment: only this head is reviewed.
 * `ignored` is an event that needs no review.
 */
export type Trigger =
  | {
      readonly kind: 'pull-request'
      readonly number: number
      readonly headSha: string
      /** The head before this push, where there was one. */
      readonly previousHead?: string
    }
  | { readonly kind: 'dispatch'; readonly number: number }
  | {
      readonly kind: 'command'
      readonly number: number
      readonly commentId: number
      readonly author: Person
      readonly command: Command
    }
  | {
      readonly kind: 'reply'
      readonly number: number
      readonly commentId: number
      readonly author: Person
      /** What was said, as it was when the event came about. */
      readonly body: string
    }
  | {
      readonly kind: 'merge-group'
      readonly headSha: string
      /** The pull request that the group ends with; null where its branch does not tell. */
      readonly number: number | null
    }
  | { readonly kind: 'ignored'; readonly reason: IgnoreReason }

/** Why an event asks nothing of us. */
export const ignoreReasons = [
  'other-action',
  'not-a-pull-request',
  'bot',
  'no-command',
  'not-a-reply',
] as const
export type IgnoreReason = (typeof ignoreReasons)[number]

export interface EventParts {
  /** `GITHUB_EVENT_NAME`. */
  readonly name: string
  /** The parsed JSON of `GITHUB_EVENT_PATH`. */
  readonly payload: unknown
  /** The input `pull-request`, where it was given. */
  readonly pullRequest?: number
}

const reviewedActions: ReadonlySet<string> = new Set([
  'opened',
  'synchronize',
  'reopened',
  'ready_for_review',
])

const longestNumber = 2_000_000_000

/** The number of a pull request, from a payload or as a person writes it; null for anything else. */
export function pullRequestNumber(value: unknown): number | null {
  const isWritten = typeof value === 'string' && /^\d{1,10}$/.test(value)
  const number = isWritten ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number)) return null
  return number >= 1 && number <= longestNumber ? number : null
}

/** Throws `bad-event` where the workflow runs on an event, or with a payload, that names no pull request. */
export function readTrigger(parts: EventParts): Trigger {
  switch (parts.name) {
    case 'pull_request':
      return readPullRequestEvent(parts.payload)
    case 'workflow_dispatch':
      return readDispatch(parts)
    case 'pull_request_target':
      throw new ReviewError('bad-event', 'The workflow runs on pull_request_target.', {
        hint: 'Use "on: pull_request": a review needs no secrets of the base, and that event hands them to a fork.',
      })
    default:
      throw new ReviewError(
        'bad-event',
        'The workflow runs on an event that carries no pull request to review.',
        {
          hint: 'Use "on: pull_request" or "on: workflow_dispatch" with the input pull-request.',
        },
      )
  }
}

function readPullRequestEvent(payload: unknown): Trigger {
  const action = at(payload, 'action')
  const number = pullRequestNumber(at(payload, 'pull_request', 'number'))
  const headSha = at(payload, 'pull_request', 'head', 'sha')
  if (typeof action !== 'string' || number === null || !isSha(headSha)) {
    throw new ReviewError('bad-event', 'The event payload holds no pull request.', {
      hint: 'Check that the file GITHUB_EVENT_PATH names is the one the runner wrote.',
    })
  }
  if (!reviewedActions.has(action)) return { kind: 'ignored', reason: 'other-action' }
  return { kind: 'pull-request', number, headSha }
}

function readDispatch({ payload, pullRequest }: EventParts): Trigger {
  const number = pullRequest ?? pullRequestNumber(at(payload, 'inputs', 'pull-request'))
  if (number === null) {
    throw new ReviewError('bad-input', 'The input pull-request is missing.', {
      hint: 'A run by workflow_dispatch needs the number of the pull request: "pull-request: 12".',
    })
  }
  return { kind: 'dispatch', number }
}

function isSha(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(value)
}

/** What stands at a path of own keys in JSON; undefined where the path ends early. */
function at(json: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined,
    json,
  )
}
