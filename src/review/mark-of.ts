import type { Finding } from '@ai-review/protocol/finding'
import { longestFlaggedRange, type Mark } from '@ai-review/protocol/seal'

/**
 * The mark of a finding in the review of `head`. One on more lines than a mark counts bears its identity only: so the
 * server sealed it (`runner/model-server/src/review/mark-of.ts`).
 */
export function markOf(finding: Finding, head: string): Mark {
  const { identity, seal, severity, category, line, startLine, flagged, voice } = finding
  const spoken = voice === undefined ? {} : ({ voice: 'persona' } as const)
  const bare = { kind: 'finding', head, identity, seal, ...spoken } as const
  const lines = line - (startLine ?? line) + 1
  if (flagged === undefined || lines > longestFlaggedRange) return bare
  return { ...bare, severity, category, lines, flagged }
}
