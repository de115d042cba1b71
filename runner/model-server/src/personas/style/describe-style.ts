import type { StyleProfile } from '@ai-review/protocol/persona'

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** Habits that are told only where they are habits: a share at least so large. */
const leastShare = 0.05

/** A style in plain sentences with its numbers, for a prompt and for people. */
export function describeStyle(style: StyleProfile): string {
  const habit = (share: number, what: string) =>
    share < leastShare ? [] : [`${percent(share)} of them ${what}.`]
  return [
    `Comments have ${style.medianWords} words in the middle, and one in ten has ${style.longWords} or more.`,
    ...habit(style.questions, 'ask a question'),
    ...habit(style.lowerCaseStart, 'start in lower case'),
    ...habit(style.nits, 'are marked as a nit'),
    ...habit(style.please, 'say please'),
    ...habit(style.hedges, 'are put with doubt, such as "maybe" or "I think"'),
    ...habit(style.suggestions, 'say what to write instead'),
    ...habit(style.code, 'quote code in backticks'),
    ...(style.words.length === 0 ? [] : [`Words used more than by others: ${style.words.join(', ')}.`]),
  ].join(' ')
}
