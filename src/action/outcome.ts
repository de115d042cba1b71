import type { ReviewSummary } from '../review/review-summary.ts'
import type { CheckReport } from '../roles.ts'

export const skipSentences = {
  'other-action': 'This kind of event needs no review.',
  'not-a-pull-request': 'The comment is not on a pull request.',
  bot: 'The comment is from a bot, and bots give no commands.',
  'no-command': 'The comment holds no command.',
  'not-a-reply': 'The comment is not a reply in a thread.',
  closed: 'The pull request is closed, so it was not reviewed.',
  draft: 'The pull request is a draft, so it was not reviewed; review-drafts in the policy changes that.',
  'newer-head': 'The pull request has a newer head than this run was started for; the newer run reviews it.',
} as const
export type SkipReason = keyof typeof skipSentences

/** How a run ended. A review that failed half-way is still `reviewed`: `summary.failure` and the check say so. */
export type Outcome =
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | {
      readonly kind: 'reviewed'
      readonly summary: ReviewSummary
      readonly check: CheckReport
      /** Null where the token may not write checks. */
      readonly checkUrl: string | null
    }
