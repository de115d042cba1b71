import type { ReviewSummary } from './review-summary.ts'

interface Annotation {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}

/** Fits the role `CheckReport`. */
export interface RenderedCheck {
  readonly conclusion: 'success' | 'neutral' | 'failure'
  readonly title: string
  readonly summary: string
  readonly annotations: readonly Annotation[]
}

export function renderCheck(_summary: ReviewSummary): RenderedCheck {
  throw new Error('being built')
}
