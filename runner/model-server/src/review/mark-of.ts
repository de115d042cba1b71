import type { Finding } from '@ai-review/protocol/finding'
import { longestFlaggedRange } from '@ai-review/protocol/seal'
import type { UnsealedMark } from './seal.ts'

/**
 * The mark that the Action writes for a finding at `head`, before it is sealed. One on more lines than a mark counts
 * bears its identity only. The Action follows the same rule (`src/review/mark-of.ts`).
 */
export function unsealedMarkOf(finding: Omit<Finding, 'seal'>, head: string): UnsealedMark {
  const { identity, severity, category, line, startLine, flagged, voice } = finding
  const spoken = voice === undefined ? {} : ({ voice: 'persona' } as const)
  const bare = { kind: 'finding', head, identity, ...spoken } as const
  const lines = line - (startLine ?? line) + 1
  if (flagged === undefined || lines > longestFlaggedRange) return bare
  return { ...bare, severity, category, lines, flagged }
}
