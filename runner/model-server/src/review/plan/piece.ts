import type { FileToReview, Hunk, HunkLine } from '@ai-review/protocol/change'
import { shownText } from '../prompt/shown-text.ts'
import type { TokenEstimate } from './token-estimate.ts'

/** A run of lines of one hunk, small enough for a batch. */
export interface Piece {
  readonly file: FileToReview
  readonly hunk: Hunk
  readonly lines: readonly HunkLine[]
}

interface PieceLimits {
  readonly tokens: number
  readonly lines: number
}

/** Lines that a piece repeats from the one before, so that no defect hides in the cut. */
const overlapLines = 4

/** Tokens that the line id and the marks around a line cost. */
const lineMarkTokens = 6

export function pieceTokens(lines: readonly HunkLine[], estimate: TokenEstimate): number {
  return lines.reduce((sum, line) => sum + estimate(shownText(line.text)) + lineMarkTokens, 0)
}

/** How many lines from `start` fit the limits: at least one, so that cutting always ends. */
function fittingLines(costs: readonly number[], start: number, limits: PieceLimits): number {
  let tokens = 0
  let count = 0
  while (start + count < costs.length && count < limits.lines) {
    tokens += costs[start + count] ?? 0
    if (count > 0 && tokens > limits.tokens) break
    count += 1
  }
  return count
}

/** A hunk whole where it fits, else in overlapping pieces that cover every line. Pieces hold at least one change. */
export function cutHunk(
  file: FileToReview,
  hunk: Hunk,
  { limits, estimate }: { readonly limits: PieceLimits; readonly estimate: TokenEstimate },
): Piece[] {
  const costs = hunk.lines.map((line) => pieceTokens([line], estimate))
  const pieces: Piece[] = []
  let start = 0
  while (start < hunk.lines.length) {
    const end = start + fittingLines(costs, start, limits)
    pieces.push({ file, hunk, lines: hunk.lines.slice(start, end) })
    if (end === hunk.lines.length) break
    start = Math.max(start + 1, end - overlapLines)
  }
  return pieces.filter(({ lines }) => lines.some((line) => line.kind !== 'context'))
}

/** The two halves of a piece, or null when one line is left. */
export function halvePiece(piece: Piece): readonly [Piece, Piece] | null {
  if (piece.lines.length < 2) return null
  const middle = Math.ceil(piece.lines.length / 2)
  return [
    { ...piece, lines: piece.lines.slice(0, middle) },
    { ...piece, lines: piece.lines.slice(middle) },
  ]
}
