import type { FileDiff, FileDiffStatus, ParsedDiff, RejectedFile } from './file-diff.ts'
import { type FileHeader, GIT_HEADER, opensUnified, readFileHeader } from './file-header.ts'
import { type HeaderPaths, headerPaths } from './header-paths.ts'
import { joinTypeChanges, typeOfMode } from './join-type-changes.ts'
import { type ParsedHunks, parseHunks } from './parse-hunks.ts'
import { countChanges, splitDiff } from './split-diff.ts'

interface ParseDiffOptions {
  /** Leading directories to take off every name, as `git apply -p`; left out, it is told from the names. */
  readonly strip?: number
}

interface Reading {
  readonly lines: readonly string[]
  readonly strip: number | undefined
  readonly files: FileDiff[]
  readonly rejected: RejectedFile[]
  at: number
}

type Paths = Extract<HeaderPaths, { kind: 'paths' }>

function statusOf(header: FileHeader, paths: Paths): FileDiffStatus {
  if (paths.old === null) return 'added'
  if (paths.new === null) return 'deleted'
  if (header.from !== null) return header.isCopy ? 'copied' : 'renamed'
  const { oldMode, newMode } = header
  const sameType = oldMode === null || newMode === null || typeOfMode(oldMode) === typeOfMode(newMode)
  return sameType ? 'modified' : 'type-changed'
}

function buildFile(header: FileHeader, paths: Paths, parsed: ParsedHunks): FileDiff {
  const status = statusOf(header, paths)
  const moved = status === 'renamed' || status === 'copied'
  return {
    path: paths.new ?? paths.old ?? '',
    ...(moved && paths.old !== null ? { previousPath: paths.old } : {}),
    status,
    oldMode: status === 'added' ? null : header.oldMode,
    newMode: status === 'deleted' ? null : header.newMode,
    binary: header.binary,
    hunks: parsed.hunks,
    ...countChanges(parsed.hunks),
    noNewlineOld: parsed.noNewlineOld,
    noNewlineNew: parsed.noNewlineNew,
  }
}

function noHunks(next: number): ParsedHunks {
  return { hunks: [], noNewlineOld: false, noNewlineNew: false, next, fault: null }
}

/** Git quotes a carriage return in a name: a bare one at the end came with the transport of a broken diff. */
function reportedPath(paths: Paths): string | null {
  const path = paths.new ?? paths.old
  return path?.endsWith('\r') === true ? null : path
}

function readFile(reading: Reading, header: FileHeader): void {
  const { lines } = reading
  const hasHunks = header.fault === null && lines[header.next]?.startsWith('@@') === true
  const parsed = hasHunks ? parseHunks(lines, header.next) : noHunks(header.next)
  reading.at = parsed.next
  const paths = headerPaths(header, reading.strip)
  if (paths.kind === 'unreadable') {
    reading.rejected.push({ path: null, reason: paths.reason })
    return
  }
  const fault = header.fault ?? parsed.fault
  if (fault !== null) reading.rejected.push({ path: reportedPath(paths), reason: fault })
  else reading.files.push(buildFile(header, paths, parsed))
}

const COMBINED = /^diff --(?:cc|combined) /
const ESCAPE = '\u001B['
const FOLLOWS_BROKEN_FILE = 'what follows a broken file cannot be told from its content'

/** Lines that open what can never be reviewed. */
function unreviewable(line: string): RejectedFile | null {
  if (COMBINED.test(line)) return { path: null, reason: 'a combined diff of a merge has no two sides' }
  if (line.startsWith(ESCAPE) && line.includes(GIT_HEADER))
    return { path: null, reason: 'the diff is coloured' }
  if (line.startsWith('@@ -')) return { path: null, reason: 'a hunk belongs to no file' }
  return null
}

function opensNextFile(line: string): boolean {
  return line.startsWith('diff --') || line.startsWith('Index: ')
}

/** Moves behind the rest of a file: its binary data, or what follows a fault. */
function skipRest(reading: Reading): void {
  while (reading.at < reading.lines.length && !opensNextFile(reading.lines[reading.at] ?? '')) reading.at += 1
}

/** Without a line that only a header can be, a file behind a broken one cannot be told from content of that one. */
function rejectFollowers(reading: Reading, start: number): void {
  for (let at = start; at < reading.at; at += 1) {
    if (!opensUnified(reading.lines, at)) continue
    reading.rejected.push({ path: null, reason: FOLLOWS_BROKEN_FILE })
    return
  }
}

function readNext(reading: Reading): void {
  const header = readFileHeader(reading.lines, reading.at)
  if (header !== null) {
    const rejectedBefore = reading.rejected.length
    readFile(reading, header)
    const isRejected = reading.rejected.length > rejectedBefore
    if (isRejected || header.binary) skipRest(reading)
    if (isRejected && header.names === null) rejectFollowers(reading, header.next)
    return
  }
  const line = reading.lines[reading.at] ?? ''
  reading.at += 1
  const refused = unreviewable(line)
  if (refused === null) return
  reading.rejected.push(refused)
  skipRest(reading)
}

/**
 * Reads a unified diff: what git writes in any of its forms, and what diff, svn and hg write. Never throws. A file that
 * cannot be trusted (cut, counts that disagree, a name that is not told) is rejected with a reason and the others
 * stand. Paths are data: git would refuse some of them, so nothing may be opened by them. Where a path comes twice,
 * as in `git log -p`, it is listed twice. Takes time linear in the length of the text.
 */
export function parseDiff(diff: string | Uint8Array, options: ParseDiffOptions = {}): ParsedDiff {
  const { lines, cut } = splitDiff(diff)
  const reading: Reading = { lines, strip: options.strip, files: [], rejected: [], at: 0 }
  while (reading.at < lines.length) readNext(reading)
  if (cut) rejectLast(reading)
  return { files: joinTypeChanges(reading.files), rejected: reading.rejected }
}

/** The text ends in the middle of a character, so the file it ends in is not whole. */
function rejectLast(reading: Reading): void {
  const last = reading.files.pop()
  if (last !== undefined) {
    reading.rejected.push({ path: last.path, reason: 'the diff ends in the middle of a character' })
  }
}
