import type { ReviewSummary } from '../review/review-summary.ts'
import type { CheckConclusion, CheckReport } from '../roles.ts'

export const skipSentences = {
  'other-action': 'This kind of event needs no review.',
  'not-a-pull-request': 'The comment is not on a pull request.',
  bot: 'The comment is from a bot, and bots give no commands.',
  'no-command': 'The comment holds no command.',
  'not-a-reply': 'The comment is not a reply in a thread.',
  'foreign-thread': 'The thread was not begun by this reviewer, so nothing was said in it.',
  'not-spoken-to': 'The reply was not meant for the reviewer, so nothing was said.',
  'may-not-ask': 'The role of the one who replied is below what the policy asks for, so nothing was said.',
  'already-answered': 'The reply was answered by an earlier run.',
  closed: 'The pull request is closed, so it was not reviewed.',
  draft: 'The pull request is a draft, so it was not reviewed; review-drafts in the policy changes that.',
  'newer-head': 'The pull request has a newer head than this run was started for; the newer run reviews it.',
} as const
export type SkipReason = keyof typeof skipSentences

export const answerSentences = {
  help: 'The commands were listed.',
  mistake: 'The command was not understood, and the answer says why.',
  'not-listed': 'The policy lists no persona of that name; the answer says how it would.',
  'no-account': 'The command named a persona, and there is no account of a person of that name.',
  'no-consent': 'The person has not agreed to a persona; the answer says how they can.',
  'no-model': 'The model server runs no model, so no persona can speak.',
  'too-few-comments': 'The person has written too few review comments for a persona.',
  'collection-paused':
    'The past comments of the person were read in part; the same command goes on where this run stopped.',
  'opted-in': 'The person agreed to a persona, and the server has recorded it.',
  forgotten: 'What was learnt from the person is gone.',
  'not-permitted':
    'The command was refused: the role of the one who gave it is below what the command takes.',
  answered: 'The reply was answered in its thread.',
  'no-answer': 'There was no answer to the reply, and its thread says why.',
  declined: 'The finding was declined; it will not be raised again.',
} as const
type AnswerReason = keyof typeof answerSentences

/** How a review ended. One that failed half-way is still `reviewed`: `summary.failure` and the check say so. */
export type Outcome =
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | {
      readonly kind: 'reviewed'
      readonly summary: ReviewSummary
      readonly check: CheckReport
      /** Null where the token may not write checks. */
      readonly checkUrl: string | null
    }

/** How a run ended. `repeated`: a merge group got the conclusion that its pull request has. */
export type RunOutcome =
  | Outcome
  | { readonly kind: 'answered'; readonly reason: AnswerReason }
  | { readonly kind: 'repeated'; readonly conclusion: CheckConclusion }
