import type { FileDiff } from './file-diff.ts'
import { type DiffSide, lineAt } from './line-at.ts'

/** The lines `startLine`..`line` of one side, or `line` alone; 1-based. */
interface LineRange {
  readonly side: DiffSide
  readonly startLine?: number
  readonly line: number
}

/** Why GitHub would not place a comment. */
type PlacementFault =
  | 'binary'
  | 'submodule'
  | 'no-hunks'
  | 'line-not-in-diff'
  | 'start-not-in-diff'
  | 'start-not-before-line'
  | 'different-hunks'

type Placement = { readonly ok: true } | { readonly ok: false; readonly reason: PlacementFault }

const SUBMODULE_MODE = '160000'

function sideFault(file: FileDiff, side: DiffSide): PlacementFault | null {
  if (file.binary) return 'binary'
  if ((side === 'LEFT' ? file.oldMode : file.newMode) === SUBMODULE_MODE) return 'submodule'
  return file.hunks.length === 0 ? 'no-hunks' : null
}

function rangeFault(file: FileDiff, { side, startLine, line }: LineRange): PlacementFault | null {
  const end = lineAt(file, side, line)
  if (end === null) return 'line-not-in-diff'
  if (startLine === undefined) return null
  if (startLine >= line) return 'start-not-before-line'
  const start = lineAt(file, side, startLine)
  if (start === null) return 'start-not-in-diff'
  return start.hunk === end.hunk ? null : 'different-hunks'
}

/**
 * Whether GitHub accepts a comment on these lines, or why not. Both ends must stand in the same hunk, and a start must
 * come before the line it leads to: for one line leave it out. A single refused comment makes GitHub refuse the whole
 * review (422), so every comment is asked about here first.
 */
export function canComment(file: FileDiff, range: LineRange): Placement {
  const reason = sideFault(file, range.side) ?? rangeFault(file, range)
  return reason === null ? { ok: true } : { ok: false, reason }
}
