import type { FileToReview } from '@ai-review/protocol/change'
import type { DiffLine } from '../diff-lines.ts'
import { headLinesOf } from '../head-lines.ts'
import { countSyntaxErrors, languageOf } from '../syntax/languages.ts'
import { indentLike } from './indent.ts'
import { addsRiskyText } from './risky-text.ts'

/** A suggestion for the flagged lines of a file, which it replaces exactly. */
interface SuggestionSource {
  readonly file: FileToReview
  readonly lines: readonly DiffLine[]
  readonly suggestion: string
}

/** Longest suggestion, in lines, that is offered for one click. */
const suggestionLinesMax = 20

/** Largest file, in UTF-16 units, that is parsed to check a suggestion. */
const parsedTextMax = 200_000

/** Longest replaced text, in UTF-16 units: risky text is searched by patterns, whose time grows with it. */
const replacedTextMax = 20_000

/** Zero-based first line of the flagged range in the head text, or null unless the text there is what the diff shows. */
function rangeInHead(head: readonly string[], lines: readonly DiffLine[]): number | null {
  const first = lines[0]
  if (first === undefined || lines.some((line) => line.side !== 'RIGHT')) return null
  return lines.every((line) => head[line.line - 1] === line.text) ? first.line - 1 : null
}

const errorsBefore = new WeakMap<FileToReview, number>()

function stillParses(file: FileToReview, before: readonly string[], after: string): boolean {
  const language = languageOf(file.path)
  if (language === null) return true
  if (after.length > parsedTextMax) return false
  const errors = errorsBefore.get(file) ?? countSyntaxErrors(language, before.join('\n'))
  errorsBefore.set(file, errors)
  return countSyntaxErrors(language, after) <= errors
}

/** The suggestion's lines as they will stand in the file: indentation and line ends of the lines they replace. */
function fitted(replaced: readonly string[], suggestion: string): readonly string[] {
  if (suggestion === '') return []
  const lines = suggestion.replace(/\r?\n$/, '').split(/\r?\n/)
  return indentLike(replaced, lines)
}

function isOfferable(replaced: string, lines: readonly string[]): boolean {
  // One blank line cannot be told from a deletion on the wire.
  const isOneBlankLine = lines.length === 1 && lines[0] === ''
  if (isOneBlankLine || lines.length > suggestionLinesMax || replaced.length > replacedTextMax) return false
  return !addsRiskyText(replaced, lines.join('\n'))
}

/**
 * The suggestion as it may be offered, or null when it must stay prose: it has to replace lines of the new side
 * whose text the head holds, change them, bring in nothing risky, and leave a known language as parseable as it was.
 */
export function checkSuggestion({ file, lines, suggestion }: SuggestionSource): string | null {
  const head = headLinesOf(file)
  const first = head === null ? null : rangeInHead(head, lines)
  if (head === null || first === null) return null
  const replaced = lines.map((line) => line.text)
  const offered = fitted(replaced, suggestion)
  if (!isOfferable(replaced.join('\n'), offered)) return null
  const carriageReturn = replaced.every((line) => line.endsWith('\r')) ? '\r' : ''
  const applied = offered.map((line) => `${line}${carriageReturn}`)
  if (applied.join('\n') === replaced.join('\n') && applied.length === replaced.length) return null
  const after = head.toSpliced(first, replaced.length, ...applied).join('\n')
  return stillParses(file, head, after) ? offered.join('\n') : null
}
