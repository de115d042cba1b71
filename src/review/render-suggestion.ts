import type { Finding } from '@ai-review/protocol/finding'
import type { FileDiff } from '../diff/file-diff.ts'
import { lineText } from '../diff/line-at.ts'
import { codeBlock, suggestionBlock } from './code-block.ts'
import { placementOf } from './finding-location.ts'
import { isSafeSuggestion } from './suggestion-risk.ts'
import { clip, visibleText } from './visible-text.ts'

const longestCode = 8000

/** The lines that a comment on the finding stands on, or null where the diff does not show all of them. */
function originalLines(finding: Finding, file: FileDiff): readonly string[] | null {
  const { side, line, startLine = line } = placementOf(finding)
  if (side === 'LEFT') return null
  const lines: string[] = []
  for (let number = startLine; number <= line; number++) {
    const text = lineText(file, 'RIGHT', number)
    if (text === null) return null
    lines.push(text.replace(/\r$/, ''))
  }
  return lines
}

function linesOf(suggestion: string): string {
  return suggestion.replace(/\r\n?/g, '\n')
}

/** A suggestion as code to be read; '' where there is none, or nothing in it to show. */
export function renderSuggestedText({ suggestion = '' }: Finding): string {
  const lines = linesOf(suggestion)
  if (lines.trim() === '') return ''
  return `Suggested text, to be read before it is used:\n\n${codeBlock(clip(visibleText(lines), longestCode))}`
}

/** The suggestion of a line comment: for one click where it fits exactly and is safe, else as code. */
export function renderSuggestion(finding: Finding, file: FileDiff | undefined): string {
  if (finding.suggestion === undefined) return ''
  const suggestion = linesOf(finding.suggestion)
  const replaced = file === undefined ? null : originalLines(finding, file)
  const original = replaced?.join('\n')
  // The wire writes no line and one empty line alike, so an empty line is never "unchanged".
  if (suggestion !== '' && original === suggestion) return ''
  if (original !== undefined && isSafeSuggestion(suggestion, original)) return suggestionBlock(suggestion)
  return renderSuggestedText(finding)
}
