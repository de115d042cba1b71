import type { DiffHunk, DiffLine } from './file-diff.ts'

/** The hunks of one file; `next` is the index of the first line behind them. `fault` says why they cannot be trusted. */
export interface ParsedHunks {
  readonly hunks: readonly DiffHunk[]
  readonly noNewlineOld: boolean
  readonly noNewlineNew: boolean
  readonly next: number
  readonly fault: string | null
}

// Fifteen digits stay below 2^53, so that every sum of a start and a count is exact.
const HUNK_HEADER = /^@@ -(\d{1,15})(?:,(\d{1,15}))? \+(\d{1,15})(?:,(\d{1,15}))? @@([^\n]*)$/

interface HunkHeader {
  readonly oldStart: number
  readonly oldLines: number
  readonly newStart: number
  readonly newLines: number
  readonly section: string
}

interface Progress {
  readonly lines: readonly string[]
  readonly hunks: DiffHunk[]
  at: number
  /** First line of each side that no hunk has covered. */
  oldFree: number
  newFree: number
  noNewlineOld: boolean
  noNewlineNew: boolean
}

function parseHunkHeader(line: string): HunkHeader | null {
  const match = HUNK_HEADER.exec(line)
  if (match === null) return null
  const [, oldStart, oldLines = '1', newStart, newLines = '1', section = ''] = match
  const header = {
    oldStart: Number(oldStart),
    oldLines: Number(oldLines),
    newStart: Number(newStart),
    newLines: Number(newLines),
    section: section.trim(),
  }
  const startsAtZero =
    (header.oldStart === 0 && header.oldLines > 0) || (header.newStart === 0 && header.newLines > 0)
  return startsAtZero ? null : header
}

/** A side without lines names the line before the gap. */
function firstLine(start: number, count: number): number {
  return count === 0 ? start + 1 : start
}

function markNoNewline(progress: Progress, last: DiffLine | undefined): string | null {
  if (last === undefined) return 'a hunk starts with a mark for the end of the file'
  if (last.kind !== 'added') progress.noNewlineOld = true
  if (last.kind !== 'deleted') progress.noNewlineNew = true
  return null
}

type LineKind = DiffLine['kind'] | 'end-of-file' | 'foreign'

function kindOf(line: string): LineKind {
  switch (line[0]) {
    case '+':
      return 'added'
    case '-':
      return 'deleted'
    case ' ':
      return 'context'
    // Mail and editors strip the blank of an empty context line; git reads it as one.
    case undefined:
      return 'context'
    case '\\':
      return 'end-of-file'
    default:
      return 'foreign'
  }
}

/** The line as the hunk's next one, or null where the header leaves no room for it or its side has ended. */
function placeLine(line: string, kind: DiffLine['kind'], body: HunkBody): DiffLine | null {
  const { progress } = body
  const onOld = kind !== 'added'
  const onNew = kind !== 'deleted'
  if (onOld && (progress.oldFree >= body.oldEnd || progress.noNewlineOld)) return null
  if (onNew && (progress.newFree >= body.newEnd || progress.noNewlineNew)) return null
  const text = line.slice(1)
  const oldLine = progress.oldFree
  const newLine = progress.newFree
  if (onOld) progress.oldFree += 1
  if (onNew) progress.newFree += 1
  if (kind === 'added') return { kind, text, newLine }
  if (kind === 'deleted') return { kind, text, oldLine }
  return { kind, text, oldLine, newLine }
}

interface HunkBody {
  readonly progress: Progress
  readonly oldEnd: number
  readonly newEnd: number
  readonly lines: DiffLine[]
}

function readLine(body: HunkBody, line: string): string | null {
  const kind = kindOf(line)
  if (kind === 'foreign') return 'a hunk is shorter than its header says'
  if (kind === 'end-of-file') return markNoNewline(body.progress, body.lines.at(-1))
  const placed = placeLine(line, kind, body)
  if (placed === null) return 'a hunk does not hold the lines its header says'
  body.lines.push(placed)
  return null
}

function readBody(body: HunkBody): string | null {
  const { progress, lines } = body
  while (progress.oldFree < body.oldEnd || progress.newFree < body.newEnd) {
    const line = progress.lines[progress.at]
    if (line === undefined) return 'the diff ends in the middle of a hunk'
    const fault = readLine(body, line)
    if (fault !== null) return fault
    progress.at += 1
  }
  if (progress.lines[progress.at]?.startsWith('\\') !== true) return null
  progress.at += 1
  return markNoNewline(progress, lines.at(-1))
}

function readHunk(progress: Progress): string | null {
  const header = parseHunkHeader(progress.lines[progress.at] ?? '')
  if (header === null) return 'a hunk header is not readable'
  const oldFirst = firstLine(header.oldStart, header.oldLines)
  const newFirst = firstLine(header.newStart, header.newLines)
  if (oldFirst < progress.oldFree || newFirst < progress.newFree) return 'hunks overlap'
  progress.at += 1
  progress.oldFree = oldFirst
  progress.newFree = newFirst
  const lines: DiffLine[] = []
  const fault = readBody({
    progress,
    oldEnd: oldFirst + header.oldLines,
    newEnd: newFirst + header.newLines,
    lines,
  })
  progress.hunks.push({ ...header, lines })
  return fault
}

/** True where the line cannot stand behind a whole hunk: it would be one more line of it. */
function overruns(lines: readonly string[], at: number): boolean {
  const line = lines[at]
  // `-- ` alone opens the signature of a mailed patch.
  if (line === undefined || line === '' || line === '-- ') return false
  if (line.startsWith('--- ') && lines[at + 1]?.startsWith('+++ ') === true) return false
  return line[0] === ' ' || line[0] === '+' || line[0] === '-' || line[0] === '\\'
}

/**
 * Reads consecutive hunks from `lines[start]`, which must open one. Only the counts in the headers say where a hunk
 * ends, so content that looks like a header stays content. Takes time and memory for the lines there are,
 * whatever the headers claim.
 */
export function parseHunks(lines: readonly string[], start: number): ParsedHunks {
  const progress: Progress = {
    lines,
    hunks: [],
    at: start,
    oldFree: 1,
    newFree: 1,
    noNewlineOld: false,
    noNewlineNew: false,
  }
  let fault: string | null = null
  while (fault === null && lines[progress.at]?.startsWith('@@') === true) fault = readHunk(progress)
  if (fault === null && overruns(lines, progress.at)) fault = 'a hunk is longer than its header says'
  return {
    hunks: progress.hunks,
    noNewlineOld: progress.noNewlineOld,
    noNewlineNew: progress.noNewlineNew,
    next: progress.at,
    fault,
  }
}
