import { Finding } from '@ai-review/protocol/finding'
import { type DiffLine, type DiffLines, linesOfRange } from './diff-lines.ts'
import type { Candidate } from './reviewer.ts'

/** A candidate that fits the wire and stands on lines of the diff. */
export interface Admitted {
  readonly candidate: Candidate
  readonly lines: readonly [DiffLine, ...DiffLine[]]
}

const CandidateShape = Finding.omit({ identity: true, seal: true })

function isNonEmpty(lines: readonly DiffLine[]): lines is readonly [DiffLine, ...DiffLine[]] {
  return lines.length > 0
}

/** A range that leaves its hunk shrinks to its last line; a suggestion for the range goes with it. */
function withoutRange(candidate: Candidate): Candidate {
  const { startLine: _startLine, suggestion: _suggestion, ...rest } = candidate
  return rest
}

function withoutEmptyRange(candidate: Candidate): Candidate {
  if (candidate.startLine !== candidate.line) return candidate
  const { startLine: _startLine, ...rest } = candidate
  return rest
}

function admit(candidate: Candidate, index: ReadonlyMap<string, DiffLines>): Admitted | null {
  const sides = index.get(candidate.path)
  if (sides === undefined || !CandidateShape.safeParse(candidate).success) return null
  const exact = withoutEmptyRange(candidate)
  const range = linesOfRange(sides, exact)
  if (range !== null && isNonEmpty(range)) return { candidate: exact, lines: range }
  const last = linesOfRange(sides, { side: candidate.side, line: candidate.line })
  return last !== null && isNonEmpty(last) ? { candidate: withoutRange(candidate), lines: last } : null
}

/** Keeps what fits the wire and stands on a line of the diff; the rest is counted. */
export function admitCandidates(
  candidates: readonly Candidate[],
  index: ReadonlyMap<string, DiffLines>,
): { readonly admitted: readonly Admitted[]; readonly invalid: number } {
  const admitted = candidates.map((candidate) => admit(candidate, index)).filter((one) => one !== null)
  return { admitted, invalid: candidates.length - admitted.length }
}
