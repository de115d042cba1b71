import {
  type Forgotten,
  fewestComments,
  type PersonaStatus,
  type TrainingStatus,
} from '@ai-review/protocol/persona'
import { codeSpan } from './code-block.ts'
import { counted, numeral } from './counts.ts'
import { inertLine } from './inert-markdown.ts'
import type { ParsedPolicy } from './parse-policy.ts'
import { commandSpan } from './render-answer.ts'
import { type Called, nameOf } from './render-voice-outcome.ts'
import { clip, visibleLine } from './visible-text.ts'
import { cardLink } from './voice-line.ts'

const longestSentence = 400
const mostProblems = 3
const mostListed = 10
const flags = ['--help', '--full', '--effort', '--force-reload', '--opt-in', '--forget'] as const
const taking = 'everything learnt is removed at any time by'

interface NotListed {
  readonly mentionName: string
  readonly policyPath: string
  readonly policy: ParsedPolicy
}

/**
 * Where the policy lists nobody of this name: that the file cannot be used, or which flag was meant; else whom it lists,
 * how it would list this one, and what else is needed.
 */
export function renderNotListed(login: string, { mentionName, policyPath, policy }: NotListed): string {
  if (policy.problems.length > 0) return renderUnusable(policy.problems)
  const nobody = `The policy at the base commit lists no persona ${codeSpan(login)}, so nothing was done.`
  const flag = flags.find((name) => plainLetters(name) === plainLetters(login))
  if (flag !== undefined) return `${nobody} A flag begins with two dashes: ${commandSpan(mentionName, flag)}.`
  const listed = policy.policy.personas.slice(0, mostListed).map((one) => codeSpan(one.login))
  return [
    `${nobody}${listed.length === 0 ? '' : ` It lists ${listed.join(', ')}.`} A person's style is borrowed only where the team wants it and the person agrees. Two steps:`,
    `1. ${codeSpan(policyPath)} on the base branch lists the login, here and nowhere else:\n\n   \`\`\`\n   personas:\n     - login: ${yamlName(login)}\n   \`\`\``,
    `2. The person agrees: by a verified commit of their own that adds these lines, or by the comment ${commandSpan(mentionName, '--opt-in')}.`,
  ].join('\n\n')
}

/** Half a policy is what nobody wrote, so one mistake is enough to list nobody. */
function renderUnusable(problems: ParsedPolicy['problems']): string {
  const told = problems.slice(0, mostProblems).map(({ message }) => `- ${sentence(message)}`)
  return `The policy at the base commit cannot be used, so it lists nobody and nothing was done. To mend:\n\n${told.join('\n')}`
}

function plainLetters(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, '')
}

/** A login as it can stand in YAML: letters, digits, dashes; all that is digits has to be quoted. */
function yamlName(login: string): string {
  const plain = login.replace(/[^\w-]/g, '')
  return /^[A-Za-z][\w-]*$/.test(plain) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(plain)
    ? plain
    : `'${plain}'`
}

export function renderNoAccount(login: string): string {
  return `There is no account ${codeSpan(login)} of a person on this host, so nothing was done.`
}

export function renderNoModel(who: Called): string {
  return `The model server runs no model, so nothing can be written in the style of ${nameOf(who)}: nothing was collected and nothing reviewed. Whoever runs the server gives it one by \`ENGINE\`.`
}

export function renderNoConsent(who: Called, mentionName: string): string {
  return [
    `The policy lists ${nameOf(who)}, but they have not agreed, or took it back, so nothing was collected and nothing reviewed.`,
    `They can agree by the comment ${commandSpan(mentionName, '--opt-in')}; ${taking} ${commandSpan(mentionName, '--forget')}.`,
  ].join(' ')
}

interface Agreed {
  readonly mentionName: string
  /** The way to the card; '' where there is none. */
  readonly card: string
  /** They had agreed before, and it stood. */
  readonly isRepeated: boolean
}

export function renderAgreed(who: Called, { mentionName, card, isRepeated }: Agreed): string {
  const known = card === '' ? '' : ` What is known: ${card}.`
  const end = `${capital(taking)} ${commandSpan(mentionName, '--forget')}.`
  if (isRepeated) return `${nameOf(who)} has agreed before, and that stands. ${end}${known}`
  return [
    `Noted: ${nameOf(who)} agreed that reviews in this repository may be written in their style.`,
    'What is collected: their own review comments in this repository, the code they stand on and what became of it, places that they saw and left alone, and comments of colleagues without their names, to tell the styles apart. It is kept on the model server of the team, and goes only to the programs that this server is set up with. What is written from it says "In the style of", is not posted under their name, and never approves.',
    `${end} ${commandSpan(mentionName, who.login)} asks for a review.${known}`,
  ].join('\n\n')
}

