import type { DiffHunk } from './file-diff.ts'
import { parseHunks } from './parse-hunks.ts'
import { countChanges, splitDiff } from './split-diff.ts'

/** What the `patch` of one file says; the path, status and modes come from the listing that held it. */
export type ParsedPatch =
  | {
      readonly kind: 'patch'
      readonly hunks: readonly DiffHunk[]
      readonly additions: number
      readonly deletions: number
      readonly noNewlineOld: boolean
      readonly noNewlineNew: boolean
    }
  | { readonly kind: 'rejected'; readonly reason: string }

/**
 * Reads the `patch` that GitHub's REST API gives for one file: hunks without file headers and without a line feed
 * at the end. A patch that is cut or disagrees with its own headers is rejected as a whole.
 */
export function parsePatch(patch: string): ParsedPatch {
  const { lines, cut } = splitDiff(patch)
  const parsed = parseHunks(lines, 0)
  if (parsed.fault !== null) return { kind: 'rejected', reason: parsed.fault }
  if (cut) return { kind: 'rejected', reason: 'the diff ends in the middle of a character' }
  if (parsed.next < lines.length) return { kind: 'rejected', reason: 'the patch holds more than hunks' }
  const { hunks, noNewlineOld, noNewlineNew } = parsed
  return { kind: 'patch', hunks, ...countChanges(hunks), noNewlineOld, noNewlineNew }
}
