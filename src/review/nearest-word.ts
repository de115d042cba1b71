/** Levenshtein distance of two short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** The candidate that a person who typed `word` most likely meant, or null where none is near. */
export function nearestWord(word: string, candidates: readonly string[]): string | null {
  if (word.length > 40) return null
  const plain = word.toLowerCase().replaceAll('_', '-')
  const [best] = candidates
    .map((candidate) => ({ candidate, cost: distance(plain, candidate) }))
    .filter(({ cost, candidate }) => cost <= Math.max(2, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.cost - b.cost)
  return best?.candidate ?? null
}
