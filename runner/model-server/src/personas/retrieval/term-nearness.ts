import type { PastComment } from '@ai-review/protocol/persona'
import { mapInSlices } from '../in-slices.ts'
import type { Place } from '../voice.ts'
import { indexTerms, type Overlap, type TermIndex } from './term-index.ts'
import { codeTerms, pathTerms, wordTerms } from './terms.ts'

/** Lines of a past comment's hunk that it was about: the last ones, as hunks end on the commented line. */
const tailLines = 8

export function tailOf(hunk: string): string {
  return hunk.trimEnd().split('\n').slice(-tailLines).join('\n')
}

/** Parts of the weight of the memory's own texts, so that nearness means the same in a small memory and a large one. */
const scale = {
  /** Of the code of a comment: what is shared at which a place is half as near as can be. */
  halfway: 0.6,
  /** Of a text of its kind: what every text is taken to weigh besides its terms, so that a short one is not near to all. */
  padding: 0.25,
} as const
/** What code counts for that has nothing in common, where the remark has. */
const remarkAlone = 0.2

function mean({ masses }: TermIndex): number {
  return masses.reduce((sum, mass) => sum + mass, 0) / Math.max(1, masses.length)
}

/** Cosine of two sets of weighted terms, marked down for short ones. */
function cosines({ shared, whole }: Overlap, { masses }: TermIndex, padding: number): Float64Array {
  return shared.map(
    (weight, index) => weight / Math.sqrt((whole + padding) * ((masses[index] ?? 0) + padding)),
  )
}

/**
 * Nearness of a place to each comment by the terms that they share, 0 to 1. Before anything is said the code of the
 * place is held against the code and the words of the comment: rare names that turn up in both. Once there is a remark
 * it is the geometric mean of how alike the remarks are and how alike the code is.
 */
export async function indexNearness(
  comments: readonly PastComment[],
): Promise<(place: Place) => Float64Array> {
  const code = await indexTerms(await mapInSlices(comments, ({ hunk }) => codeTerms(tailOf(hunk))))
  const words = await indexTerms(await mapInSlices(comments, ({ body }) => wordTerms(body)))
  const path = await indexTerms(await mapInSlices(comments, (comment) => pathTerms(comment.path)))

  const halfway = mean(code) * scale.halfway || 1
  const padding = { words: mean(words) * scale.padding || 1, code: mean(code) * scale.padding || 1 }

  const silent = (place: Place): Float64Array => {
    const mentioned = words.overlap(wordTerms(place.code)).shared
    const alike = code.overlap(codeTerms(place.code)).shared
    const close = path.overlap(pathTerms(place.path)).shared
    return mentioned.map((weight, index) => {
      const all = weight + (alike[index] ?? 0) / 2 + (close[index] ?? 0) / 4
      return all / (all + halfway)
    })
  }

  const spoken = (place: Place, remark: string): Float64Array => {
    const said = cosines(words.overlap(wordTerms(remark)), words, padding.words)
    const alike = cosines(code.overlap(codeTerms(place.code)), code, padding.code)
    return said.map((cosine, index) =>
      Math.sqrt((cosine * (remarkAlone + (alike[index] ?? 0))) / (1 + remarkAlone)),
    )
  }

  return (place) => (place.remark === undefined ? silent(place) : spoken(place, place.remark))
}
