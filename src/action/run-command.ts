import { formatRunMark } from '../review/marker.ts'
import {
  renderClosed,
  renderCommandFailure,
  renderHelp,
  renderMistake,
  renderNoPersona,
  renderNothingNew,
  renderRefusal,
} from '../review/render-answer.ts'
import type { Conversation, RepositoryRole } from '../roles.ts'
import type { Command } from './command.ts'
import type { Trigger } from './event.ts'
import { goodToHave } from './good-to-have.ts'
import { loadPolicy } from './load-policy.ts'
import { mayCommand } from './may-command.ts'
import type { Outcome, RunOutcome } from './outcome.ts'
import { type ReviewOrder, type ReviewRoles, reviewPullRequest } from './review-pull-request.ts'
import { toReviewError } from './to-review-error.ts'
import { unlessStopped } from './unless-stopped.ts'

interface CommandOrder {
  /** As the event told it: what the comment holds by now changes nothing. */
  readonly trigger: Extract<Trigger, { kind: 'command' }>
  readonly review: Omit<ReviewOrder, 'asked' | 'full'>
  readonly mentionName: string
}

export interface CommandRoles extends ReviewRoles {
  readonly conversation: Conversation
}

/**
 * Carries out a command that a person gave in the conversation of a pull request, if that person may. The head is the
 * one that is read first. Throws what `reviewPullRequest` throws, after the person was told.
 */
export async function runCommand(order: CommandOrder, roles: CommandRoles): Promise<RunOutcome> {
  const talk = talkAbout(order, roles)
  try {
    const { least, isAllowed } = await unlessStopped(roles.signal, mayAsk(order, roles))
    if (!isAllowed) return await refuse(least, talk, order)
    await talk.react('eyes')
    return await obey(order.trigger.command, { order, roles, talk, least })
  } catch (error) {
    await talk.react('confused')
    await talk.say(renderCommandFailure(toReviewError(error)))
    throw error
  }
}

async function mayAsk(
  { trigger, review }: CommandOrder,
  { source, conversation }: CommandRoles,
): Promise<{ readonly least: RepositoryRole; readonly isAllowed: boolean }> {
  const pullRequest = await source.pullRequest(trigger.number)
  const { policy } = await loadPolicy(source, pullRequest, review.policyPath)
  const least = policy.commands.allow
  return { least, isAllowed: await mayCommand(conversation, trigger.author, least) }
}

/** One answer for each person and pull request: who is refused twice has read it. */
async function refuse(least: string, talk: Talk, { trigger }: CommandOrder): Promise<RunOutcome> {
  await talk.react('confused')
  await talk.say(renderRefusal(least), `refused-${trigger.author.id}`)
  return { kind: 'answered', reason: 'not-permitted' }
}

interface Obeying {
  readonly order: CommandOrder
  readonly roles: CommandRoles
  readonly talk: Talk
  readonly least: RepositoryRole
}

async function obey(command: Command, { order, roles, talk, least }: Obeying): Promise<RunOutcome> {
  const { mentionName } = order
  switch (command.kind) {
    case 'help':
      await talk.say(renderHelp(mentionName, least))
      await talk.react('+1')
      return { kind: 'answered', reason: 'help' }
    case 'mistake':
      await talk.say(renderMistake(command.problem, mentionName))
      await talk.react('confused')
      return { kind: 'answered', reason: 'mistake' }
    case 'opt-in':
    case 'forget':
    case 'persona':
      await talk.say(renderNoPersona('username' in command ? (command.username ?? '') : '', mentionName))
      await talk.react('confused')
      return { kind: 'answered', reason: 'no-persona' }
    case 'review':
      return await reviewAsked(command, { order, roles, talk, least })
  }
}

async function reviewAsked(
  { full, effort }: Extract<Command, { kind: 'review' }>,
  { order, roles, talk }: Obeying,
): Promise<Outcome> {
  const outcome = await reviewPullRequest(
    {
      ...order.review,
      asked: true,
      // Who names an effort wants the whole change read with it.
      full: full || effort !== undefined,
      ...(effort === undefined ? {} : { effort }),
    },
    roles,
  )
  const failure = outcome.kind === 'reviewed' ? outcome.summary.failure : undefined
  if (outcome.kind === 'skipped' && outcome.reason === 'closed') await talk.say(renderClosed())
  else if (failure !== undefined) await talk.say(renderCommandFailure(failure))
  else if (hadNothingToRead(outcome)) await talk.say(renderNothingNew(order.mentionName))
  await talk.react(outcome.kind === 'reviewed' && failure === undefined ? '+1' : 'confused')
  return outcome
}

/** Every hunk was read by an earlier run, and nothing came up this time. */
function hadNothingToRead(outcome: Outcome): boolean {
  if (outcome.kind !== 'reviewed' || outcome.summary.reviewUrl !== undefined) return false
  const { answer, selection } = outcome.summary
  const hunks = selection.selected.reduce((sum, file) => sum + file.hunks.length, 0)
  const settled = answer?.accepted.settled?.length ?? 0
  return hunks > 0 && settled >= hunks
}

interface Talk {
  react(reaction: 'eyes' | '+1' | 'confused'): Promise<void>
  /** Said once under this name, which is that of the command unless told: a run started again says nothing twice. */
  say(text: string, once?: string): Promise<void>
}

/** A review is worth having where nobody can be told of it. */
function talkAbout({ trigger }: CommandOrder, { conversation, log }: CommandRoles): Talk {
  const { number, commentId } = trigger
  return {
    react: (reaction) =>
      goodToHave(() => conversation.react({ kind: 'issue', id: commentId }, reaction), log),
    say: (text, name = `reply-${commentId}`) => {
      const once = formatRunMark(name)
      return goodToHave(() => conversation.say(number, { body: `${text}\n\n${once}`, once }), log)
    },
  }
}
