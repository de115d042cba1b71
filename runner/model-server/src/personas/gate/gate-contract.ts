/** What was said about one held-out case, by the base model with retrieval or by the adapter with retrieval. */
export interface GateAnswer {
  /** The answer fitted its schema and named only lines that were shown. */
  readonly isValid: boolean
  readonly remarks: readonly GateRemark[]
}

export interface GateRemark {
  readonly line: number
  readonly body: string
  /** A past comment is near to it; no review would post it otherwise. */
  readonly hasBasis: boolean
}

/** A hunk of after the time of training: the person commented on `line`, or saw it and kept silent. */
export interface GateCase {
  readonly id: string
  readonly pullRequest: number
  /** Null for a silence. */
  readonly truth: { readonly line: number; readonly body: string } | null
  readonly base: GateAnswer
  readonly adapter: GateAnswer
}

/** Likelihood of what the person wrote: sums of natural logarithms of probability over `tokens`. */
export interface GateLikelihood {
  readonly id: string
  readonly pullRequest: number
  readonly tokens: number
  readonly base: number
  readonly adapter: number
}

/** Everything that the gate decides by; `own` and `others` are of before the held-out time. */
export interface GateInput {
  readonly cases: readonly GateCase[]
  readonly likelihoods: readonly GateLikelihood[]
  readonly own: readonly string[]
  readonly others: readonly string[]
}
