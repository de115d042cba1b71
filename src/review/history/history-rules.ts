import { cleanBody } from './clean-body.ts'
import { cleanHunk, isPlainPath } from './clean-code.ts'
import { contextOf, noContext } from './context-of.ts'
import { lastLineOf } from './last-line-of.ts'
import { outcomeOf } from './outcome-of.ts'
import { meaningOf } from './reply-meaning.ts'
import { silencesIn, spokenPlace } from './silences-in.ts'

/** What a past comment is worth and what became of it: handed to whoever reads the history from the host. */
export const historyRules = {
  cleanBody,
  cleanHunk,
  isPlainPath,
  contextOf,
  lastLineOf,
  noContext,
  outcomeOf,
  meaningOf,
  silencesIn,
  spokenPlace,
}
