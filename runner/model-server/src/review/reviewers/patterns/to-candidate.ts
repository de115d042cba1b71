import type { FileToReview } from '@ai-review/protocol/change'
import { findingLimits } from '@ai-review/protocol/finding'
import type { Candidate } from '../../reviewer.ts'
import type { PatternRule } from './rule.ts'
import type { Match } from './scan-text.ts'

/** A match with its lines counted in the file. */
interface PlacedMatch {
  readonly rule: PatternRule
  readonly match: Match
  readonly file: FileToReview
  readonly added: ReadonlyMap<number, string>
}

function withShown(text: string, shown: Match['shown']): string {
  return text.replace(/\$(?:\$\$)?([A-Z_][A-Z0-9_]*)/g, (whole, name: string) => shown[name] ?? whole)
}

/** Whether the lines are all on the new side of one hunk, so that a suggestion can replace them. */
function inOneHunk(file: FileToReview, first: number, last: number): boolean {
  return file.hunks.some((hunk) => first >= hunk.newStart && last < hunk.newStart + hunk.newLines)
}

/** First added line of the match: the one that brought the offence in. */
function anchorOf({ match, added }: PlacedMatch): number | null {
  for (let line = match.startLine; line <= match.endLine; line += 1) if (added.has(line)) return line
  return null
}

function rangeOf(placed: PlacedMatch, anchor: number): Pick<Candidate, 'startLine' | 'line' | 'suggestion'> {
  const { match, file } = placed
  const { startLine, endLine, replacement } = match
  const offerable = replacement !== undefined && replacement.length <= findingLimits.suggestion
  if (!offerable || !inOneHunk(file, startLine, endLine)) return { line: anchor }
  return { ...(startLine === endLine ? {} : { startLine }), line: endLine, suggestion: replacement }
}

/** The finding of a match, or null where none of its lines was added by the change. */
export function toCandidate(placed: PlacedMatch): Candidate | null {
  const anchor = anchorOf(placed)
  if (anchor === null) return null
  const { rule, match, file } = placed
  return {
    path: file.path,
    side: 'RIGHT',
    ...rangeOf(placed, anchor),
    category: rule.category,
    severity: rule.severity,
    confidence: rule.confidence,
    title: withShown(rule.title, match.shown).slice(0, findingLimits.title),
    body: withShown(rule.body, match.shown).slice(0, findingLimits.body),
    evidence: [{ kind: 'rule', reference: rule.id }],
    reviewer: 'patterns',
  }
}
