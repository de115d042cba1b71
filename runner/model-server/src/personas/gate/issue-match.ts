type Words = ReadonlyMap<string, number>

function wordsOf(text: string): Words {
  const words = new Map<string, number>()
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? []) {
    words.set(word, (words.get(word) ?? 0) + 1)
  }
  return words
}

function cosine(one: Words, other: Words, rarity: (word: string) => number): number {
  const length = (words: Words) =>
    Math.sqrt([...words].reduce((sum, [word, count]) => sum + (count * rarity(word)) ** 2, 0))
  const product = [...one].reduce(
    (sum, [word, count]) => sum + count * (other.get(word) ?? 0) * rarity(word) ** 2,
    0,
  )
  return product / (length(one) * length(other) || 1)
}

/**
 * How much more a remark speaks of one truth than of the others, -1 to 1: its likeness by weighted words to that truth
 * less its mean likeness to all others. Words that everybody uses say nothing about the issue, hence the control.
 */
export function createIssueMatch(truths: readonly string[]): (remark: string, truth: number) => number {
  const counted = truths.map(wordsOf)
  const seen = new Map<string, number>()
  for (const words of counted) for (const word of words.keys()) seen.set(word, (seen.get(word) ?? 0) + 1)
  const rarity = (word: string) => Math.log((1 + truths.length) / (1 + (seen.get(word) ?? 0))) + 1
  return (remark, truth) => {
    const words = wordsOf(remark)
    const likeness = counted.map((other) => cosine(words, other, rarity))
    const own = likeness[truth] ?? 0
    const rest = likeness.filter((_, index) => index !== truth)
    return own - rest.reduce((sum, one) => sum + one, 0) / (rest.length || 1)
  }
}
