import { createHash } from 'node:crypto'
import { personaLimits, type Silence } from '@ai-review/protocol/persona'
import type { DiffHunk, DiffLine, FileDiff } from '../../diff/file-diff.ts'
import { unreviewablePath } from '../unreviewable-path.ts'
import { cleanCode, isPlainPath } from './clean-code.ts'

/** A change that a person commented on, at the last commit that they commented on. */
interface SeenChange {
  readonly pullRequest: number
  readonly commit: string
  /** When they commented on it last. */
  readonly at: string
  /** Names of the places where they said something: see `spokenPlace`. */
  readonly spoken: ReadonlySet<string>
}

/** Of one pull request: a large one would drown the others. */
const mostOfOne = 6
const longestPath = 4096

/**
 * Names a line that was commented, wherever it stands by now; without a line, the whole file. 12 hex digits: a chance
 * match only keeps one silence from being counted.
 */
export function spokenPlace(path: string, line: string | null): string {
  return digest([path, line?.trim() ?? null]).slice(0, 12)
}

/** The hunks that were seen and left alone; which of many is decided by their names, so it is the same each time. */
export function silencesIn(files: readonly FileDiff[], change: SeenChange): Silence[] {
  const silences = files
    .filter((file) => isReadable(file, change))
    .flatMap((file) => silentHunks(file, change))
  return silences.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, mostOfOne)
}

function isReadable({ path, binary }: FileDiff, { spoken }: SeenChange): boolean {
  const isAsked = !binary && path.length <= longestPath && isPlainPath(path) && !path.includes('\uFFFD')
  return isAsked && unreviewablePath(path) === null && !spoken.has(spokenPlace(path, null))
}

function silentHunks({ path, hunks }: FileDiff, change: SeenChange): Silence[] {
  const { pullRequest, commit, at, spoken } = change
  return hunks.flatMap((hunk) => {
    const isSpoken = hunk.lines.some(({ text }) => spoken.has(spokenPlace(path, text)))
    const hasChange = hunk.lines.some(({ kind, text }) => kind !== 'context' && text.trim() !== '')
    const text = cleanCode(textOf(hunk), Number.POSITIVE_INFINITY)
    if (isSpoken || !hasChange || text.length > personaLimits.hunk) return []
    const id = digest([pullRequest, path, commit, headerOf(hunk)]).slice(0, 32)
    return [{ id, pullRequest, path, commit, at, hunk: text }]
  })
}

function headerOf({ oldStart, oldLines, newStart, newLines }: DiffHunk): string {
  return `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`
}

const markers: Readonly<Record<DiffLine['kind'], string>> = { added: '+', deleted: '-', context: ' ' }

function textOf(hunk: DiffHunk): string {
  const title = hunk.section === '' ? headerOf(hunk) : `${headerOf(hunk)} ${hunk.section}`
  return [title, ...hunk.lines.map(({ kind, text }) => `${markers[kind]}${text}`)].join('\n')
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
