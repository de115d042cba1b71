import type { FileDiff, ParsedDiff } from '../diff/file-diff.ts'
import type { FileAttributes } from './git-attributes.ts'
import type { Policy } from './policy.ts'
import type { SkipReason } from './skip-reason.ts'

/** `path` is null where not even the path could be read. */
export interface SkippedFile {
  readonly path: string | null
  readonly reason: SkipReason
}

/** Every file of the diff stands in exactly one of the two, in the order of the diff. */
export interface Selection {
  readonly selected: readonly FileDiff[]
  readonly skipped: readonly SkippedFile[]
}

interface SelectionRules {
  readonly policy: Policy
  readonly attributesOf: (path: string) => FileAttributes
}

export function selectFiles(_diff: ParsedDiff, _rules: SelectionRules): Selection {
  throw new Error('being built')
}
