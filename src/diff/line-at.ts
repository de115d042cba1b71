import { type DiffSide, lineNumberOn } from './commentable.ts'
import type { FileDiff } from './file-diff.ts'

/**
 * The text of a line as the diff shows it, without marker and line feed, or null where the diff does not show it on
 * that side: LEFT knows deleted lines, RIGHT added lines and context.
 */
export function lineText(file: FileDiff, side: DiffSide, line: number): string | null {
  for (const hunk of file.hunks) {
    const shown = hunk.lines.find((candidate) => lineNumberOn(side, candidate) === line)
    if (shown !== undefined) return shown.text
  }
  return null
}
