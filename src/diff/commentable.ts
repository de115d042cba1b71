import type { DiffLine, FileDiff } from './file-diff.ts'

/** GitHub's names for the two sides: LEFT shows what was deleted, RIGHT what was added and the context. */
export type DiffSide = 'LEFT' | 'RIGHT'

/** The lines `startLine`..`line` of one side, or `line` alone. */
export interface LineRange {
  readonly side: DiffSide
  readonly startLine?: number
  readonly line: number
}

/** Why GitHub would not place a comment. */
export type PlacementFault =
  | 'binary'
  | 'submodule'
  | 'no-hunks'
  | 'line-not-in-diff'
  | 'start-not-in-diff'
  | 'start-not-before-line'
  | 'different-hunks'

export type Placement = { readonly ok: true } | { readonly ok: false; readonly reason: PlacementFault }

const SUBMODULE_MODE = '160000'

/** The line's number on that side if a comment can stand on it there, else null. */
export function lineNumberOn(side: DiffSide, line: DiffLine): number | null {
  if (side === 'LEFT') return line.kind === 'deleted' ? line.oldLine : null
  return line.kind === 'deleted' ? null : line.newLine
}

function sideFault(file: FileDiff, side: DiffSide): PlacementFault | null {
  if (file.binary) return 'binary'
  if ((side === 'LEFT' ? file.oldMode : file.newMode) === SUBMODULE_MODE) return 'submodule'
  return file.hunks.length === 0 ? 'no-hunks' : null
}

/** All lines of a file that GitHub accepts a comment on; numbers are 1-based. */
export function commentableLines(file: FileDiff): { RIGHT: Set<number>; LEFT: Set<number> } {
  return { RIGHT: linesOn(file, 'RIGHT'), LEFT: linesOn(file, 'LEFT') }
}

function linesOn(file: FileDiff, side: DiffSide): Set<number> {
  const numbers = new Set<number>()
  if (sideFault(file, side) !== null) return numbers
  for (const hunk of file.hunks) {
    for (const line of hunk.lines) {
      const number = lineNumberOn(side, line)
      if (number !== null) numbers.add(number)
    }
  }
  return numbers
}

function hunkIndexOf(file: FileDiff, side: DiffSide, number: number): number {
  return file.hunks.findIndex((hunk) => hunk.lines.some((line) => lineNumberOn(side, line) === number))
}

/**
 * Whether GitHub accepts a comment on these lines. Both ends must stand in the same hunk, and a start must come before
 * the line it leads to: for one line leave it out. One refused comment makes GitHub refuse the whole review.
 */
export function canComment(file: FileDiff, range: LineRange): Placement {
  const fault = sideFault(file, range.side) ?? rangeFault(file, range)
  return fault === null ? { ok: true } : { ok: false, reason: fault }
}

function rangeFault(file: FileDiff, { side, startLine, line }: LineRange): PlacementFault | null {
  const hunk = hunkIndexOf(file, side, line)
  if (hunk === -1) return 'line-not-in-diff'
  if (startLine === undefined) return null
  if (startLine >= line) return 'start-not-before-line'
  const startHunk = hunkIndexOf(file, side, startLine)
  if (startHunk === -1) return 'start-not-in-diff'
  return startHunk === hunk ? null : 'different-hunks'
}
