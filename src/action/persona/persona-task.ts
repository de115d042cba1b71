import type { Outcome } from '../outcome.ts'
import type { ReviewGround } from '../review-pull-request.ts'
import type { CommandOrder, CommandRoles, Talk, Wanted } from '../run-command.ts'

/** One command about a persona, with what was read before it was known to be one. */
export interface PersonaTask extends ReviewGround {
  readonly order: CommandOrder
  readonly roles: CommandRoles
  readonly talk: Talk
  /** Reviews the change as it was when the command was read. */
  readonly review: (wanted: Wanted) => Promise<Outcome>
}

/** Address of the model server, for links to its cards. */
export function serverOf({ order }: PersonaTask): string {
  return order.review.serverUrl ?? ''
}