export function renderForgotten(login: string, { comments, versions, cancelled }: Forgotten): string {
  const anew = 'Nothing is collected before they agree anew; the entry in the policy can be removed as well.'
  if (comments + versions === 0 && !cancelled) {
    return `Nothing learnt from ${codeSpan(login)} is kept here. If they had agreed, that is taken back. ${anew}`
  }
  const removed = [
    counted(comments, 'past comment'),
    counted(versions, 'trained version'),
    ...(cancelled ? ['a training that was under way'] : []),
  ].join(', ')
  return `What was learnt from ${codeSpan(login)} is gone: ${removed}. ${anew}`
}

export function renderForgetRefusal(): string {
  return 'Nothing was removed: what was learnt from another person is removed by that person, or by somebody whose role in this repository is `admin`.'
}

/** How far a collection is that goes on. */
export function renderCollecting(
  who: Called,
  read: { readonly comments: number; readonly pullRequests: number; readonly requests: number },
): string {
  return `Reading the past comments of ${nameOf(who)}: ${counted(read.comments, 'comment')} so far, on ${counted(read.pullRequests, 'pull request')}, by ${counted(read.requests, 'request')} to GitHub. This remark is kept up to date.`
}

export function renderPaused(who: Called, comments: number, mentionName: string): string {
  return [
    `The past comments of ${nameOf(who)} were read in part: ${counted(comments, 'comment')} so far. There was no time left, or GitHub allows no more requests for now.`,
    `Nothing is lost: ${commandSpan(mentionName, who.login)} goes on where this run stopped.`,
  ].join(' ')
}

/** The last word on a collection that an error or a cancelled run has ended. */
export function renderBrokenOff(who: Called, mentionName: string): string {
  return `The reading of the past comments of ${nameOf(who)} was broken off. What was read is kept: ${commandSpan(mentionName, who.login)} goes on from there.`
}

export function renderCollected(who: Called, status: Pick<PersonaStatus, 'comments' | 'silences'>): string {
  return `The past comments of ${nameOf(who)} are read: ${counted(status.comments, 'comment')}, and ${numeral(status.silences)} places where they saw no need for one.`
}

export function renderTooFew(who: Called, comments: number): string {
  return `${nameOf(who)} has ${counted(comments, 'usable review comment')} in this repository; from ${fewestComments} on there is enough to write in their style. Nothing was reviewed.`
}

const stages: Readonly<Record<TrainingStatus['state'], string>> = {
  queued: 'waits for its turn',
  preparing: 'is being prepared',
  training: 'is under way',
  evaluating: 'is being measured on later comments',
  publishing: 'is being put away',
  probing: 'is being tried on the engine',
  gating: 'is being judged',
  done: 'is done',
  failed: 'failed',
  cancelled: 'was cancelled',
}

/** How a training stands; numbers and sentences of ours. */
export function renderTraining(who: Called, training: TrainingStatus): string {
  const { state, position, step, steps, secondsLeft, message } = training
  const details = [
    ...(state === 'queued' && position > 0 ? [`${counted(position, 'training')} before it`] : []),
    ...(state === 'training' && steps > 0 ? [`step ${numeral(step)} of ${numeral(steps)}`] : []),
    ...(state === 'training' && secondsLeft !== null ? [`about ${minutes(secondsLeft)} left`] : []),
  ]
  const told = details.length === 0 ? '' : ` (${details.join(', ')})`
  const why = state === 'failed' && message !== '' ? ` ${sentence(message)}` : ''
  return `The training in the style of ${nameOf(who)} ${stages[state]}${told}.${why}`
}

/** What is said when the run ends before the training does. */
export function renderGoesOn(): string {
  return 'It goes on at the server; reviews in this style work meanwhile by past comments alone.'
}

const verdicts: Readonly<Record<PersonaStatus['versions'][number]['state'], string>> = {
  training: 'is not done yet',
  candidate: 'waits for its measures',
  canary: 'is on trial: it takes a part of the pull requests until people have found it no worse',
  live: 'is in use from now on',
  retired: 'was put aside for a newer one',
  refused: 'was not taken into use: past comments alone do as well or better',
  'failed-probe': 'was not taken into use: the engine could not run it as it should',
}

/** What came of a training: which version, whether it serves, and if not, why. */
export function renderVersion(
  who: Called,
  status: PersonaStatus,
  {
    version: made,
    server,
  }: {
    readonly version: string | null
    readonly server: string
  },
): string {
  const version = status.versions.find(({ name }) => name === made)
  if (version === undefined)
    return `The training in the style of ${nameOf(who)} is done, and no new version came of it.`
  const why = version.state === 'refused' ? (version.gate?.reasons ?? []).map(sentence).join(' ') : ''
  const card = cardLink(server, status.card)
  return [
    `Version ${codeSpan(version.name)} in the style of ${nameOf(who)} ${verdicts[version.state]}.`,
    clip(why, longestSentence * 3),
    card === '' ? '' : `Its measures: ${card}.`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function sentence(text: string): string {
  return inertLine(clip(visibleLine(text), longestSentence))
}

function minutes(seconds: number): string {
  return seconds < 90
    ? counted(Math.max(1, Math.round(seconds)), 'second')
    : counted(Math.round(seconds / 60), 'minute')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
