import type { FileDiff } from '../../../src/diff/file-diff.ts'
import { parseDiff } from '../../../src/diff/parse-diff.ts'

/** The only file of a diff; with `body` alone, of one that edits `f.ts`. */
export function aFileDiff(
  body: string,
  header = 'diff --git a/f.ts b/f.ts\n--- a/f.ts\n+++ b/f.ts\n',
): FileDiff {
  const { files, rejected } = parseDiff(header + body)
  const [file] = files
  if (file === undefined || files.length > 1 || rejected.length > 0)
    throw new Error('not the diff of one file')
  return file
}
