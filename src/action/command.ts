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
  /** The person who says so agrees to a persona of theirs. */
  | { readonly kind: 'opt-in' }
  /** A persona and all that was learnt goes: one's own where no name stands. */
  | { readonly kind: 'forget'; readonly username?: string }
  | { readonly kind: 'help' }
  /** Meant for us, but not understood. */
  | { readonly kind: 'mistake'; readonly problem: Mistake }
