import type { Finding } from '@ai-review/protocol/finding'

type Located = Pick<Finding, 'side' | 'line' | 'startLine'>

/** The place of a finding as the host's API wants it: a range only where it spans more than one line. */
export function placementOf({ side, line, startLine }: Located) {
  return startLine !== undefined && startLine < line ? { side, startLine, line } : { side, line }
}

/** Lines of a finding for people: `12` or `10–12`, with a note on the side that is gone. */
export function describeLines({ side, line, startLine }: Located): string {
  const range = startLine !== undefined && startLine < line ? `lines ${startLine}–${line}` : `line ${line}`
  return side === 'LEFT' ? `${range} before the change` : range
}
