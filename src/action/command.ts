import type { Effort } from '@ai-review/protocol/review'
import type { Mistake } from '../review/render-answer.ts'

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
  | { readonly kind: 'mistake'; readonly problem: Mistake }
