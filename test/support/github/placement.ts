import type { ChangedFile, DiffHunkLines } from './changed-files.ts'

export type Side = 'LEFT' | 'RIGHT'

export interface Anchor {
  readonly path: string
  readonly side: Side
  readonly line: number
  readonly startSide?: Side
  readonly startLine?: number
}

const placementTexts = {
  path: 'Path could not be resolved',
  line: 'Line could not be resolved',
  order: 'start line must precede the end line',
  hunk: 'Pull request review thread start line must be part of the same hunk as the line.',
} as const

/** Why GitHub would refuse a comment at `anchor`, in its words, or null. LEFT holds deletions, RIGHT the rest. */
export function placementProblem(files: readonly ChangedFile[], anchor: Anchor): string | null {
  const file = files.find((candidate) => candidate.path === anchor.path)
  if (file === undefined) return placementTexts.path
  const end = find(file.hunks, anchor.side, anchor.line)
  if (end === null) return placementTexts.line
  if (anchor.startLine === undefined) return null
  const startSide = anchor.startSide ?? anchor.side
  if (startSide === anchor.side && anchor.startLine >= anchor.line) return placementTexts.order
  const start = find(file.hunks, startSide, anchor.startLine)
  if (start === null) return placementTexts.line
  if (start.hunk !== end.hunk) return placementTexts.hunk
  return start.index < end.index ? null : placementTexts.order
}

/** The diff's text from the hunk's header to the anchor's last line: GitHub's `diff_hunk`. */
export function hunkTextAt(files: readonly ChangedFile[], anchor: Anchor): string {
  const file = files.find((candidate) => candidate.path === anchor.path)
  const end = file === undefined ? null : find(file.hunks, anchor.side, anchor.line)
  return end === null ? '' : end.hunk.text.slice(0, end.index + 2).join('\n')
}

function find(
  hunks: readonly DiffHunkLines[],
  side: Side,
  line: number,
): { hunk: DiffHunkLines; index: number } | null {
  for (const hunk of hunks) {
    const index = hunk.lines.findIndex((candidate) =>
      side === 'RIGHT' ? candidate.right === line : candidate.left === line && candidate.right === undefined,
    )
    if (index >= 0) return { hunk, index }
  }
  return null
}
