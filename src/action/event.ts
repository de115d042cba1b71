import { z } from 'zod'
import { ReviewError } from '../errors.ts'

/**
 * What set the run off. `headSha` is the head at that moment: only this head is reviewed.
 * `ignored` is an event that needs no review.
 */
export type Trigger =
  | { readonly kind: 'pull-request'; readonly number: number; readonly headSha: string }
  | { readonly kind: 'dispatch'; readonly number: number }
  | { readonly kind: 'ignored'; readonly reason: 'other-action' }

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

const PullRequestEvent = z.object({
  action: z.string(),
  pull_request: z.object({
    number: z.int().min(1),
    head: z.object({ sha: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/) }),
  }),
})

const DispatchEvent = z.object({
  inputs: z.object({ 'pull-request': z.coerce.number().int().min(1) }),
})

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
  const event = PullRequestEvent.safeParse(payload)
  if (!event.success) {
    throw new ReviewError('bad-event', 'The event payload holds no pull request.', {
      hint: 'Check that the file GITHUB_EVENT_PATH names is the one the runner wrote.',
    })
  }
  const { action, pull_request } = event.data
  if (!reviewedActions.has(action)) return { kind: 'ignored', reason: 'other-action' }
  return { kind: 'pull-request', number: pull_request.number, headSha: pull_request.head.sha }
}

function readDispatch({ payload, pullRequest }: EventParts): Trigger {
  const number = pullRequest ?? DispatchEvent.safeParse(payload).data?.inputs['pull-request']
  if (number === undefined) {
    throw new ReviewError('bad-input', 'The input pull-request is missing.', {
      hint: 'A run by workflow_dispatch needs the number of the pull request: "pull-request: 12".',
    })
  }
  return { kind: 'dispatch', number }
}
