import type { FileToReview, HunkLine } from '@ai-review/protocol/change'
import { headLinesOf } from '../head-lines.ts'
import { shownText } from './shown-text.ts'

/** Unchanged lines of the file after the change; numbers are 1-based. */
interface ContextLine {
  readonly line: number
  readonly text: string
}

interface Surroundings {
  /** Heads of the definitions that enclose the hunk, then the lines right before it. */
  readonly before: readonly ContextLine[]
  readonly after: readonly ContextLine[]
}

export const noSurroundings: Surroundings = { before: [], after: [] }

/** Most heads shown, and how far up they are looked for. */
const headsMax = 6
const headSearchLines = 1500

const indentWidth = (line: string): number => /^[ \t]*/.exec(line)?.[0].replaceAll('\t', '    ').length ?? 0

const hasCode = (line: string): boolean => /[\p{L}\p{N}]/u.test(line)

/** New-side numbers of the first and last line, or null where the lines hold no new side. */
function newRange(lines: readonly HunkLine[]): { readonly first: number; readonly last: number } | null {
  const numbers = lines.flatMap((line) => (line.kind === 'deleted' ? [] : [line.newLine]))
  const [first, last] = [numbers[0], numbers.at(-1)]
  return first === undefined || last === undefined ? null : { first, last }
}

/** Lines above `index` with ever smaller indentation: the heads of what encloses it, outermost first. */
function enclosingHeads(head: readonly string[], index: number): ContextLine[] {
  let width = indentWidth(head[index] ?? '')
  const heads: ContextLine[] = []
  const end = Math.max(0, index - headSearchLines)
  for (let at = index - 1; at >= end && width > 0 && heads.length < headsMax; at -= 1) {
    const text = head[at] ?? ''
    if (!hasCode(text) || indentWidth(text) >= width) continue
    width = indentWidth(text)
    heads.unshift({ line: at + 1, text })
  }
  return heads
}

/** Number of the last line; a line feed at the end of a file starts no further one. */
const lastLineOf = (head: readonly string[]): number => (head.at(-1) === '' ? head.length - 1 : head.length)

function between(head: readonly string[], from: number, to: number): ContextLine[] {
  return head
    .slice(Math.max(0, from - 1), Math.max(0, to))
    .map((text, offset) => ({ line: Math.max(1, from) + offset, text }))
}

/** The head text must be the text that the diff speaks of: anything else would mislead the model. */
function isTextOfDiff(head: readonly string[], lines: readonly HunkLine[]): boolean {
  return lines.every((line) => line.kind === 'deleted' || head[line.newLine - 1] === line.text)
}

/**
 * What stands around these lines in the file after the change: heads found by indentation, `reach` lines before
 * and after. Nothing where the text of the file is not known or does not agree with the diff.
 */
export function surroundingsOf(file: FileToReview, lines: readonly HunkLine[], reach: number): Surroundings {
  const range = newRange(lines)
  const head = headLinesOf(file)
  if (head === null || range === null || !isTextOfDiff(head, lines)) return noSurroundings
  const nearFirst = Math.max(1, range.first - reach)
  const heads = enclosingHeads(head, range.first - 1).filter((line) => line.line < nearFirst)
  return {
    before: [...heads, ...between(head, nearFirst, range.first - 1)],
    after: between(head, range.last + 1, Math.min(lastLineOf(head), range.last + reach)),
  }
}

/** Context lines as they are shown: without an id, so that they cannot be flagged; a gap as `…`. */
export function renderContext(lines: readonly ContextLine[]): string[] {
  return lines.flatMap(({ line, text }, index) => {
    const previous = lines[index - 1]
    const isGap = previous !== undefined && previous.line !== line - 1
    return [...(isGap ? ['|  …'] : []), `|  ${shownText(text)}`]
  })
}
