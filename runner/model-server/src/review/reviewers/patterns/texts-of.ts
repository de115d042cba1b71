import type { FileToReview, Hunk } from '@ai-review/protocol/change'
import { addedLines } from '../added-lines.ts'

/** A text to scan. Its line `n` is line `n + offset` of the file after the change. */
export interface SourceText {
  readonly text: string
  readonly offset: number
  /** False for the lines of one hunk alone. */
  readonly isWhole: boolean
}

function withoutReturn(line: string | undefined): string | undefined {
  return line?.endsWith('\r') === true ? line.slice(0, -1) : line
}

/** Lines of the new side of one hunk, without the indentation that all of them share. */
function textOfHunk(hunk: Hunk): SourceText | null {
  const lines = hunk.lines.filter((line) => line.kind !== 'deleted')
  const first = lines[0]
  if (first === undefined || !lines.some((line) => line.kind === 'added')) return null
  const texts = lines.map((line) => line.text)
  const indents = texts
    .filter((text) => text.trim() !== '')
    .map((text) => text.length - text.trimStart().length)
  const shared = indents.length === 0 ? 0 : indents.reduce((least, indent) => Math.min(least, indent))
  return {
    text: texts.map((text) => text.slice(shared)).join('\n'),
    offset: first.newLine - 1,
    isWhole: false,
  }
}

/**
 * What to scan of a file: its whole text where that is known and agrees with the diff on every added line, else the
 * new side of each hunk.
 */
export function textsOf(file: FileToReview): readonly SourceText[] {
  const added = addedLines(file)
  if (added.size === 0) return []
  if (file.headText !== undefined) {
    const lines = file.headText.split('\n')
    const agrees = [...added].every(([line, text]) => withoutReturn(lines[line - 1]) === withoutReturn(text))
    if (agrees) return [{ text: file.headText, offset: 0, isWhole: true }]
  }
  return file.hunks.map(textOfHunk).filter((text) => text !== null)
}
