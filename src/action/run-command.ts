import { unreviewedFiles } from '../review/coverage.ts'
import { saidOnce } from '../review/marker.ts'
import {
  renderClosed,
  renderCommandFailure,
  renderHelp,
  renderMistake,
  renderNothingNew,
  renderRefusal,
} from '../review/render-answer.ts'
import { renderVoiceOutcome } from '../review/render-voice-outcome.ts'
import type { ReviewSummary } from '../review/review-summary.ts'
import type { Conversation, RepositoryRole } from '../roles.ts'
import type { Command } from './command.ts'
import type { Trigger } from './event.ts'
import { goodToHave } from './good-to-have.ts'
import { loadPolicy } from './load-policy.ts'
import { mayCommand } from './may-command.ts'
import type { Outcome, RunOutcome } from './outcome.ts'
import type { PersonaRoles } from './persona/persona-roles.ts'
import {
  type ReviewGround,
  type ReviewOrder,
  type ReviewRoles,
  reviewPullRequest,
} from './review-pull-request.ts'
import { toReviewError } from './to-review-error.ts'
import { unlessStopped } from './unless-stopped.ts'

export interface CommandOrder {
  /** As the event told it: what the comment holds by now changes nothing. */
  readonly trigger: Extract<Trigger, { kind: 'command' }>
  readonly review: Omit<ReviewOrder, 'asked' | 'full' | 'ground'>
  readonly mentionName: string
}

export interface CommandRoles extends ReviewRoles {
  readonly conversation: Conversation
  readonly persona: () => Promise<PersonaRoles>
}

/**
 * Carries out a command that a person gave in the conversation of a pull request, if that person may. The head is the
 * one that is read first. Throws what `reviewPullRequest` throws, after the person was told.
 */
export async function runCommand(order: CommandOrder, roles: CommandRoles): Promise<RunOutcome> {
  const talk = talkAbout(order, roles)
  try {
    const ground = await unlessStopped(roles.signal, readGround(order, roles))
    if (!ground.isAllowed && !isOwnMatter(order.trigger)) return await refuse(ground.least, talk, order)
    await talk.react('eyes')
    return await obey(order.trigger.command, { order, roles, talk, ...ground })
  } catch (error) {
    await talk.react('confused')
    await talk.say(renderCommandFailure(toReviewError(error)))
    throw error
  }
}

/** What a command stands on, and whether its author's role is enough for it. */
interface Ground extends ReviewGround {
  readonly least: RepositoryRole
  readonly isAllowed: boolean
}

async function readGround(
  { trigger, review }: CommandOrder,
  { source, conversation }: CommandRoles,
): Promise<Ground> {
  const pullRequest = await source.pullRequest(trigger.number)
  const policy = await loadPolicy(source, pullRequest, review.policyPath)
  const least = policy.policy.commands.allow
  const isAllowed = await mayCommand(conversation, trigger.author, least)
  return { pullRequest, policy, least, isAllowed }
}

/** What is learnt from a person is for that person to allow and to end, whatever their role by now. */
function isOwnMatter({ command, author }: CommandOrder['trigger']): boolean {
  if (command.kind === 'opt-in') return true
  const { username = author.login } = command.kind === 'forget' ? command : { username: '' }
  return username.toLowerCase() === author.login.toLowerCase()
}

/** One answer for each person and pull request: who is refused twice has read it. */
async function refuse(least: string, talk: Talk, { trigger }: CommandOrder): Promise<RunOutcome> {
  await talk.react('confused')
  await talk.say(renderRefusal(least), `refused-${trigger.author.id}`)
  return { kind: 'answered', reason: 'not-permitted' }
}

interface Obeying extends Ground {
  readonly order: CommandOrder
  readonly roles: CommandRoles
  readonly talk: Talk
}

async function obey(command: Command, obeying: Obeying): Promise<RunOutcome> {
  const { order, talk, least } = obeying
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
    case 'persona': {
      const { obeyPersona } = await import('./persona/obey-persona.ts')
      const review = (wanted: Wanted) => reviewAsked(wanted, obeying)
      return await obeyPersona(command, { ...obeying, review })
    }
    case 'review':
      return await reviewAsked(command, obeying)
  }
}

/** What of a review a command can choose. */
export type Wanted = Pick<ReviewOrder, 'full' | 'effort' | 'voice'>

async function reviewAsked(
  { full = false, effort, voice }: Wanted,
  { order, roles, talk, pullRequest, policy }: Obeying,
): Promise<Outcome> {
  const outcome = await reviewPullRequest(
    {
      ...order.review,
      asked: true,
      ground: { pullRequest, policy },
      // Who names an effort wants the whole change read with it.
      full: full || effort !== undefined,
      ...(effort === undefined ? {} : { effort }),
      ...(voice === undefined ? {} : { voice }),
    },
    roles,
  )
  const words = wordsOn(outcome, order.mentionName)
  if (words !== null) await talk.say(words)
  await talk.react(isCarriedOut(outcome) ? '+1' : 'confused')
  return outcome
}

/** What there is to say beside the review; null where it speaks for itself. */
function wordsOn(outcome: Outcome, mentionName: string): string | null {
  if (outcome.kind === 'skipped') return outcome.reason === 'closed' ? renderClosed() : null
  const { failure, voice, reviewUrl } = outcome.summary
  if (failure !== undefined) return renderCommandFailure(failure)
  if (reviewUrl !== undefined) return null
  if (voice !== undefined && !voice.beside) return renderVoiceOutcome(voice, outcome.summary)
  return hadNothingToRead(outcome.summary) ? renderNothingNew(mentionName) : null
}

function isCarriedOut(outcome: Outcome): boolean {
  if (outcome.kind === 'skipped' || outcome.summary.failure !== undefined) return false
  const { voice, answer, reviewUrl } = outcome.summary
  if (voice === undefined || voice.beside) return true
  const hasSpoken = (answer?.done.persona?.by ?? 'absent') !== 'absent'
  return hasSpoken && (reviewUrl !== undefined || unreviewedFiles(outcome.summary).length === 0)
}

/** Every hunk was read by an earlier run, and nothing came up this time. */
function hadNothingToRead({ answer, selection }: ReviewSummary): boolean {
  const hunks = selection.selected.reduce((sum, file) => sum + file.hunks.length, 0)
  const settled = answer?.accepted.settled?.length ?? 0
  return hunks > 0 && settled >= hunks
}

export interface Talk {
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
    say: (text, name = `reply-${commentId}`) =>
      goodToHave(() => conversation.say(number, saidOnce(text, name)), log),
  }
}
