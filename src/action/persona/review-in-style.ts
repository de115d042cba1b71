import type { PersonaStatus } from '@ai-review/protocol/persona'
import { type ListedPersona, listedPersona } from '../../review/listed-persona.ts'
import {
  renderBrokenOff,
  renderCollected,
  renderNoAccount,
  renderNoConsent,
  renderNoModel,
  renderNotListed,
  renderPaused,
  renderTooFew,
} from '../../review/render-persona.ts'
import type { PersonaName } from '../../roles.ts'
import { goodToHave } from '../good-to-have.ts'
import type { RunOutcome } from '../outcome.ts'
import { refuseNewerHead } from '../refuse-newer-head.ts'
import type { Wanted } from '../run-command.ts'
import { collectHistory } from './collect-history.ts'
import { findConsent } from './find-consent.ts'
import type { PersonaCommand } from './obey-persona.ts'
import { personaNameOf } from './persona-name.ts'
import type { PersonaRoles } from './persona-roles.ts'
import { type PersonaTask, serverOf } from './persona-task.ts'
import { type ProgressTeller, progressTeller } from './progress-teller.ts'
import { askedPersona } from './route-voice.ts'
import { isWorthTraining, trainAdapter } from './train-adapter.ts'

/** Of the whole time of a run, what reading a history may take before the review has to begin. */
const collectingShare = 0.5
/** Kept for the last words where what takes long comes after the review. */
const lastWordsMs = 20_000

type ReviewCommand = Extract<PersonaCommand, { kind: 'persona' }>

/** A persona on its way through one command. */
interface Voice {
  readonly listed: ListedPersona
  readonly persona: PersonaName
  readonly status: PersonaStatus
  readonly kit: PersonaRoles
  readonly teller: ProgressTeller
  readonly command: ReviewCommand
}

/**
 * Reviews in the style of a person whom the policy lists and who agreed. Where the server knows enough of them, nothing
 * is asked of GitHub before the review; else their past comments are read first. A training comes after the review.
 */
export async function reviewInStyle(command: ReviewCommand, task: PersonaTask): Promise<RunOutcome> {
  const { order, roles, talk, policy, pullRequest } = task
  const { mentionName } = order
  const listed = listedPersona(policy.policy, command.username)
  if (listed === undefined) {
    const { policyPath } = order.review
    const how = renderNotListed(command.username, { mentionName, policyPath, policy })
    return await refuse(talk, how, 'not-listed')
  }
  const kit = await roles.persona()
  const person = await kit.history.account(listed.login)
  if (person === null) return await refuse(talk, renderNoAccount(listed.login), 'no-account')
  // Nothing is read for a review that does not take place; the review says why.
  if (pullRequest.state === 'closed') return await task.review(wantedBy(command, listed, person))
  const persona = personaNameOf(pullRequest, person)
  const source = { path: order.review.policyPath, ref: pullRequest.base.sha }
  const told = await kit.personas.status(persona)
  const status = await findConsent(persona, told, { ...kit, policy: source })
  if (status === null) return await refuse(talk, renderNoConsent(listed, mentionName), 'no-consent')
  if (status.hasModel === false) return await refuse(talk, renderNoModel(listed), 'no-model')
  const name = `persona-${order.trigger.commentId}`
  const teller = progressTeller({ pullRequest: pullRequest.number, name }, { ...kit, ...roles })
  return await speak({ listed, persona, status, kit, teller, command }, task)
}

async function refuse(
  { say, react }: PersonaTask['talk'],
  words: string,
  reason: 'not-listed' | 'no-account' | 'no-model' | 'no-consent',
): Promise<RunOutcome> {
  await say(words)
  await react('confused')
  return { kind: 'answered', reason }
}

async function speak(voice: Voice, task: PersonaTask): Promise<RunOutcome> {
  const { listed, persona, command } = voice
  const { startedAt, deadlineMs } = task.order.review
  const mustRead = command.forceReload || voice.status.state !== 'ready'
  const read = mustRead
    ? await collect(voice, task, startedAt + deadlineMs * collectingShare)
    : { status: voice.status, isWhole: true }
  if (read.status.state !== 'ready') {
    // The remark on the collection has said why.
    await task.talk.react('confused')
    return { kind: 'answered', reason: read.isWhole ? 'too-few-comments' : 'collection-paused' }
  }
  // Reading takes long, and what is asked of GitHub by number is of the head of then.
  if (mustRead) await refuseNewerHead(task.pullRequest, task.roles)
  const outcome = await task.review(wantedBy(command, listed, persona.person))
  await goodToHave(() => learnMore({ ...voice, status: read.status }, task, mustRead), task.roles.log)
  return outcome
}

/** The whole change, in this voice alone. */
function wantedBy({ effort }: ReviewCommand, ...who: Parameters<typeof askedPersona>): Wanted {
  return { full: true, voice: askedPersona(...who), ...(effort === undefined ? {} : { effort }) }
}

/** What takes long and keeps nobody from the review: the rest of a history that was left, and the training. */
async function learnMore(voice: Voice, task: PersonaTask, wasRead: boolean): Promise<void> {
  const { startedAt, deadlineMs } = task.order.review
  const until = startedAt + deadlineMs - lastWordsMs
  const mustGoOn = !wasRead && (voice.status.collection !== null || lacksSilences(voice.status))
  const { status } = mustGoOn ? await collect(voice, task, until) : voice
  const force = voice.command.forceReload || mustGoOn
  if (!isWorthTraining({ status, force })) return
  const { listed: called, persona, kit, teller } = voice
  await trainAdapter(
    {
      persona,
      called,
      status,
      force,
      refresh: called.refresh,
      watchMs: until - task.roles.now(),
      server: serverOf(task),
    },
    { personas: kit.personas, teller, signal: task.roles.signal },
  )
}

/**
 * What was left alone goes once a training has ended: after a change of the model it is read again. One that failed has
 * said why, and asks for it.
 */
function lacksSilences(status: PersonaStatus): boolean {
  return (
    status.silences === 0 && status.training?.state !== 'failed' && isWorthTraining({ status, force: false })
  )
}

/** Reads on, or from the newest comment again where that is asked for, and says how far it came. */
async function collect(
  { listed, persona, status, kit, teller, command }: Voice,
  { order, roles }: PersonaTask,
  until: number,
) {
  const collecting = { persona, called: listed, status, afresh: command.forceReload }
  try {
    const collected = await collectHistory(
      { ...collecting, session: order.review.run, until },
      { ...kit, ...roles, teller },
    )
    await teller.tellLast(wordsOn(collected, listed, order.mentionName))
    return collected
  } catch (error) {
    await teller.correct(renderBrokenOff(listed, order.mentionName))
    throw error
  }
}

function wordsOn(
  { status, isWhole }: Awaited<ReturnType<typeof collectHistory>>,
  listed: ListedPersona,
  mentionName: string,
): string {
  if (!isWhole) return renderPaused(listed, status.collection?.comments ?? status.comments, mentionName)
  return status.state === 'ready' ? renderCollected(listed, status) : renderTooFew(listed, status.comments)
}
