/** One comment by its number, as one way of looking ranks it. */
export interface Ranked {
  readonly index: number
  readonly nearness: number
}

/** How soon the first ranks stop to matter. Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion", 2009. */
const smoothing = 60

/** Rankings, each best first, as one; a comment keeps the highest nearness that any gives it. */
export function fuseRanks(rankings: readonly (readonly Ranked[])[]): Ranked[] {
  const fused = new Map<number, { score: number; nearness: number }>()
  for (const ranking of rankings) {
    for (const [rank, { index, nearness }] of ranking.entries()) {
      const known = fused.get(index) ?? { score: 0, nearness: 0 }
      const score = known.score + 1 / (smoothing + rank + 1)
      fused.set(index, { score, nearness: Math.max(known.nearness, nearness) })
    }
  }
  return [...fused]
    .sort(([a, one], [b, other]) => other.score - one.score || a - b)
    .map(([index, { nearness }]) => ({ index, nearness: Math.min(1, nearness) }))
}
