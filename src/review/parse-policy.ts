import type { Policy } from './policy.ts'

/** Something wrong in the policy file. `message` is one line of our own words, safe to print in any log. */
export interface PolicyProblem {
  readonly path: string
  /** 1-based; 1 where the whole file is meant. */
  readonly line: number
  readonly column: number
  /** The key as a dotted path, '' for the whole file. */
  readonly key: string
  readonly message: string
}

/** With any problem `policy` is the default one, whole. `hash` is of the policy in force. */
export interface ParsedPolicy {
  readonly policy: Policy
  readonly problems: readonly PolicyProblem[]
  readonly hash: string
}

/** Reads the text of a policy file; null means that there is none. Never throws. */
export function parsePolicy(_text: string | null, _path: string): ParsedPolicy {
  throw new Error('being built')
}
