/** Words in a row, shared with a past comment, from which a text counts as copied. */
const copiedWords = 12

/** Code is quoted, not copied: what stands in fences and backticks does not count. */
function wordsOf(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?(?:```|$)/g, ' ').replace(/`[^`]*`/g, ' ')
  return prose.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function* runsOf(words: readonly string[]): Generator<string> {
  for (let from = 0; from + copiedWords <= words.length; from++) {
    yield words.slice(from, from + copiedWords).join(' ')
  }
}

/** Finds texts that share {@link copiedWords} words in a row, whatever the case and the punctuation, with one of a history. */
export function createCopyFinder(history: readonly string[]): { isCopied(text: string): boolean } {
  const known = new Set<string>()
  for (const text of history) for (const run of runsOf(wordsOf(text))) known.add(run)
  return { isCopied: (text) => [...runsOf(wordsOf(text))].some((run) => known.has(run)) }
}
