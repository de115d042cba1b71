/** Okapi BM25 over documents of terms. Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009. */
export interface TermIndex {
  /**
   * How much of the weight of `terms` each document holds, 0 to 1, by its number. A term that no document holds weighs
   * as much as the rarest, so that a query about new things is near to nothing.
   */
  shares(terms: Iterable<string>): Float64Array
}

/** How soon a term that is repeated counts no more, and how much long documents are marked down. */
const saturation = 1.2
const lengthPenalty = 0.5

interface Posting {
  readonly documents: number[]
  readonly counts: number[]
}

function postingsOf(documents: readonly (readonly string[])[]): Map<string, Posting> {
  const postings = new Map<string, Posting>()
  documents.forEach((terms, document) => {
    const counts = new Map<string, number>()
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    for (const [term, count] of counts) {
      const posting = postings.get(term) ?? { documents: [], counts: [] }
      posting.documents.push(document)
      posting.counts.push(count)
      postings.set(term, posting)
    }
  })
  return postings
}

export function indexTerms(documents: readonly (readonly string[])[]): TermIndex {
  const size = documents.length
  const postings = postingsOf(documents)
  const average = documents.reduce((sum, terms) => sum + terms.length, 0) / Math.max(1, size) || 1
  const norms = documents.map(
    ({ length }) => saturation * (1 - lengthPenalty + (lengthPenalty * length) / average),
  )
  const weightOf = (found: number) => Math.log(1 + (size - found + 0.5) / (found + 0.5))
  return {
    shares: (terms) => {
      const shares = new Float64Array(size)
      let whole = 0
      for (const term of new Set(terms)) {
        const posting = postings.get(term)
        const weight = weightOf(posting?.documents.length ?? 0)
        whole += weight
        posting?.documents.forEach((document, index) => {
          const count = posting.counts[index] ?? 0
          const part = (count * (saturation + 1)) / (count + (norms[document] ?? saturation))
          shares[document] = (shares[document] ?? 0) + weight * Math.min(1, part)
        })
      }
      return whole === 0 ? shares : shares.map((share) => share / whole)
    },
  }
}
