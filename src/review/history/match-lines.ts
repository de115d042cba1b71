/**
 * For each line of `before`, the index of the same line in `after`, or -1 where it is gone. Lines that occur once in
 * both are matched first, in the longest order that both keep; between them equal neighbours follow. Linear but for one
 * sorting step, so that a hostile pair of files costs no more than its size.
 */
export function matchLines(before: readonly string[], after: readonly string[]): Int32Array {
  const matches = new Int32Array(before.length).fill(-1)
  for (const [left, right] of longestAscent(uniquePairs(before, after))) matches[left] = right
  followEqual({ before, after, matches })
  return matches
}

type Pair = readonly [number, number]

/** Places of a line that occurs once; -1 where it occurs more often. */
function onlyPlaces(lines: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  for (const [index, line] of lines.entries()) places.set(line, places.has(line) ? -1 : index)
  return places
}

function uniquePairs(before: readonly string[], after: readonly string[]): Pair[] {
  const places = onlyPlaces(after)
  return [...onlyPlaces(before)].flatMap(([line, left]): Pair[] => {
    const right = places.get(line) ?? -1
    return left < 0 || right < 0 ? [] : [[left, right]]
  })
}

/** Longest part of the pairs, ordered by their first number, whose second numbers rise: patience sorting. */
function longestAscent(pairs: readonly Pair[]): Pair[] {
  const sorted = [...pairs].sort(([a], [b]) => a - b)
  const tails: number[] = []
  const previous: number[] = []
  for (const [index, [, right]] of sorted.entries()) {
    const pile = firstPile(tails, (tail) => (sorted[tail]?.[1] ?? 0) >= right)
    previous.push(tails[pile - 1] ?? -1)
    tails[pile] = index
  }
  const found: Pair[] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = sorted[index]
    if (pair !== undefined) found.push(pair)
  }
  return found.reverse()
}

function firstPile(tails: readonly number[], isBeyond: (tail: number) => boolean): number {
  let [low, high] = [0, tails.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBeyond(tails[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}

interface Matching {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly matches: Int32Array
}

/** Extends what is matched downwards from each line and from the top, then upwards from each line and from the end. */
function followEqual({ before, after, matches }: Matching): void {
  for (let left = 0; left < before.length; left++) {
    const right = left === 0 ? 0 : neighbour(matches[left - 1], 1)
    match({ before, after, matches }, left, right)
  }
  let ceiling = after.length
  for (let left = before.length - 1; left >= 0; left--) {
    const right = left === before.length - 1 ? after.length - 1 : neighbour(matches[left + 1], -1)
    if (right >= 0 && right < ceiling && right > lastBefore(matches, left))
      match({ before, after, matches }, left, right)
    if ((matches[left] ?? -1) >= 0) ceiling = matches[left] ?? ceiling
  }
}

function neighbour(match: number | undefined, step: 1 | -1): number {
  return match === undefined || match < 0 ? -1 : match + step
}

/** Looked for over a few lines only: a gap that is longer holds no order to keep. */
function lastBefore(matches: Int32Array, left: number): number {
  for (let index = left - 1; index >= Math.max(0, left - 200); index--) {
    const match = matches[index] ?? -1
    if (match >= 0) return match
  }
  return -1
}

function match({ before, after, matches }: Matching, left: number, right: number): void {
  if (matches[left] === -1 && right >= 0 && right < after.length && before[left] === after[right])
    matches[left] = right
}
