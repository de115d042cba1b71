import { createHash } from 'node:crypto'
import type { Category } from '@ai-review/protocol/finding'

/** What makes a finding the same finding, however it is worded and wherever its lines have moved. */
export interface IdentitySource {
  readonly path: string
  readonly category: Category
  /** Texts of the flagged lines, in order. */
  readonly lines: readonly string[]
}

/** SHA-256, in hex, of path, category and the flagged text with every run of white space as one space. */
export function identityOf(source: IdentitySource): string {
  const text = source.lines.join('\n').replace(/\s+/g, ' ').trim()
  return createHash('sha256')
    .update(JSON.stringify([source.path, source.category, text]))
    .digest('hex')
}
