/** An entry of the tree at the base commit. */
export interface TreeFile {
  readonly path: string
  readonly kind: 'file' | 'symlink' | 'submodule'
  readonly blob: string
  readonly size?: number
}

export type GuidelineSkipReason = 'not-a-file' | 'too-large' | 'too-many' | 'over-budget' | 'unreadable'

export interface SkippedGuideline {
  readonly path: string
  readonly reason: GuidelineSkipReason
}

/** Root first, nearest directory last. `chosen` are the entries to read by blob, each at most `guidelineLimits.bytes` long. */
export interface ChosenGuidelines<Entry extends TreeFile = TreeFile> {
  readonly chosen: readonly Entry[]
  readonly skipped: readonly SkippedGuideline[]
}

export const guidelineLimits = { files: 20, bytes: 65_536, totalBytes: 262_144 } as const

export function chooseGuidelines<Entry extends TreeFile>(
  _entries: readonly Entry[],
  _changedPaths: readonly string[],
): ChosenGuidelines<Entry> {
  throw new Error('being built')
}
