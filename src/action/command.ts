import type { Effort } from '@ai-review/protocol/review'

/** What a comment asks of us, in its author's own words. */
export type Command =
  | { readonly kind: 'review'; readonly full: boolean; readonly effort?: Effort }
  | {
      readonly kind: 'persona'
      readonly username: string
      readonly forceReload: boolean
      readonly full: boolean
      readonly effort?: Effort
    }
  | { readonly kind: 'help' }
  /** Meant for us, but not understood. */
  | { readonly kind: 'mistake'; readonly problem: CommandProblem }

export const commandProblems = [
  'unknown-flag',
  'bad-effort',
  'bad-username',
  'extra-words',
  'name-missing',
] as const
export type CommandProblem = (typeof commandProblems)[number]
