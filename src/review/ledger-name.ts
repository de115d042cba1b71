import type { DiffHunk } from '../diff/file-diff.ts'
import { hunkIdentity } from '../diff/hunk-identity.ts'

/** A hunk as a ledger names it: by the first half of its identity. */
export function ledgerName(path: string, hunk: DiffHunk): string {
  return hunkIdentity(path, hunk).slice(0, 32)
}
