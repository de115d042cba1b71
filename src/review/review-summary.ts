import type { Notice, ReviewResult } from '@ai-review/protocol/review'
import type { Ledger } from '@ai-review/protocol/seal'
import type { SkippedGuideline } from './choose-guidelines.ts'
import type { EarlierRecord } from './earlier-finding.ts'
import type { JudgedFinding } from './judge.ts'
import type { ParsedPolicy } from './parse-policy.ts'
import type { Selection } from './select-files.ts'

/** Why there is no answer, or why nothing was posted: a ReviewError fits. Our own sentences only. */
interface ReviewFailure {
  readonly code: string
  readonly message: string
  readonly hint: string
}

/** The person in whose style the server was asked to review. */
export interface AskedVoice {
  readonly login: string
  /** As the policy calls them; absent: by the login. */
  readonly name?: string
  /** It joins the review, on what the policy routes to it; otherwise it alone was asked. */
  readonly beside: boolean
  /** Address of the model server, where the card is. */
  readonly server: string
}

/** Everything that the check, the job summary and the result files tell about one run. */
export interface ReviewSummary {
  readonly headSha: string
  readonly policy: ParsedPolicy
  readonly selection: Selection
  readonly judged: readonly JudgedFinding[]
  /** Findings of earlier runs, and how they stand now. */
  readonly earlier: readonly EarlierRecord[]
  /** Null where the model server gave no whole answer. */
  readonly answer: Pick<ReviewResult, 'accepted' | 'done'> | null
  readonly failure?: ReviewFailure
  readonly skippedGuidelines: readonly SkippedGuideline[]
  /** Remarks of the Action itself, beside those of the server in `answer.done.notices`. */
  readonly notices: readonly Notice[]
  /** Wall time of the run in milliseconds. */
  readonly totalMs: number
  /** Requests that the run made to GitHub, those for its check included. */
  readonly githubRequests?: number
  /** Where the posted review stands. */
  readonly reviewUrl?: string
  /** Ledgers to hide in the review and the check, newest last; absent where none may be written. */
  readonly ledgersToKeep?: readonly Ledger[]
  /** Page of the pull request, such as `https://github.com/acme/shop/pull/12`: the one place that our texts link to. */
  readonly pageUrl: string
  /** Absent where nobody's style was asked for. */
  readonly voice?: AskedVoice
}
