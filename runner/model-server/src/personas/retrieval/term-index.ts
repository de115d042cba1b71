import { inSlices } from '../in-slices.ts'

/** What some terms share with each document, in natural logarithms of rarity: a rare term tells more than a common one. */
export interface Overlap {
  readonly shared: Float64Array
  /** Of all the terms together, as far as any document holds them. */
  readonly whole: number
}

/**
 * Documents by their terms: BM25 without a count of repetitions, which tell nothing in texts of a few lines. Weights are
 * its inverse document frequencies. Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, §3.1.
 */
export interface TermIndex {
  /** Weight of all terms of each document, by its number. */
  readonly masses: Float64Array
  overlap(terms: Iterable<string>): Overlap
}

export async function indexTerms(documents: readonly (readonly string[])[]): Promise<TermIndex> {
  const size = documents.length
  const holders = new Map<string, number[]>()
  await inSlices(documents, (terms, document) => {
    for (const term of new Set(terms)) {
      const known = holders.get(term)
      if (known === undefined) holders.set(term, [document])
      else known.push(document)
    }
  })
  const weightOf = (found: number) => Math.log(1 + (size - found + 0.5) / (found + 0.5))
  const overlap = (terms: Iterable<string>): Overlap => {
    const shared = new Float64Array(size)
    let whole = 0
    for (const term of new Set(terms)) {
      const found = holders.get(term) ?? []
      const weight = weightOf(found.length)
      if (found.length > 0) whole += weight
      for (const document of found) shared[document] = (shared[document] ?? 0) + weight
    }
    return { shared, whole }
  }
  const masses = new Float64Array(size)
  await inSlices(holders.values(), (found) => {
    for (const document of found) masses[document] = (masses[document] ?? 0) + weightOf(found.length)
  })
  return { masses, overlap }
}
