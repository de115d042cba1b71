import type { NoAnswerReason } from '@ai-review/protocol/reply'
import { codeSpan } from './code-block.ts'
import { inertLine, inertMarkdown } from './inert-markdown.ts'

/** Why a command could not be carried out as it was written. */
export const mistakeSentences = {
  'unknown-flag': 'The command holds a flag that does not exist.',
  'bad-effort': 'The effort is one of `quick`, `standard` and `deep`.',
  'bad-username': 'What stands where a name can stand is not the name of an account.',
  'extra-words': 'The command holds more words than a command has.',
  'name-missing': '`--force-reload` needs the name of a person.',
  'opt-in-for-another': '`--opt-in` is said by the person themselves, without a name.',
  'mixed-flags': '`--opt-in` and `--forget` stand alone, without other flags.',
} as const
export type Mistake = keyof typeof mistakeSentences

/** The commands, and the one sentence on who may give them. `least` is a role in the repository. */
export function renderHelp(mentionName: string, least: string): string {
  return [
    'These are the commands. One comment holds one of them, at the start of a line.',
    [
      `- ${commandSpan(mentionName)}: review what is new`,
      `- ${commandSpan(mentionName, '--full')}: read the whole change again`,
      `- ${commandSpan(mentionName, '--effort deep')}: the same, more thoroughly; also \`quick\` and \`standard\``,
      `- ${commandSpan(mentionName, 'username')}: a review in the style of that person, if the policy lists them and they agreed`,
      `- ${commandSpan(mentionName, 'username --force-reload')}: the same, after reading their past comments anew`,
      `- ${commandSpan(mentionName, '--opt-in')}: you agree to reviews in your style, where the policy lists you`,
      `- ${commandSpan(mentionName, '--forget')}: everything learnt from your comments is removed; with a name, for another, by an admin`,
      `- ${commandSpan(mentionName, '--help')}: this list`,
    ].join('\n'),
    `A reply in a thread of a finding is answered there; "won't fix" or "false positive" declines the finding. ${mayCommand(least)}`,
  ].join('\n\n')
}

export function renderMistake(problem: Mistake, mentionName: string): string {
  return `${mistakeSentences[problem]} Nothing was done. ${commandSpan(mentionName, '--help')} lists the commands.`
}

/** Said once to a person who may not give commands. */
export function renderRefusal(least: string): string {
  return `Thank you, but this command was not carried out. ${mayCommand(least)} Any of them can give it.`
}

export function renderClosed(): string {
  return 'The pull request is closed, so it was not reviewed. If it is opened again, repeat the command.'
}

export function renderNothingNew(mentionName: string): string {
  return `Nothing changed since the last review, so there was nothing to read. ${commandSpan(mentionName, '--full')} reads everything again.`
}

/** Why a command came to nothing, whichever it was; the three parts are those of a ReviewError. */
export function renderCommandFailure(failure: {
  readonly code: string
  readonly message: string
  readonly hint: string
}): string {
  return `The command could not be carried out. ${inertLine(failure.message)} ${inertLine(failure.hint)} (${codeSpan(failure.code)})`
}

/** A model's answer to a person, inert, with the name of who wrote it. */
export function renderModelAnswer(answer: string, model: string | null): string {
  const author = model === null ? 'a model' : codeSpan(model)
  return `${inertMarkdown(answer)}\n\nWritten by ${author}; it can be wrong.`
}

const noAnswers: Readonly<Record<Exclude<NoAnswerReason, 'not-ours'>, string>> = {
  'no-model':
    'No model is configured on the review server, so questions in this thread cannot be answered; the finding comes from a rule.',
  deadline: 'There was not enough time to write an answer. A new reply asks again.',
  'engine-failed': 'The model could not be reached, so there is no answer. A new reply asks again.',
  'invalid-answer': 'The model gave no answer that could be used. A new reply asks again.',
  refused: 'The model declined to answer.',
}

/** One honest sentence where the model said nothing that could be shown. */
export function renderNoAnswer(reason: Exclude<NoAnswerReason, 'not-ours'>): string {
  return noAnswers[reason]
}

export function renderDeclined(): string {
  return 'Noted: this finding is declined and will not be raised again, unless new evidence makes it more severe.'
}

/** A command to copy: the name is letters, digits and dashes, and the flags are ours. GitHub finds no mention in code. */
export function commandSpan(mentionName: string, flags = ''): string {
  return `\`${`@${mentionName} ${flags}`.trim()}\``
}

function mayCommand(least: string): string {
  return `Commands are taken from people whose role in this repository is ${codeSpan(least)} or above.`
}
