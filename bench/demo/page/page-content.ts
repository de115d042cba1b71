import type { FileDiff } from '../../../src/diff/file-diff.ts'

/** A comment as it stands on the pull request. */
export interface PageComment {
  readonly path: string
  readonly side: 'LEFT' | 'RIGHT'
  readonly startLine?: number
  readonly line: number
  readonly body: string
}

/** A file that was not reviewed, with the reason in words. */
export interface SkippedFile {
  readonly path: string
  readonly reason: string
}

/** Everything the page shows. All texts are untrusted. */
export interface PageContent {
  readonly title: string
  readonly repository: string
  readonly number: number
  readonly base: string
  readonly head: string
  readonly conclusion: string
  readonly checkTitle: string
  readonly checkSummary: string
  readonly reviewBody: string
  readonly files: readonly FileDiff[]
  readonly comments: readonly PageComment[]
  readonly skipped: readonly SkippedFile[]
}
