import type { FileToReview, Hunk, HunkLine, Side } from '@ai-review/protocol/change'
import type { PastComment, Silence } from '@ai-review/protocol/persona'
import type { Piece } from '../review/plan/piece.ts'
import { pieceLines } from '../review/reviewers/persona/persona-settings.ts'

/**
 * Lines of the file shown after the commented one, 3 to 12: in a review a hunk goes on for a while, so nothing must be
 * learnt from where a hunk ends, which GitHub lets the commented line do.
 */
function linesAfter({ id }: PastComment): number {
  return 3 + (id % 10)
}

const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/

/** Lines of a unified hunk. Numbers follow its head; without one they begin at 1. */
function linesOf(hunk: string): HunkLine[] {
  const [first = '', ...rest] = hunk.replace(/\r?\n$/, '').split(/\r?\n/)
  const start = head.exec(first)
  let oldLine = Math.max(1, Number(start?.[1] ?? 1))
  let newLine = Math.max(1, Number(start?.[2] ?? 1))
  return (start === null ? [first, ...rest] : rest).flatMap((line): HunkLine[] => {
    const text = line.slice(1)
    if (line.startsWith('\\')) return []
    if (line.startsWith('+')) return [{ kind: 'added', text, newLine: newLine++ }]
    if (line.startsWith('-')) return [{ kind: 'deleted', text, oldLine: oldLine++ }]
    return [{ kind: 'context', text, oldLine: oldLine++, newLine: newLine++ }]
  })
}

function moved(line: HunkLine, by: number): HunkLine {
  const at = (number: number) => Math.max(1, number + by)
  switch (line.kind) {
    case 'added':
      return { ...line, newLine: at(line.newLine) }
    case 'deleted':
      return { ...line, oldLine: at(line.oldLine) }
    case 'context':
      return { ...line, oldLine: at(line.oldLine), newLine: at(line.newLine) }
  }
}

function numberOn(side: Side, line: HunkLine | undefined): number | undefined {
  if (line === undefined) return undefined
  if (side === 'LEFT') return line.kind === 'added' ? undefined : line.oldLine
  return line.kind === 'deleted' ? undefined : line.newLine
}

/** The lines after the commented one, as far as the text around it was kept: unchanged, for all that is known. */
function following(comment: PastComment, last: HunkLine | undefined): HunkLine[] {
  if (comment.side === 'LEFT' || comment.context === '' || last === undefined) return []
  const from = comment.line + 1 - comment.contextStart
  if (from < 1) return []
  const oldFirst = last.kind === 'added' ? comment.line : last.oldLine + 1
  return comment.context
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .slice(from, from + linesAfter(comment))
    .map((text, index) => ({
      kind: 'context',
      text,
      oldLine: oldFirst + index,
      newLine: comment.line + 1 + index,
    }))
}

function pieceOf(path: string, lines: readonly HunkLine[]): Piece {
  const firstOn = (side: Side) =>
    lines.map((line) => numberOn(side, line)).find((at) => at !== undefined) ?? 1
  const countOn = (side: Side) => lines.filter((line) => numberOn(side, line) !== undefined).length
  const hunk: Hunk = {
    oldStart: firstOn('LEFT'),
    oldLines: countOn('LEFT'),
    newStart: firstOn('RIGHT'),
    newLines: countOn('RIGHT'),
    section: '',
    identity: '0'.repeat(64),
    lines: [...lines],
  }
  const file: FileToReview = { path, status: 'modified', hunks: [hunk] }
  return { file, hunk, lines }
}

/** A past comment's or silence's lines as a review would show them; the commented line keeps its number. */
export function pastPiece(sample: PastComment | Silence): Piece {
  const lines = linesOf(sample.hunk)
  if (!('body' in sample)) return pieceOf(sample.path, lines.slice(0, pieceLines))
  const at = numberOn(sample.side, lines.at(-1)) ?? sample.line
  const numbered = lines.slice(linesAfter(sample) - pieceLines).map((line) => moved(line, sample.line - at))
  return pieceOf(sample.path, [...numbered, ...following(sample, numbered.at(-1))])
}
