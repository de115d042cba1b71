import { proseOf } from './prose.ts'

/** A word counts only where it stands in so many comments: what was said once or twice would betray where. */
const leastComments = 5
const most = 12
/** How many words the common use of a word is taken to weigh. */
const priorWords = 300
/**
 * Deviations from even use beyond which a word is telling. Hundreds of words are looked at: at 2 deviations six or more of
 * twelve would tell one half of a person's comments from the other, at this at most one.
 */
const leastDeviations = 3.5

/**
 * Words of the language: all in lower case, so that neither the start of a sentence nor a name is one, and beside
 * nothing that makes an identifier of them.
 */
const ordinary = /(?<![\p{L}\p{N}_@#./:\\-])\p{Ll}[\p{Ll}'’]{1,19}(?![\p{L}\p{N}_(/:\\-]|\.\p{L})/gu

interface Uses {
  readonly counts: ReadonlyMap<string, number>
  /** Different words of all comments: who writes long ones would else use every word more. */
  readonly all: number
}

function usesOf(bodies: readonly string[]): Uses {
  const counts = new Map<string, number>()
  let all = 0
  for (const body of bodies) {
    for (const word of new Set(proseOf(body).match(ordinary) ?? []))
      counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  for (const count of counts.values()) all += count
  return { counts, all }
}

/** Words that a text writes with a capital in the middle of a sentence, too: names. */
function namesIn(bodies: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const body of bodies) {
    for (const [name] of proseOf(body).matchAll(/(?<=[\p{Ll},;] )\p{Lu}\p{Ll}+/gu))
      names.add(name.toLowerCase())
  }
  return names
}

/**
 * Words of `bodies` by how much more often they are among the words of a comment than in `others`: log-odds with a prior,
 * divided by their deviation. Monroe, Colaresi and Quinn, "Fightin' Words", 2008.
 */
export function tellingWords(bodies: readonly string[], others: readonly string[]): string[] {
  if (bodies.length === 0 || others.length === 0) return []
  const own = usesOf(bodies)
  const their = usesOf(others)
  const names = namesIn([...bodies, ...others])
  const deviationsOf = (word: string, count: number): number => {
    const otherCount = their.counts.get(word) ?? 0
    const prior = Math.max(0.5, ((count + otherCount) * priorWords) / (own.all + their.all))
    const odds = (found: number, size: number) => Math.log((found + prior) / (size - found + prior))
    const deviation = Math.sqrt(1 / (count + prior) + 1 / (otherCount + prior))
    return (odds(count, own.all) - odds(otherCount, their.all)) / deviation
  }
  return [...own.counts]
    .filter(([word, count]) => count >= leastComments && !names.has(word))
    .map(([word, count]) => ({ word, deviations: deviationsOf(word, count) }))
    .filter(({ deviations }) => deviations >= leastDeviations)
    .sort((a, b) => b.deviations - a.deviations || (a.word < b.word ? -1 : 1))
    .slice(0, most)
    .map(({ word }) => word)
}
