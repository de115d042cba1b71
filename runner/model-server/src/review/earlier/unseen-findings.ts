import { identityOf } from '../identity.ts'
import type { Homeless } from './moved-findings.ts'

/** Most hashes of one search. */
const searchMost = 50_000

/**
 * Findings that may stand in a file of the change that is not under review: one that the policy left out since, or one
 * that is too large. They have not moved, wherever else their text stands. Those that there was no time to look for count
 * as unseen, too.
 */
export function unseenFindings(
  homeless: readonly Homeless[],
  unseenPaths: readonly string[],
): ReadonlySet<string> {
  let left = searchMost
  const isUnseen = ({ said, category, found }: Homeless): boolean => {
    left -= unseenPaths.length
    if (left < 0) return unseenPaths.length > 0
    return unseenPaths.some((path) => identityOf({ path, category, text: found.text }) === said.identity)
  }
  return new Set(homeless.filter(isUnseen).map(({ said }) => said.identity))
}
