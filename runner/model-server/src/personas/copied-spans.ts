import { inSlices, mapInSlices } from './in-slices.ts'
import { tokensOf } from './words.ts'

/** Words in a row, shared with a past comment, from which a text counts as copied; in quarters. */
const copied = 12 * 4

const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g

interface Word {
  /** Two hashes of it. */
  readonly high: number
  readonly low: number
  readonly quarters: number
  readonly isCode: boolean
}

/** FNV-1a, and one that shares nothing with it. */
function hashed(text: string): Pick<Word, 'high' | 'low'> {
  let [high, low] = [0x811c9dc5, 0x9747b28c]
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low ^ unit ^ (low >>> 15), 0x85ebca6b)
  }
  return { high, low }
}

/** The words of a text in order, and which of them stand in fences and backticks. */
function wordsOf(text: string): Word[] {
  const words: Word[] = []
  const add = (part: string, isCode: boolean) => {
    for (const token of tokensOf(part))
      words.push({ ...hashed(token.text), quarters: token.quarters, isCode })
  }
  let at = 0
  for (const found of text.matchAll(code)) {
    add(text.slice(at, found.index), false)
    add(found[0], true)
    at = found.index + found[0].length
  }
  add(text.slice(at), false)
  return words
}

const bases = { high: 0x2c1b3c6d, low: 0x297a2d39 } as const

/** Of the first words each: what they hash to, how much they are, and how much of it is prose. */
function sumsOf(words: readonly Word[]) {
  const high = new Int32Array(words.length + 1)
  const low = new Int32Array(words.length + 1)
  const quarters = new Int32Array(words.length + 1)
  const prose = new Int32Array(words.length + 1)
  for (const [at, word] of words.entries()) {
    high[at + 1] = Math.imul(high[at] ?? 0, bases.high) + word.high
    low[at + 1] = Math.imul(low[at] ?? 0, bases.low) + word.low
    quarters[at + 1] = (quarters[at] ?? 0) + word.quarters
    prose[at + 1] = (prose[at] ?? 0) + (word.isCode ? 0 : word.quarters)
  }
  return { high, low, quarters, prose }
}

/** Powers of a base: no run has more words than quarters. */
function powersOf(base: number): Int32Array {
  const powers = new Int32Array(copied + 1).fill(1)
  for (let at = 1; at < powers.length; at++) powers[at] = Math.imul(powers[at - 1] ?? 1, base)
  return powers
}

const powers = { high: powersOf(bases.high), low: powersOf(bases.low) } as const

/**
 * The shortest runs of enough words, of which so much is prose, as numbers of 53 bits: the runs themselves would take
 * many times the room of a history. Karp and Rabin, "Efficient randomized pattern-matching algorithms", 1987.
 */
function runsOf(words: readonly Word[], leastProse: number): number[] {
  const { high, low, quarters, prose } = sumsOf(words)
  const runs: number[] = []
  const between = (sums: Int32Array, from: number, to: number) => (sums[to] ?? 0) - (sums[from] ?? 0)
  let to = 0
  for (let from = 0; from < words.length; from++) {
    while (to < words.length && between(quarters, from, to) < copied) to++
    if (between(quarters, from, to) < copied) break
    if (between(prose, from, to) < leastProse) continue
    const upper = (high[to] ?? 0) - Math.imul(high[from] ?? 0, powers.high[to - from] ?? 0)
    const lower = (low[to] ?? 0) - Math.imul(low[from] ?? 0, powers.low[to - from] ?? 0)
    runs.push((upper >>> 0) * 2 ** 21 + (lower >>> 11))
  }
  return runs
}

/** Runs with the code in them, and with the code passed over. */
function runsIn(text: string, leastProse: number): number[] {
  const words = wordsOf(text)
  const prose = words.filter(({ isCode }) => !isCode)
  const runs = runsOf(words, leastProse)
  return prose.length === words.length ? runs : [...runs, ...runsOf(prose, copied)]
}

function isIn(sorted: Float64Array, wanted: number): boolean {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((sorted[middle] ?? 0) < wanted) from = middle + 1
    else to = middle
  }
  return sorted[from] === wanted
}

/** The history's runs lie in so many parts by their first bits, so that none takes long to sort. */
const parts = 1024
const partOf = (run: number): number => Math.floor(run / (2 ** 53 / parts))

export interface CopyFinder {
  isCopied(text: string): boolean
}

/**
 * Finds texts that share twelve words in a row with one of a history, whatever the case, the punctuation and the backticks.
 * Code that the history quotes may be quoted again: a run counts only where at least half of it was prose there.
 */
export async function createCopyFinder(history: readonly string[]): Promise<CopyFinder> {
  const runs = Array.from({ length: parts }, (): number[] => [])
  await inSlices(history, (text) => {
    for (const run of runsIn(text, copied / 2)) runs[partOf(run)]?.push(run)
  })
  const known = await mapInSlices(runs, (some) => new Float64Array(some).sort())
  return {
    isCopied: (text) => runsIn(text, 0).some((run) => isIn(known[partOf(run)] ?? new Float64Array(), run)),
  }
}
