import type { FileDiff, ParsedDiff } from '../../diff/file-diff.ts'
import type { TreeEntry } from '../../roles.ts'
import type { BlobDiff, BlobPair } from './diff-blobs.ts'

/** What the two ends of a change hold. */
export interface ChangeEnds {
  /** The entry of a path before (at the merge base) and after the change; undefined where there is none, or none is told. */
  entry(end: 'before' | 'after', path: string): TreeEntry | undefined
  /** The same, asked for one by one where the listing of the tree was cut. */
  findEntry(end: 'before' | 'after', path: string): Promise<TreeEntry | undefined>
  /** Null beyond `maxBytes`. */
  blob(sha: string, maxBytes: number): Promise<Uint8Array | null>
  diff(pair: BlobPair): Promise<BlobDiff | null>
  /** Milliseconds until the run must have ended. */
  timeLeft(): number
}

/** Requests cost of a limit that all workflows share, so this many files are rebuilt, of this size, in this part of the time. */
const limits = { files: 100, bytes: 2_000_000, shareOfTime: 0.25 } as const

/**
 * Fills in what GitHub's listing leaves out: modes of every file, and the hunks of files that it shows no usable patch
 * of (binary, empty, moved, mode alone, other type, or too large to show). What lies beyond the limits stays `withheld`.
 */
export async function completeListing(listing: ParsedDiff, ends: ChangeEnds): Promise<ParsedDiff> {
  const endAt = ends.timeLeft() * (1 - limits.shareOfTime)
  const files: FileDiff[] = []
  let rebuilt = 0
  for (const listed of listing.files) {
    const file = withModes(listed, ends)
    const isWithinLimits = rebuilt < limits.files && ends.timeLeft() > endAt
    if (file.withheld === true && isWithinLimits) {
      rebuilt++
      files.push(await rebuild(file, ends))
    } else files.push(file)
  }
  return { files, rejected: listing.rejected }
}

function withModes(file: FileDiff, ends: ChangeEnds): FileDiff {
  const { path, previousPath = path, status } = file
  const before = status === 'added' ? undefined : ends.entry('before', previousPath)
  const after = status === 'deleted' ? undefined : ends.entry('after', path)
  const isOtherKind = before !== undefined && after !== undefined && before.kind !== after.kind
  return {
    ...file,
    status: isOtherKind && status === 'modified' ? 'type-changed' : status,
    oldMode: before?.mode ?? null,
    newMode: after?.mode ?? null,
  }
}

/** The file with the difference of its blobs; as it was where that cannot be had. */
async function rebuild(file: FileDiff, ends: ChangeEnds): Promise<FileDiff> {
  const { path, previousPath = path, status } = file
  const before = status === 'added' ? null : ((await ends.findEntry('before', previousPath)) ?? 'unknown')
  const after = status === 'deleted' ? null : ((await ends.findEntry('after', path)) ?? 'unknown')
  if (before === 'unknown' || after === 'unknown') return file
  const { withheld: _, ...known } = {
    ...file,
    oldMode: before?.mode ?? null,
    newMode: after?.mode ?? null,
  }
  const isSame = before?.blob === after?.blob
  const isFile = before?.kind === 'file' || after?.kind === 'file'
  if (isSame || !isFile) return known
  const pair = { before: await read(before, ends), after: await read(after, ends) }
  if (pair.before === 'too-large' || pair.after === 'too-large') return file
  const diff = await ends.diff({ before: pair.before, after: pair.after })
  return diff === null ? file : { ...known, ...diff }
}

/** Null where there is no file: what a link or a submodule points at is not its text. */
async function read(entry: TreeEntry | null, ends: ChangeEnds): Promise<Uint8Array | 'too-large' | null> {
  if (entry?.kind !== 'file') return null
  if ((entry.size ?? 0) > limits.bytes) return 'too-large'
  return (await ends.blob(entry.blob, limits.bytes)) ?? 'too-large'
}
