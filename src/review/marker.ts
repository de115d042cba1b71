import type { Mark } from '@ai-review/protocol/seal'

/** The hidden comment that carries a mark on one of our comments. */
export function formatMark(_mark: Mark): string {
  throw new Error('being built')
}

/** Every mark in a body, in order; anything that is not exactly what `formatMark` writes is no mark. */
export function parseMarks(_body: string): Mark[] {
  throw new Error('being built')
}

/** The hidden comment that stands in the review of one run and in no other. `run` is 1 to 100 of `[A-Za-z0-9._-]`. */
export function formatRunMark(_run: string): string {
  throw new Error('being built')
}
