import type { Severity } from '@ai-review/protocol/finding'

const weightOf: Readonly<Record<Severity, number>> = { critical: 8, high: 4, medium: 2, low: 1 }

/** What a finding is worth to a reader: findings are ordered, and cut off, by it. */
export function worthOf({
  severity,
  confidence,
}: {
  readonly severity: Severity
  readonly confidence: number
}): number {
  return weightOf[severity] * confidence
}
