import type { FileToReview, Hunk } from '@ai-review/protocol/change'
import type { FileCoverage, NotReachedReason } from '@ai-review/protocol/review'

/** Coverage of every requested path when nothing of it was read. */
export function nothingRead(files: readonly FileToReview[], reason: NotReachedReason): FileCoverage[] {
  return wholeCoverage(files).map((file) => ({ ...file, reviewedHunks: 0, reason }))
}

function wholeCoverage(files: readonly FileToReview[]): FileCoverage[] {
  const hunks = new Map<string, number>()
  for (const file of files) hunks.set(file.path, (hunks.get(file.path) ?? 0) + file.hunks.length)
  return [...hunks].map(([path, count]) => ({ path, hunks: count, reviewedHunks: count }))
}

/** Coverage of the paths that hold a missed hunk. */
export function coverageOfMissed(
  files: readonly FileToReview[],
  missed: ReadonlyMap<Hunk, NotReachedReason>,
): FileCoverage[] {
  const byPath = Map.groupBy(files, (file) => file.path)
  return [...byPath].flatMap(([path, entries]) => {
    const hunks = entries.flatMap((file) => file.hunks)
    const reasons = hunks.map((hunk) => missed.get(hunk)).filter((reason) => reason !== undefined)
    const [reason] = reasons
    if (reason === undefined) return []
    return [{ path, hunks: hunks.length, reviewedHunks: hunks.length - reasons.length, reason }]
  })
}

function worse(sofar: FileCoverage, told: FileCoverage): FileCoverage {
  const claimed = Number.isInteger(told.reviewedHunks) ? Math.max(0, told.reviewedHunks) : 0
  if (claimed >= sofar.reviewedHunks) return sofar
  return { ...sofar, reviewedHunks: claimed, reason: told.reason ?? 'engine-failed' }
}

/** Coverage told by one who was not shown settled hunks: they count as read. */
export function withSettled(
  told: readonly FileCoverage[],
  files: readonly FileToReview[],
  settled: ReadonlySet<Hunk>,
): FileCoverage[] {
  const counts = new Map<string, number>()
  for (const { path, hunks } of files) {
    const count = hunks.filter((hunk) => settled.has(hunk)).length
    counts.set(path, (counts.get(path) ?? 0) + count)
  }
  return told.map((file) => {
    const count = counts.get(file.path) ?? 0
    return { ...file, hunks: file.hunks + count, reviewedHunks: file.reviewedHunks + count }
  })
}

/** What every reviewer read: per path the least that any of them told. A path that nobody names was read whole. */
export function combineCoverage(
  files: readonly FileToReview[],
  told: readonly (readonly FileCoverage[])[],
): FileCoverage[] {
  const byPath = new Map(wholeCoverage(files).map((file) => [file.path, file]))
  for (const file of told.flat()) {
    const sofar = byPath.get(file.path)
    if (sofar !== undefined) byPath.set(file.path, worse(sofar, file))
  }
  return [...byPath.values()]
}

/** True when every hunk of every file was read. */
export function isComplete(coverage: readonly FileCoverage[]): boolean {
  return coverage.every((file) => file.reviewedHunks === file.hunks)
}
