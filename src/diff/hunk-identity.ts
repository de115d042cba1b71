import { createHash } from 'node:crypto'
import type { DiffHunk, DiffLine } from './file-diff.ts'

// What git shows by default. Cutting to it gives the same identity to a hunk that was read with more context.
const CONTEXT_LINES = 3

function withNearContext(lines: readonly DiffLine[]): readonly DiffLine[] {
  const first = lines.findIndex((line) => line.kind !== 'context')
  const last = lines.findLastIndex((line) => line.kind !== 'context')
  return lines.slice(Math.max(0, first - CONTEXT_LINES), last + 1 + CONTEXT_LINES)
}

/**
 * Names a hunk by what it changes: SHA-256 in hex over the path, and kind and exact text of its changed lines with at
 * most three lines of context on either side. Line numbers and the section title stay out, so the name survives a
 * rebase and edits elsewhere in the file. Whitespace counts, because it can carry meaning.
 *
 * The context tells the same edit at two places of a file apart; the price is that an edit within three lines of the
 * hunk renames it, which costs one more reading and hides nothing. Twins whose context is equal as well share a name:
 * who compares two diffs must count names, not only look them up.
 */
export function hunkIdentity(path: string, hunk: DiffHunk): string {
  const content = withNearContext(hunk.lines).map((line) => [line.kind, line.text])
  return createHash('sha256')
    .update(JSON.stringify([path, content]))
    .digest('hex')
}
