import type { Effort } from '@ai-review/protocol/review'

// The schemas of the wire hold these names too, but take longer to load than all the rest of the start.
const efforts: Readonly<Record<Effort, true>> = { quick: true, standard: true, deep: true }

export const effortNames: readonly string[] = Object.keys(efforts)

export function isEffort(text: string): text is Effort {
  return Object.hasOwn(efforts, text)
}
