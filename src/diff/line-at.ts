import type { DiffHunk, DiffLine, FileDiff } from './file-diff.ts'

/** GitHub's names for the two sides: LEFT shows what was deleted, RIGHT what was added and the context. */
export type DiffSide = 'LEFT' | 'RIGHT'

/** The line's 1-based number on that side, or null where the side does not show it. */
export function lineNumberOn(side: DiffSide, line: DiffLine): number | null {
  if (side === 'LEFT') return line.kind === 'deleted' ? line.oldLine : null
  return line.kind === 'deleted' ? null : line.newLine
}

function covers(hunk: DiffHunk, side: DiffSide, number: number): boolean {
  const [start, count] = side === 'LEFT' ? [hunk.oldStart, hunk.oldLines] : [hunk.newStart, hunk.newLines]
  return number >= start && number < start + count
}

/** The line that a side shows under this number, with the hunk it stands in, or null. */
export function lineAt(
  file: FileDiff,
  side: DiffSide,
  number: number,
): { readonly hunk: DiffHunk; readonly line: DiffLine } | null {
  for (const hunk of file.hunks) {
    if (!covers(hunk, side, number)) continue
    const line = hunk.lines.find((candidate) => lineNumberOn(side, candidate) === number)
    if (line !== undefined) return { hunk, line }
  }
  return null
}

/** The text of that line without marker and line feed, or null where the diff does not show it on that side. */
export function lineText(file: FileDiff, side: DiffSide, number: number): string | null {
  return lineAt(file, side, number)?.line.text ?? null
}
