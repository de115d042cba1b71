import type { FileDiff } from '../diff/file-diff.ts'
import type { JudgedFinding } from './judge.ts'

/** A line comment, ready to be posted. */
export interface RenderedComment {
  readonly path: string
  readonly side: 'LEFT' | 'RIGHT'
  readonly startLine?: number
  readonly line: number
  readonly body: string
}

interface CommentContext {
  readonly headSha: string
  readonly files: readonly FileDiff[]
}

/** One comment for each finding whose verdict is `posted`, in their order. */
export function renderComments(
  _judged: readonly JudgedFinding[],
  _context: CommentContext,
): RenderedComment[] {
  throw new Error('being built')
}
