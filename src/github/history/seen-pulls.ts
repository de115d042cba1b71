import { personaLimits, type Silence } from '@ai-review/protocol/persona'
import type { SeenPull } from './history-cursor.ts'
import type { HistoryHost } from './history-host.ts'
import type { ListedComment } from './listed-comment.ts'
import type { PullFacts } from './query-pulls.ts'

/** Diffs that are read at the same time. */
const atOnce = 4

/** The pull requests that may still be commented in older pages, with what the person said on them in these comments. */
export function withSpoken(
  { rules }: HistoryHost,
  seen: readonly SeenPull[],
  own: readonly ListedComment[],
): SeenPull[] {
  const pulls = new Map(seen.map((pull) => [pull.number, pull]))
  for (const comment of own) {
    const { pullRequest: number, commit, at, path, isOnFile, hunk } = comment
    const line = isOnFile ? null : (rules.lastLineOf(hunk)?.text ?? null)
    const known = pulls.get(number) ?? { number, commit, at, spoken: [] }
    const spoken = new Set([...known.spoken, rules.spokenPlace(path, line)])
    pulls.set(number, { ...known, spoken: [...spoken] })
  }
  return [...pulls.values()]
}

interface Reading {
  readonly facts: ReadonlyMap<number, PullFacts>
  readonly person: number
  /** When the last comment that was read was written; null when all were. */
  readonly readTo: string | null
  readonly silences: number
}

interface Left {
  readonly silences: readonly Silence[]
  /** Those that older comments may still belong to. */
  readonly seen: readonly SeenPull[]
}

/**
 * The hunks that the person left alone, of every pull request that is older than no comment which is still to be read.
 * One that nothing is known of is let go, and so is the person's own.
 */
export async function settleSeen(
  host: HistoryHost,
  seen: readonly SeenPull[],
  { facts, person, readTo, silences }: Reading,
): Promise<Left> {
  const isOpenYet = ({ number }: SeenPull) => {
    const created = facts.get(number)?.createdAt
    return readTo !== null && created !== undefined && created <= readTo
  }
  const settled = seen.filter((pull) => !isOpenYet(pull))
  const found: Silence[] = []
  for (
    let start = 0;
    start < settled.length && silences + found.length < personaLimits.silences;
    start += atOnce
  ) {
    const group = settled.slice(start, start + atOnce)
    found.push(...(await Promise.all(group.map((pull) => silencesOf(host, pull, { facts, person })))).flat())
  }
  return { silences: found.slice(0, personaLimits.silences - silences), seen: seen.filter(isOpenYet) }
}

async function silencesOf(
  { rules, diff }: HistoryHost,
  { number, commit, at, spoken }: SeenPull,
  { facts, person }: Pick<Reading, 'facts' | 'person'>,
): Promise<Silence[]> {
  const pull = facts.get(number)
  if (pull === undefined || pull.authorId === person) return []
  const files = await diff(pull.base, commit)
  if (files === null) return []
  return rules.silencesIn(files, { pullRequest: number, commit, at, spoken: new Set(spoken) })
}
