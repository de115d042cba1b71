import type { FileToReview, Hunk, HunkLine, Side } from '@ai-review/protocol/change'

/** A line that can be commented: an added or context line on the RIGHT, a deleted one on the LEFT. */
export interface DiffLine {
  readonly side: Side
  readonly line: number
  readonly text: string
  readonly file: FileToReview
  readonly hunk: Hunk
}

/** Lines of one path of the change by side and number. */
export type DiffLines = Readonly<Record<Side, ReadonlyMap<number, DiffLine>>>

/** Where a line of a hunk is commented. */
export function placeOf(line: HunkLine): { readonly side: Side; readonly line: number } {
  return line.kind === 'deleted'
    ? { side: 'LEFT', line: line.oldLine }
    : { side: 'RIGHT', line: line.newLine }
}

/** Every commentable line of the requested files, by path. */
export function indexDiffLines(files: readonly FileToReview[]): ReadonlyMap<string, DiffLines> {
  const byPath = new Map<string, Record<Side, Map<number, DiffLine>>>()
  for (const file of files) {
    const sides = byPath.get(file.path) ?? { LEFT: new Map(), RIGHT: new Map() }
    byPath.set(file.path, sides)
    for (const hunk of file.hunks) {
      for (const line of hunk.lines) {
        const place = placeOf(line)
        sides[place.side].set(place.line, { ...place, text: line.text, file, hunk })
      }
    }
  }
  return byPath
}

/**
 * The lines `startLine`..`line` of one side, or null unless all of them are shown by one hunk:
 * the host refuses a comment that leaves its hunk.
 */
export function linesOfRange(
  lines: DiffLines,
  range: { readonly side: Side; readonly startLine?: number | undefined; readonly line: number },
): readonly DiffLine[] | null {
  const first = range.startLine ?? range.line
  const side = lines[range.side]
  if (first > range.line) return null
  const found: DiffLine[] = []
  for (let number = first; number <= range.line; number += 1) {
    const line = side.get(number)
    if (line === undefined || (found[0] !== undefined && found[0].hunk !== line.hunk)) return null
    found.push(line)
  }
  return found
}
