const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? ''

const firstWithText = (lines: readonly string[]): string | undefined =>
  lines.find((line) => line.trim() !== '')

/**
 * Moves a suggestion to the indentation of the lines it replaces where a model wrote it flush left, or further
 * left than these lines; its inner indentation stays.
 */
export function indentLike(replaced: readonly string[], suggestion: readonly string[]): readonly string[] {
  const wanted = indentOf(firstWithText(replaced) ?? '')
  const found = indentOf(firstWithText(suggestion) ?? '')
  if (found === wanted || !wanted.startsWith(found)) return suggestion
  const missing = wanted.slice(found.length)
  return suggestion.map((line) => (line.trim() === '' ? line : `${missing}${line}`))
}
