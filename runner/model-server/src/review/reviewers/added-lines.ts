import type { FileToReview } from '@ai-review/protocol/change'

/** The added lines of a file, by number, in ascending order. */
export function addedLines(file: FileToReview): ReadonlyMap<number, string> {
  const added = new Map<number, string>()
  for (const hunk of file.hunks)
    for (const line of hunk.lines) if (line.kind === 'added') added.set(line.newLine, line.text)
  return added
}
