import type { GitRepository } from './git-repository.ts'

/** GitHub's limits of a diff. Source: "Repository limits" of GitHub's documentation. */
export const diffLimits = { files: 300, lines: 20_000, bytes: 1_000_000, fileBytes: 500_000 } as const

export interface DiffHunkLines {
  /** Line numbers in the order of the diff; context carries both. */
  readonly lines: readonly { readonly left?: number; readonly right?: number }[]
  readonly text: readonly string[]
}

export interface ChangedFile {
  readonly path: string
  readonly previousPath?: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed'
  readonly blob: string
  readonly additions: number
  readonly deletions: number
  /** From the first `@@` on; absent of binaries, pure renames and mode changes. */
  readonly patch?: string
  readonly hunks: readonly DiffHunkLines[]
}

export interface Comparison {
  readonly files: readonly ChangedFile[]
  /** The whole unified diff, as git prints it. */
  readonly diff: Buffer
  readonly lines: number
}

const diffOptions = ['--no-color', '--no-ext-diff', '--no-textconv', '-M']

/** What `head` changes since it left `base`: GitHub's three-dot diff, computed by git. */
export async function compareCommits(git: GitRepository, base: string, head: string): Promise<Comparison> {
  const from = await git.mergeBase(base, head)
  const [raw, diff] = await Promise.all([
    git.run('diff', '--raw', '-z', '--no-abbrev', ...diffOptions, from, head),
    git.run('diff', ...diffOptions, from, head),
  ])
  const sections = sectionsOf(diff)
  const files = rawEntries(raw).map((entry) => {
    // A file that becomes a symlink is one entry and two sections: a deletion and a creation.
    const mine = sections.splice(0, entry.letter === 'T' ? 2 : 1)
    return changedFile(entry, mine)
  })
  return {
    files,
    diff,
    lines: files.reduce((sum, file) => sum + file.hunks.flatMap((hunk) => hunk.text).length, 0),
  }
}

interface RawEntry {
  readonly letter: string
  readonly blob: string
  readonly path: string
  readonly previousPath?: string
}

/** Reads `git diff --raw -z`: `:oldmode newmode old new LETTER score NUL path NUL [path NUL]`. */
function rawEntries(raw: Buffer): RawEntry[] {
  const parts = raw.toString('utf8').split('\0')
  const entries: RawEntry[] = []
  for (let index = 0; index + 1 < parts.length; ) {
    const [, , oldBlob = '', newBlob = '', status = ''] = (parts[index] ?? '').split(' ')
    const letter = status.charAt(0)
    const blob = letter === 'D' ? oldBlob : newBlob
    const first = parts[index + 1] ?? ''
    if (letter === 'R' || letter === 'C') {
      entries.push({ letter, blob, path: parts[index + 2] ?? '', previousPath: first })
      index += 3
    } else {
      entries.push({ letter, blob, path: first })
      index += 2
    }
  }
  return entries
}

/** Inside a hunk every line starts with a marker, so `diff --git` at the start of a line opens a file. */
function sectionsOf(diff: Buffer): string[] {
  const text = diff.toString('latin1')
  return text === '' ? [] : text.slice('diff --git '.length).split('\ndiff --git ')
}

const statusOf: Record<string, ChangedFile['status']> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
}

function changedFile(entry: RawEntry, sections: readonly string[]): ChangedFile {
  const hunks = sections.flatMap(hunksOf)
  const lines = hunks.flatMap((hunk) => hunk.lines)
  const patch = hunks.flatMap((hunk) => hunk.text).join('\n')
  return {
    path: entry.path,
    ...(entry.previousPath === undefined ? {} : { previousPath: entry.previousPath }),
    status: statusOf[entry.letter] ?? 'changed',
    blob: entry.blob,
    additions: lines.filter((line) => line.right !== undefined && line.left === undefined).length,
    deletions: lines.filter((line) => line.left !== undefined && line.right === undefined).length,
    ...(hunks.length === 0 ? {} : { patch }),
    hunks,
  }
}

function hunksOf(section: string): DiffHunkLines[] {
  const lines = section.split('\n')
  const hunks: { lines: { left?: number; right?: number }[]; text: string[] }[] = []
  let next = { left: 0, right: 0 }
  for (const line of lines) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line)
    const hunk = hunks.at(-1)
    if (header !== null) {
      next = { left: Number(header[1]), right: Number(header[2]) }
      hunks.push({ lines: [], text: [fromLatin1(line)] })
    } else if (hunk !== undefined && line !== '') {
      hunk.text.push(fromLatin1(line))
      const numbered = numberLine(line.charAt(0), next)
      if (numbered !== null) hunk.lines.push(numbered)
    }
  }
  return hunks
}

function numberLine(
  marker: string,
  next: { left: number; right: number },
): { left?: number; right?: number } | null {
  if (marker === '+') return { right: next.right++ }
  if (marker === '-') return { left: next.left++ }
  return marker === ' ' ? { left: next.left++, right: next.right++ } : null
}

function fromLatin1(line: string): string {
  return Buffer.from(line, 'latin1').toString('utf8')
}
