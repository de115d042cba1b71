import { canComment } from '../../../src/diff/commentable.ts'
import type { FileDiff } from '../../../src/diff/file-diff.ts'
import { type DiffSide, lineNumberOn } from '../../../src/diff/line-at.ts'

function linesOn(file: FileDiff, side: DiffSide): Set<number> {
  const numbers = file.hunks.flatMap(({ lines }) => lines.map((line) => lineNumberOn(side, line)))
  return new Set(
    numbers.filter((line): line is number => line !== null && canComment(file, { side, line }).ok),
  )
}

/** All lines of a file that can carry a comment; numbers are 1-based. */
export function commentableLines(file: FileDiff): { RIGHT: Set<number>; LEFT: Set<number> } {
  return { RIGHT: linesOn(file, 'RIGHT'), LEFT: linesOn(file, 'LEFT') }
}
