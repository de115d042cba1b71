import type { FileToReview, Hunk } from '@ai-review/protocol/change'
import { categories } from '@ai-review/protocol/finding'
import { flaggedOf, identityOf } from '../identity.ts'
import { type TextRun, textOfRun } from './text-runs.ts'

/** The hunks of one path that hold a text. */
export interface Place {
  readonly path: string
  readonly previousPaths: ReadonlySet<string>
  readonly hunks: ReadonlySet<Hunk>
}

/** Where a flagged text stands: at most one place for a path, in the order of the change. */
export interface Found {
  readonly text: string
  readonly places: readonly Place[]
}

/**
 * What one search may hash: about half a second. It counts UTF-16 units, and `windowCost` more for every hash, so that
 * neither many lines nor long ones go beyond it.
 */
const searchMost = 100_000_000
const windowCost = 200

interface GrowingPlace extends Place {
  readonly previousPaths: Set<string>
  readonly hunks: Set<Hunk>
}

function addPlace(places: Map<string, GrowingPlace>, file: FileToReview, hunk: Hunk): void {
  const place = places.get(file.path) ?? { path: file.path, previousPaths: new Set(), hunks: new Set() }
  places.set(file.path, place)
  place.hunks.add(hunk)
  if (file.previousPath !== undefined) place.previousPaths.add(file.previousPath)
}

function costOf(runs: readonly TextRun[], count: number): number {
  return runs.reduce((sum, { lines }) => {
    const windows = Math.max(0, lines.length - count + 1)
    const units = lines.reduce((length, line) => length + line.length, 0)
    return sum + windows * windowCost + units * Math.min(count, windows)
  }, 0)
}

/**
 * Looks for flagged texts, each of as many lines as `wanted` says, on either side of every hunk. `unsearched` holds the
 * numbers of lines that were not looked for, because the search would have cost too much.
 */
export function findPlaces(
  runs: readonly TextRun[],
  wanted: ReadonlyMap<number, ReadonlySet<string>>,
): { readonly found: ReadonlyMap<string, Found>; readonly unsearched: ReadonlySet<number> } {
  const found = new Map<string, { text: string; byPath: Map<string, GrowingPlace> }>()
  const unsearched = new Set<number>()
  let left = searchMost
  const searchFor = (count: number, texts: ReadonlySet<string>) => {
    for (const run of runs) {
      for (let start = 0; start + count <= run.lines.length; start += 1) {
        const text = textOfRun(run, start, count)
        const flagged = flaggedOf(text)
        if (!texts.has(flagged)) continue
        const one = found.get(flagged) ?? { text, byPath: new Map() }
        found.set(flagged, one)
        addPlace(one.byPath, run.file, run.hunk)
      }
    }
  }
  for (const [count, texts] of [...wanted].toSorted(([a], [b]) => a - b)) {
    const cost = costOf(runs, count)
    if (cost > left) {
      unsearched.add(count)
      continue
    }
    left -= cost
    searchFor(count, texts)
  }
  const ended = [...found].map(([flagged, { text, byPath }]) => {
    return [flagged, { text, places: [...byPath.values()] }] as const
  })
  return { found: new Map(ended), unsearched }
}

/**
 * Where findings stand of which nothing but the identity is known: tried for every single line in every category, unless
 * that would cost too much. That one is not found proves nothing: it may be about several lines.
 */
export function findSingleLines(
  runs: readonly TextRun[],
  identities: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<Hunk>> {
  const found = new Map<string, Set<Hunk>>()
  if (identities.size === 0 || costOf(runs, 1) * categories.length > searchMost) return found
  for (const { file, hunk, lines } of runs) {
    for (const text of new Set(lines)) {
      for (const category of categories) {
        const identity = identityOf({ path: file.path, category, text })
        if (identities.has(identity)) found.set(identity, (found.get(identity) ?? new Set()).add(hunk))
      }
    }
  }
  return found
}
