import { cleanCode } from './clean-code.ts'
import { matchLines } from './match-lines.ts'

interface CommentedLines {
  /** Text of the file when it was commented. */
  readonly before: string
  /** Text of the file when the pull request ended; null where it is gone. */
  readonly after: string | null
  /** 1-based, both included. */
  readonly startLine: number
  readonly line: number
}

/** Whether the author changed the lines afterwards; `after` is what stands there then. */
export interface Outcome {
  readonly addressed: 'yes' | 'no' | 'unknown'
  readonly after?: string
}

const longestAfter = 4000
/** Lines of a file beyond which nothing is compared. */
const mostLines = 50_000

/** Lines that are gone or differ count as changed, and so do lines that were put right before or behind them. */
export function outcomeOf({ before, after, startLine, line }: CommentedLines): Outcome {
  if (after === null) return { addressed: 'yes' }
  const old = linesOf(before)
  const now = linesOf(after)
  if (line > old.length || startLine > line || old.length > mostLines || now.length > mostLines)
    return { addressed: 'unknown' }
  const matches = matchLines(old, now)
  const above = startLine < 2 ? -1 : (matches[startLine - 2] ?? -1)
  const below = line >= old.length ? now.length : (matches[line] ?? -1)
  const kept = [...matches.subarray(startLine - 1, line)]
  const first = kept[0] ?? -1
  const isKept = first >= 0 && kept.every((match, index) => match === first + index)
  const isAlone =
    isBeside(above, first, startLine < 2) && isBeside(first + kept.length - 1, below, line >= old.length)
  if (isKept && isAlone) return { addressed: 'no' }
  return { addressed: 'yes', ...whatStandsThere({ matches, now, startLine, line }) }
}

/** True where nothing was put between two lines; where the neighbour itself is gone, nobody can tell. */
function isBeside(upper: number, lower: number, isEdge: boolean): boolean {
  if (isEdge) return upper + 1 === lower
  return upper < 0 || lower < 0 || upper + 1 === lower
}

interface Place {
  readonly matches: Int32Array
  readonly now: readonly string[]
  readonly startLine: number
  readonly line: number
}

/** The lines between the nearest ones, above and below, that were left as they were. */
function whatStandsThere({ matches, now, startLine, line }: Place): { after?: string } {
  let above = startLine - 2
  while (above >= 0 && (matches[above] ?? -1) < 0) above--
  let below = line
  while (below < matches.length && (matches[below] ?? -1) < 0) below++
  const from = above < 0 ? 0 : (matches[above] ?? -1) + 1
  const to = below >= matches.length ? now.length : (matches[below] ?? now.length)
  const text = cleanCode(now.slice(from, Math.max(from, to)).join('\n'), longestAfter)
  return text.trim() === '' ? {} : { after: text }
}

function linesOf(text: string): string[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}
