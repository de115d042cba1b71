import { inSlices } from '../in-slices.ts'

/** A text as a sparse vector of length 1: positions of features and their weights. */
export interface Features {
  readonly at: Uint32Array
  readonly weight: Float32Array
}

/** Positions that n-grams are hashed to. */
export const featureCount = 2 ** 18

const shortest = 2
const longest = 5
/** Longer texts tell no more about how somebody writes. */
const longestText = 2000

/** FNV-1a over UTF-16 units. */
function positionOf(text: string, from: number, length: number): number {
  let hash = 0x811c9dc5
  for (let index = from; index < from + length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0) % featureCount
}

/** How often each character n-gram of 2 to 5 stands in a text; case and punctuation count, as habits show in them. */
export function countNgrams(text: string): Map<number, number> {
  const padded = ` ${text.slice(0, longestText).replace(/\s+/g, ' ').trim()} `
  const counts = new Map<number, number>()
  for (let length = shortest; length <= longest; length++) {
    for (let from = 0; from + length <= padded.length; from++) {
      const at = positionOf(padded, from, length)
      counts.set(at, (counts.get(at) ?? 0) + 1)
    }
  }
  return counts
}

/** How rare each n-gram is among the texts: the logarithm that TF-IDF weighs with, smoothed. */
export async function rarityOf(counted: readonly ReadonlyMap<number, number>[]): Promise<Float32Array> {
  const seen = new Float32Array(featureCount)
  await inSlices(counted, (counts) => {
    for (const at of counts.keys()) seen[at] = (seen[at] ?? 0) + 1
  })
  return seen.map((texts) => Math.log((1 + counted.length) / (1 + texts)) + 1)
}

/** TF-IDF with a logarithmic term frequency, scaled to length 1. */
export function featuresOf(counts: ReadonlyMap<number, number>, rarity: Float32Array): Features {
  const at = Uint32Array.from(counts.keys())
  const weight = new Float32Array(at.length)
  let square = 0
  for (const [index, position] of at.entries()) {
    const value = (1 + Math.log(counts.get(position) ?? 1)) * (rarity[position] ?? 1)
    weight[index] = value
    square += value * value
  }
  const length = Math.sqrt(square) || 1
  return { at, weight: weight.map((value) => value / length) }
}
