import type { ParsedPolicy } from '../../review/parse-policy.ts'
import type { PullRequest } from '../../roles.ts'
import type { Outcome } from '../outcome.ts'
import type { ReviewOrder } from '../review-pull-request.ts'
import type { CommandOrder, CommandRoles, Talk } from '../run-command.ts'

/** One command about a persona, with what was read before it was known to be one. */
export interface PersonaTask {
  readonly order: CommandOrder
  readonly roles: CommandRoles
  readonly talk: Talk
  /** As it was when the role of the one who commands was asked for. */
  readonly pullRequest: PullRequest
  readonly policy: ParsedPolicy
  /** Reviews as the command asks, in this voice. */
  readonly review: (voice: NonNullable<ReviewOrder['voice']>) => Promise<Outcome>
}

/** Address of the model server, for links to its cards. */
export function serverOf({ order }: PersonaTask): string {
  return order.review.serverUrl ?? ''
}
