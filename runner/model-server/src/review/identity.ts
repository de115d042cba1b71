import { hash } from 'node:crypto'
import type { Category } from '@ai-review/protocol/finding'

/** Flagged text as it is compared: every run of white space is one space. */
export function plainText(lines: readonly string[]): string {
  return lines.join('\n').replace(/\s+/g, ' ').trim()
}

/** What makes a finding the same finding, however it is worded and wherever its lines have moved. */
interface IdentitySource {
  readonly path: string
  readonly category: Category
  /** The flagged text, as `plainText` gives it. */
  readonly text: string
}

/** SHA-256, in hex, of path, category and flagged text. */
export function identityOf({ path, category, text }: IdentitySource): string {
  return hash('sha256', JSON.stringify([path, category, text]))
}

/** The first 32 hex digits of the SHA-256 of a flagged text, as `plainText` gives it. */
export function flaggedOf(text: string): string {
  return hash('sha256', text).slice(0, 32)
}
