/** One line of a hunk; line numbers are 1-based positions in the file before (`oldLine`) and after (`newLine`). */
export type DiffLine =
  | { readonly kind: 'added'; readonly text: string; readonly newLine: number }
  | { readonly kind: 'deleted'; readonly text: string; readonly oldLine: number }
  | { readonly kind: 'context'; readonly text: string; readonly oldLine: number; readonly newLine: number }

/** `lines[].text` is without the marker and without the line feed; a carriage return before the line feed stays. */
export interface DiffHunk {
  readonly oldStart: number
  readonly oldLines: number
  readonly newStart: number
  readonly newLines: number
  /** What stands behind the second `@@`: usually the enclosing function. */
  readonly section: string
  readonly lines: readonly DiffLine[]
}

export type FileDiffStatus = 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type-changed'

/** What a diff says about one file. */
export interface FileDiff {
  /**
   * The path GitHub knows the file by: the new one, or the old one of a deleted file. Bytes that are not UTF-8 stand as
   * U+FFFD, so a path with that character is one to show, not one to ask for.
   */
  readonly path: string
  /** Only of renamed and copied files. */
  readonly previousPath?: string
  readonly status: FileDiffStatus
  /** Git file modes such as '100644', '120000' (symlink), '160000' (submodule); null where the side does not exist or is not told. */
  readonly oldMode: string | null
  readonly newMode: string | null
  readonly binary: boolean
  /** True where the host shows no usable difference of the file and does not tell why. */
  readonly withheld?: true
  readonly hunks: readonly DiffHunk[]
  readonly additions: number
  readonly deletions: number
  /** True where that side's last line has no line feed. */
  readonly noNewlineOld: boolean
  readonly noNewlineNew: boolean
}

/** A file of the diff that cannot be trusted: it is reported as not reviewed, with this reason. */
export interface RejectedFile {
  readonly path: string | null
  readonly reason: string
}

export interface ParsedDiff {
  readonly files: readonly FileDiff[]
  readonly rejected: readonly RejectedFile[]
}
