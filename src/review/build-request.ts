import type { Effort, Guideline, RepositoryRule, ReviewRequestInput } from '@ai-review/protocol/review'
import type { Mark } from '@ai-review/protocol/seal'
import type { ParsedPolicy } from './parse-policy.ts'
import type { Selection } from './select-files.ts'

export interface RequestParts {
  readonly pullRequest: {
    readonly repository: { readonly id: number; readonly owner: string; readonly name: string }
    readonly number: number
    readonly head: { readonly sha: string }
    readonly base: { readonly sha: string }
  }
  readonly policy: ParsedPolicy
  readonly policyPath: string
  readonly selection: Selection
  /** Every file of the diff, reviewed or not. */
  readonly allFiles: readonly import('../diff/file-diff.ts').FileDiff[]
  /** Whole text after the change by path, where it could be read. */
  readonly headTexts: ReadonlyMap<string, string>
  readonly guidelines: readonly Guideline[]
  readonly rules: readonly RepositoryRule[]
  readonly marks: readonly Mark[]
  /** Milliseconds that are left for the server. */
  readonly deadlineMs: number
  /** What the person who runs the review asks for; wins over the policy. */
  readonly effort?: Effort
}

/** `selection` is the one given, less the files that did not fit into the request. */
export interface BuiltRequest {
  readonly request: ReviewRequestInput
  readonly selection: Selection
}

export function buildRequest(_parts: RequestParts): BuiltRequest {
  throw new Error('being built')
}
