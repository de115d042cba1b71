import type { PastReply, Silence } from '@ai-review/protocol/persona'
import type { FileDiff } from '../../diff/file-diff.ts'

interface Lines {
  /** 1-based, both included. */
  readonly startLine: number
  readonly line: number
}

interface Context {
  readonly context: string
  readonly contextStart: number
}

/** What a past comment is worth and what became of it, as the reader of a history needs it decided. */
export interface HistoryRules {
  /** A comment as its author's own words, without others' names; null where nothing of worth is left. */
  readonly cleanBody: (body: string, logins: readonly string[]) => string | null
  readonly cleanHunk: (hunk: string, most: number) => string
  /** False for a path that hides something or holds a credential. */
  readonly isPlainPath: (path: string) => boolean
  /** The line that a hunk ends on; null for a text that is no hunk. */
  readonly lastLineOf: (
    hunk: string,
  ) => { readonly LEFT: number; readonly RIGHT: number; readonly text: string } | null
  readonly contextOf: (text: string, lines: Lines) => Context
  readonly noContext: Context
  /** `after`: the file at the end of the pull request, null where it is gone. */
  readonly outcomeOf: (commented: Lines & { readonly before: string; readonly after: string | null }) => {
    readonly addressed: 'yes' | 'no' | 'unknown'
    readonly after?: string
  }
  readonly meaningOf: (reply: string) => PastReply['says']
  /** Names a line that was commented, or with null a whole file. 12 hex digits. */
  readonly spokenPlace: (path: string, line: string | null) => string
  readonly silencesIn: (
    files: readonly FileDiff[],
    change: {
      readonly pullRequest: number
      readonly commit: string
      readonly at: string
      readonly spoken: ReadonlySet<string>
    },
  ) => Silence[]
}
