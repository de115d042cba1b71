import type { AnsweredFinding } from '../../prompt/answer-schema.ts'
import type { ShownLine } from '../../prompt/render-batch.ts'

/**
 * The lines that an answered finding is about. `isExact` is false when the quote moved it to another line;
 * `isReplaceable` only where the lines that it named are a range, and the model saw exactly their text.
 */
interface Anchor {
  readonly last: ShownLine
  readonly startLine?: number
  readonly isExact: boolean
  readonly isReplaceable: boolean
}

/** Shortest quote, without white space, that may move a finding: shorter ones are found everywhere. */
const movingQuoteMin = 6

const dense = (text: string): string => text.replace(/\s+/g, '')

/** The quote as compared: models often copy the line's id and sign along. */
function quotedText(quote: string): readonly string[] {
  const plain = dense(quote)
  const withoutMark = plain.replace(/^(?:[A-Z]+-?\d+)?\|?[+-]?/, '')
  return [plain, withoutMark].filter((text) => text !== '')
}

function says(line: ShownLine, quotes: readonly string[]): boolean {
  const text = dense(line.text)
  return (
    quotes.some((quote) => text.includes(quote)) ||
    (text.length > 3 && quotes.some((quote) => quote.includes(text)))
  )
}

function uniqueMatch(lines: ReadonlyMap<string, ShownLine>, quotes: readonly string[]): ShownLine | null {
  const long = quotes.filter((quote) => quote.length >= movingQuoteMin)
  const matches = [...lines.values()].filter((line) => long.some((quote) => dense(line.text).includes(quote)))
  return matches.length === 1 ? (matches[0] ?? null) : null
}

function rangeStart(first: ShownLine | undefined, last: ShownLine): number | undefined {
  const isRange = first?.path === last.path && first.side === last.side && first.line < last.line
  return isRange ? first.line : undefined
}

/**
 * Where a finding stands: on the line it names when its quote is found there or in its range, else on the one shown
 * line that holds the quote. Null when neither is so: then nobody knows what it is about.
 */
export function anchorFinding(
  finding: Pick<AnsweredFinding, 'quote' | 'line' | 'firstLine'>,
  lines: ReadonlyMap<string, ShownLine>,
): Anchor | null {
  const last = lines.get(finding.line)
  if (last === undefined) return null
  const quotes = quotedText(finding.quote)
  const startLine = rangeStart(lines.get(finding.firstLine), last)
  const range = [...lines.values()].filter(
    (line) =>
      line.path === last.path &&
      line.side === last.side &&
      line.line >= (startLine ?? last.line) &&
      line.line <= last.line,
  )
  const agrees = quotes.length === 0 ? dense(last.text) === '' : range.some((line) => says(line, quotes))
  if (agrees) {
    const isRange = startLine !== undefined || finding.firstLine === finding.line
    const isReplaceable = isRange && range.every((line) => line.isPlain)
    return { last, isExact: true, isReplaceable, ...(startLine === undefined ? {} : { startLine }) }
  }
  const moved = uniqueMatch(lines, quotes)
  return moved === null ? null : { last: moved, isExact: false, isReplaceable: false }
}
