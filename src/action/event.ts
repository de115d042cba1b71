import { ReviewError } from '../errors.ts'
import { ownSign } from '../review/own-sign.ts'
import type { Person } from '../roles.ts'
import type { Command } from './command.ts'
import { at, idOf, isMoment, isSha, personOf, pullRequestNumber } from './payload.ts'

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
      /** The head lies in another repository, or in none any more. */
      readonly isFork: boolean
      readonly repositoryIsPublic: boolean
    }
  /** `learns`: personas whose policy asks for it are refreshed as well. */
  | { readonly kind: 'dispatch'; readonly number: number; readonly learns?: true }
  | {
      readonly kind: 'command'
      readonly number: number
      readonly commentId: number
      readonly author: Person
      /** When it was said, by the host's clock (ISO 8601); absent where the event does not tell. */
      readonly at?: string
      readonly command: Command
    }
  | {
      readonly kind: 'reply'
      readonly number: number
      readonly commentId: number
      readonly author: Person
      /** What was said, as it was when the event came about. */
      readonly body: string
      /** True where the one who speaks opened the pull request. */
      readonly isOpener: boolean
      /** True where the reviewer is called by name. */
      readonly mentionsUs: boolean
      /** True where the words say that the finding does not matter. */
      readonly isDeclining: boolean
    }
  | {
      readonly kind: 'merge-group'
      readonly headSha: string
      /** The pull request that the group ends with; null where its branch does not tell. */
      readonly number: number | null
    }
  | { readonly kind: 'ignored'; readonly reason: IgnoreReason }

/** Why an event asks nothing of us. */
type IgnoreReason = 'other-action' | 'not-a-pull-request' | 'bot' | 'no-command' | 'not-a-reply'

export interface EventParts {
  /** `GITHUB_EVENT_NAME`. */
  readonly name: string
  /** The parsed JSON of `GITHUB_EVENT_PATH`. */
  readonly payload: unknown
  /** The input `pull-request`, where it was given. */
  readonly pullRequest?: number
  /** Name that people call the reviewer by, without `@`. */
  readonly mentionName: string
}

const reviewedActions: ReadonlySet<string> = new Set([
  'opened',
  'synchronize',
  'reopened',
  'ready_for_review',
])

const ignored = (reason: IgnoreReason): Trigger => ({ kind: 'ignored', reason })

/** Throws `bad-event` where the workflow runs on an event, or with a payload, that names no pull request. */
export async function readTrigger(parts: EventParts): Promise<Trigger> {
  switch (parts.name) {
    case 'pull_request':
      return readPullRequestEvent(parts.payload)
    case 'issue_comment':
      return await readIssueComment(parts)
    case 'pull_request_review_comment':
      return await readReviewComment(parts)
    case 'merge_group':
      return readMergeGroup(parts.payload)
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
          hint: 'Use "on: pull_request", issue_comment, pull_request_review_comment, merge_group, or workflow_dispatch with the input pull-request.',
        },
      )
  }
}

function readPullRequestEvent(payload: unknown): Trigger {
  const action = at(payload, 'action')
  const number = pullRequestNumber(at(payload, 'pull_request', 'number'))
  const headSha = at(payload, 'pull_request', 'head', 'sha')
  if (typeof action !== 'string' || number === null || !isSha(headSha)) {
    throw malformed('holds no pull request')
  }
  // Another base makes another change of the same commits; a new title does not.
  const isRebased = action === 'edited' && at(payload, 'changes', 'base') !== undefined
  if (!reviewedActions.has(action) && !isRebased) return ignored('other-action')
  const before = at(payload, 'before')
  const repository = idOf(at(payload, 'pull_request', 'base', 'repo', 'id'))
  return {
    kind: 'pull-request',
    number,
    headSha,
    ...(action === 'synchronize' && isSha(before) ? { previousHead: before } : {}),
    isFork: repository === null || at(payload, 'pull_request', 'head', 'repo', 'id') !== repository,
    repositoryIsPublic: at(payload, 'repository', 'private') !== true,
  }
}

async function readIssueComment(parts: EventParts): Promise<Trigger> {
  const { payload } = parts
  if (at(payload, 'action') !== 'created') return ignored('other-action')
  if (at(payload, 'issue', 'pull_request') === undefined) return ignored('not-a-pull-request')
  const said = readSaid(payload, at(payload, 'issue', 'number'))
  if (said === null) return ignored('bot')
  const { body, ...rest } = said
  // The parser of Markdown is no part of the start of other events.
  const { parseCommand } = await import('./parse-command.ts')
  const command = parseCommand(body, parts.mentionName)
  if (command === null) return ignored('no-command')
  const moment = at(payload, 'comment', 'created_at')
  return { kind: 'command', ...rest, ...(isMoment(moment) ? { at: moment } : {}), command }
}

async function readReviewComment(parts: EventParts): Promise<Trigger> {
  const { payload } = parts
  if (at(payload, 'action') !== 'created') return ignored('other-action')
  const said = readSaid(payload, at(payload, 'pull_request', 'number'))
  if (said === null) return ignored('bot')
  if (idOf(at(payload, 'comment', 'in_reply_to_id')) === null) return ignored('not-a-reply')
  const opener = idOf(at(payload, 'pull_request', 'user', 'id'))
  const { understandReply } = await import('./understand-reply.ts')
  return {
    kind: 'reply',
    ...said,
    isOpener: said.author.id === opener,
    ...understandReply(said.body, parts.mentionName),
  }
}

/** What a person said; null where it was a bot, or one of our own remarks under a person's token. */
function readSaid(payload: unknown, numberInPayload: unknown) {
  const number = pullRequestNumber(numberInPayload)
  const commentId = idOf(at(payload, 'comment', 'id'))
  const body = at(payload, 'comment', 'body')
  const author = personOf(at(payload, 'comment', 'user'))
  const sender = personOf(at(payload, 'sender'))
  if (number === null || commentId === null || typeof body !== 'string') {
    throw malformed('holds no comment on a pull request')
  }
  // An account that was deleted since speaks to nobody.
  if (author === null || sender === null) return null
  if (author.isBot || sender.isBot || body.includes(ownSign)) return null
  return { number, commentId, author, body }
}

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group: the branch ends with the pull request. */
function readMergeGroup(payload: unknown): Trigger {
  if (at(payload, 'action') !== 'checks_requested') return ignored('other-action')
  const headSha = at(payload, 'merge_group', 'head_sha')
  if (!isSha(headSha)) throw malformed('holds no merge group')
  const ref = at(payload, 'merge_group', 'head_ref')
  const digits = typeof ref === 'string' ? /\/pr-(\d{1,10})-[0-9a-f]{40,64}$/.exec(ref)?.[1] : undefined
  return { kind: 'merge-group', headSha, number: pullRequestNumber(digits) }
}

function readDispatch({ payload, pullRequest }: EventParts): Trigger {
  const number = pullRequest ?? pullRequestNumber(at(payload, 'inputs', 'pull-request'))
  if (number === null) {
    throw new ReviewError('bad-input', 'The input pull-request is missing.', {
      hint: 'A run by workflow_dispatch needs the number of the pull request: "pull-request: 12".',
    })
  }
  const learns = String(at(payload, 'inputs', 'learn')) === 'true'
  return { kind: 'dispatch', number, ...(learns ? { learns } : {}) }
}

function malformed(what: string): ReviewError {
  return new ReviewError('bad-event', `The event payload ${what}.`, {
    hint: 'Check that the file GITHUB_EVENT_PATH names is the one the runner wrote.',
  })
}
