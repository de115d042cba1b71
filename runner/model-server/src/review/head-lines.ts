import type { FileToReview } from '@ai-review/protocol/change'

const known = new WeakMap<FileToReview, readonly string[]>()

/** Lines of a file after the change, or null where its text is not known. Kept: every part of a file asks for them. */
export function headLinesOf(file: FileToReview): readonly string[] | null {
  if (file.headText === undefined) return null
  const lines = known.get(file) ?? file.headText.split('\n')
  known.set(file, lines)
  return lines
}
