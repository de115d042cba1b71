import type { ReplyResult } from '@ai-review/protocol/reply'
import type { Mark } from '@ai-review/protocol/seal'
import { ReviewError } from '../errors.ts'
import { formatMark, formatRunMark, parseMarks, saidOnce } from '../review/marker.ts'
import type { Policy } from '../review/policy.ts'
import { renderDeclined, renderModelAnswer, renderNoAnswer } from '../review/render-answer.ts'
import type {
  ChangeSource,
  Conversation,
  Log,
  Publisher,
  PullRequest,
  ReplyServer,
  Thread,
} from '../roles.ts'
import { buildReplyRequest } from './build-reply-request.ts'
import type { Trigger } from './event.ts'
import { goodToHave } from './good-to-have.ts'
import { loadPolicy } from './load-policy.ts'
import { mayCommand } from './may-command.ts'
import type { RunOutcome, SkipReason } from './outcome.ts'
import { timeForServer } from './time-for-server.ts'
import { unlessStopped } from './unless-stopped.ts'

export interface ReplyOrder {
  readonly trigger: Extract<Trigger, { kind: 'reply' }>
  readonly policyPath: string
  /** Milliseconds for the whole run, from `startedAt`, a reading of `now`. */
  readonly deadlineMs: number
  readonly startedAt: number
}

export interface ReplyRoles {
  readonly source: ChangeSource
  readonly conversation: Conversation
  readonly publisher: Pick<Publisher, 'settleThread'>
  readonly replies: ReplyServer
  readonly log: Log
  readonly now: () => number
  readonly signal: AbortSignal
}

/** A reply in a thread that, by its mark, is one of ours. */
interface Heard {
  readonly pullRequest: PullRequest
  readonly thread: Thread
  readonly mark: Mark
  /** Where in the thread the reply stands. */
  readonly at: number
}

type Intent = 'answer' | 'decline'

const replyName = (commentId: number) => `reply-${commentId}`
/** Kept back from the server's time for what is written afterwards. */
const writingMs = 10_000

/**
 * Answers a person in the thread of a finding, or marks the finding as declined. Silent where the thread is not ours,
 * the person may not ask, or people talk among themselves. Throws a `ReviewError` where an answer was due and failed.
 */
export async function answerReply(order: ReplyOrder, roles: ReplyRoles): Promise<RunOutcome> {
  const step = <T>(work: Promise<T>) => unlessStopped(roles.signal, work)
  const heard = await step(listen(order, roles))
  if (typeof heard === 'string') return { kind: 'skipped', reason: heard }
  const { policy } = await step(loadPolicy(roles.source, heard.pullRequest, order.policyPath))
  const intent = await step(intentOf(heard, policy, { order, roles }))
  if (intent === null) return { kind: 'skipped', reason: 'may-not-ask' }

  const react = (reaction: 'eyes' | 'confused') =>
    goodToHave(
      () => roles.conversation.react({ kind: 'review', id: order.trigger.commentId }, reaction),
      roles.log,
    )
  await react('eyes')
  try {
    const request = buildReplyRequest(
      { ...heard, intent, policy, said: order.trigger.body },
      timeForServer({ ...order, now: roles.now(), keptMs: writingMs }),
    )
    const result = await step(roles.replies.reply(request, { signal: roles.signal }))
    return await step(answer(result, { order, roles, thread: heard.thread, intent }))
  } catch (error) {
    await react('confused')
    throw error
  }
}

/** The reply in its thread, or why nothing is to be done about it. */
async function listen(
  { trigger }: ReplyOrder,
  { source, conversation }: ReplyRoles,
): Promise<Heard | SkipReason> {
  const pullRequest = await source.pullRequest(trigger.number)
  if (pullRequest.state === 'closed') return 'closed'
  const thread = await conversation.thread(trigger.number, trigger.commentId)
  const mark = parseMarks(thread?.comments[0].body ?? '').find(({ kind }) => kind === 'finding')
  if (thread === null || mark === undefined) return 'foreign-thread'
  const at = thread.comments.findIndex(({ id }) => id === trigger.commentId)
  // A comment that was deleted since speaks to nobody.
  if (at < 1) return 'not-spoken-to'
  const answerMark = formatRunMark(replyName(trigger.commentId))
  const isAnswered = thread.comments.some(({ author, body }) => author.isUs && body.includes(answerMark))
  if (isAnswered) return 'already-answered'
  if (!isToUs({ thread, at }, trigger) && !trigger.isDeclining) return 'not-spoken-to'
  return { pullRequest, thread, mark, at }
}

/**
 * Who has the role may ask and decline; who opened the pull request may ask. Null for anybody else, and where words of
 * declining from one who may not decline were not meant for us.
 */
async function intentOf(
  heard: Heard,
  policy: Policy,
  { order, roles }: { order: ReplyOrder; roles: ReplyRoles },
): Promise<Intent | null> {
  const { author, isOpener, isDeclining } = order.trigger
  if (isOpener && !isDeclining) return 'answer'
  if (await mayCommand(roles.conversation, author, policy.commands.allow)) {
    return isDeclining ? 'decline' : 'answer'
  }
  return isOpener && isToUs(heard, order.trigger) ? 'answer' : null
}

/** To answer what people say to each other would be butting in. */
function isToUs(
  { thread, at }: Pick<Heard, 'thread' | 'at'>,
  { mentionsUs }: ReplyOrder['trigger'],
): boolean {
  return at === 1 || thread.comments[at - 1]?.author.isUs === true || mentionsUs
}

interface Answering {
  readonly order: ReplyOrder
  readonly roles: ReplyRoles
  readonly thread: Thread
  readonly intent: Intent
}

async function answer(result: ReplyResult, answering: Answering): Promise<RunOutcome> {
  const { order, thread, intent } = answering
  const name = replyName(order.trigger.commentId)
  // Another reviewer may write marks like ours; only the server knows its own.
  if (result.reason === 'not-ours') return { kind: 'skipped', reason: 'foreign-thread' }
  if (intent === 'decline') return await decline(result, answering)
  if (result.answer !== null && result.answer.trim() !== '') {
    await say({ text: renderModelAnswer(result.answer, result.model), name }, answering)
    return { kind: 'answered', reason: 'answered' }
  }
  const reason = result.reason ?? 'invalid-answer'
  // That there is no model is told once in a thread.
  const told = reason === 'no-model' ? `no-model-${thread.comments[0].id}` : name
  await say({ text: renderNoAnswer(reason), name: told }, answering)
  return { kind: 'answered', reason: 'no-answer' }
}

async function decline({ declined, reason }: ReplyResult, answering: Answering): Promise<RunOutcome> {
  const { order, roles, thread } = answering
  if (declined === undefined) {
    throw new ReviewError(
      'server-answer-invalid',
      'The model server did not seal that the finding was declined.',
      {
        hint: `Action and server should have the same version${reason === 'deadline' ? '; the deadline may be too short' : ''}.`,
      },
    )
  }
  const text = `${renderDeclined()}\n\n${formatMark(declined)}`
  await say({ text, name: replyName(order.trigger.commentId) }, answering)
  const { id } = thread
  if (id !== null && !thread.isResolved) {
    await goodToHave(() => roles.publisher.settleThread(id, 'resolved'), roles.log)
  }
  return { kind: 'answered', reason: 'declined' }
}

async function say(
  { text, name }: { readonly text: string; readonly name: string },
  { order, roles, thread }: Answering,
): Promise<void> {
  await roles.conversation.replyInThread(order.trigger.number, {
    root: thread.comments[0].id,
    ...saidOnce(text, name),
  })
}
