import type { DiffHunk } from './file-diff.ts'

/** The lines of a diff without their line feeds. `cut` is true where the text stops in the middle of a character. */
interface SplitDiff {
  readonly lines: readonly string[]
  readonly cut: boolean
}

const utf8 = new TextDecoder()

/**
 * Splits at line feeds only: git counts neither a lone carriage return nor U+2028 as the end of a line.
 * Bytes that are not UTF-8 become U+FFFD, which never changes the number of lines. A byte order mark in front of the
 * whole diff is dropped; one in a line is content.
 */
export function splitDiff(diff: string | Uint8Array): SplitDiff {
  const text = typeof diff === 'string' ? diff : utf8.decode(diff)
  const lines = text.split('\n')
  if (lines.at(-1) === '') {
    lines.pop()
    return { lines, cut: false }
  }
  return { lines, cut: text.endsWith('\uFFFD') }
}

/** How many lines the hunks add and delete. */
export function countChanges(hunks: readonly DiffHunk[]): { additions: number; deletions: number } {
  let additions = 0
  let deletions = 0
  for (const hunk of hunks) {
    for (const line of hunk.lines) {
      if (line.kind === 'added') additions += 1
      if (line.kind === 'deleted') deletions += 1
    }
  }
  return { additions, deletions }
}
