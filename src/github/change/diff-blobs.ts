import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileDiff } from '../../diff/file-diff.ts'
import { parseDiff } from '../../diff/parse-diff.ts'
import { diffFiles, type GitOptions } from './run-git.ts'

export interface BlobPair {
  /** Null where the file did not exist. */
  readonly before: Uint8Array | null
  readonly after: Uint8Array | null
}

/** What a diff tells beside names and modes. */
export type BlobDiff = Pick<
  FileDiff,
  'binary' | 'hunks' | 'additions' | 'deletions' | 'noNewlineOld' | 'noNewlineNew'
>

/** The bytes in which git looks for a NUL to tell a binary file. */
const sampledBytes = 8000
const unchanged: BlobDiff = {
  binary: false,
  hunks: [],
  additions: 0,
  deletions: 0,
  noNewlineOld: false,
  noNewlineNew: false,
}

/** The difference of two blobs, found by git as GitHub finds it; null where git cannot be run. */
export async function diffBlobs(pair: BlobPair, options: GitOptions): Promise<BlobDiff | null> {
  if (isBinary(pair.before) || isBinary(pair.after)) return { ...unchanged, binary: true }
  const folder = await mkdtemp(join(options.temporary, 'ai-review-blobs-'))
  try {
    const names = [
      await store(folder, 'before', pair.before),
      await store(folder, 'after', pair.after),
    ] as const
    const text = await diffFiles(folder, names, options)
    if (text === null) return null
    const { files, rejected } = parseDiff(text)
    const [file] = files
    if (rejected.length > 0) return null
    if (file === undefined) return unchanged
    const { binary, hunks, additions, deletions, noNewlineOld, noNewlineNew } = file
    return { binary, hunks, additions, deletions, noNewlineOld, noNewlineNew }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function store(folder: string, name: string, bytes: Uint8Array | null): Promise<string> {
  if (bytes === null) return '/dev/null'
  await writeFile(join(folder, name), bytes, { flag: 'wx' })
  return name
}

function isBinary(bytes: Uint8Array | null): boolean {
  return bytes?.subarray(0, sampledBytes).includes(0) ?? false
}
