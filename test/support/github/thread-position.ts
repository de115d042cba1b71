import { type Comparison, compareCommits } from './changed-files.ts'
import { placementProblem } from './placement.ts'
import type { PullState, RepositoryState, ThreadState } from './state.ts'

export interface CurrentLines {
  readonly line: number | null
  readonly startLine: number | null
  readonly outdated: boolean
}

const comparisons = new WeakMap<RepositoryState, Map<string, Promise<Comparison>>>()

/** The diff of a pull request at one of its commits; computed once for each pair of commits. */
export function comparisonOf(repository: RepositoryState, base: string, head: string): Promise<Comparison> {
  const ofRepository = comparisons.get(repository) ?? new Map<string, Promise<Comparison>>()
  comparisons.set(repository, ofRepository)
  const key = `${base}..${head}`
  const known = ofRepository.get(key) ?? compareCommits(repository.git, base, head)
  ofRepository.set(key, known)
  return known
}

/** Where the lines of a thread stand at the head of now; null once the lines have changed. */
export async function currentLines(
  repository: RepositoryState,
  pull: PullState,
  thread: ThreadState,
): Promise<CurrentLines> {
  const anchor = thread.anchor
  if (!('line' in anchor)) return { line: null, startLine: null, outdated: false }
  if (thread.now !== undefined) return thread.now
  const startLine = anchor.startLine ?? null
  if (thread.commit === pull.headSha) return { line: anchor.line, startLine, outdated: false }
  const moved =
    anchor.side === 'RIGHT'
      ? await movedLines(repository, { from: thread.commit, to: pull.headSha, path: anchor.path })
      : (line: number) => line
  const line = moved(anchor.line)
  const start = startLine === null ? null : moved(startLine)
  const { files } = await comparisonOf(repository, pull.baseSha, pull.headSha)
  const stands =
    line !== null &&
    placementProblem(files, { ...anchor, line, ...(start === null ? {} : { startLine: start }) }) === null
  return stands
    ? { line, startLine: start, outdated: false }
    : { line: null, startLine: null, outdated: true }
}

async function movedLines(
  repository: RepositoryState,
  span: { from: string; to: string; path: string },
): Promise<(line: number) => number | null> {
  const diff = await repository.git.run('diff', '-U0', '--no-color', span.from, span.to, '--', span.path)
  const text = `\n${diff.toString('latin1')}`
  const hunks = [...text.matchAll(/\n@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/g)].map((match) => ({
    start: Number(match[1]),
    removed: Number(match[2] ?? 1),
    added: Number(match[4] ?? 1),
  }))
  if (/\n(deleted file|Binary files)/.test(text)) return () => null
  return (line) => {
    let shift = 0
    for (const hunk of hunks) {
      const end = hunk.start + hunk.removed - 1
      if (hunk.removed > 0 && line >= hunk.start && line <= end) return null
      const isBefore = hunk.removed > 0 ? end < line : hunk.start < line
      if (isBefore) shift += hunk.added - hunk.removed
    }
    return line + shift
  }
}
