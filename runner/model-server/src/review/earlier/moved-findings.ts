import type { Category } from '@ai-review/protocol/finding'
import { identityOf } from '../identity.ts'
import type { Found, Place } from './find-places.ts'
import type { SaidBefore } from './said-before.ts'

/** Identities that findings take over from those said before at another path, by `movedKey`. */
export type Moved = ReadonlyMap<string, string>

/** A finding whose identity stands nowhere, and where its text stands. */
export interface Homeless {
  readonly said: SaidBefore
  readonly category: Category
  readonly found: Found
}

/** Shortest text that is known again in another file by itself: shorter ones are found everywhere. */
const movingTextMin = 10

/** What a finding is looked up by in `Moved`. */
export function movedKey(finding: {
  readonly path: string
  readonly category: Category
  readonly flagged: string
}): string {
  return JSON.stringify([finding.path, finding.category, finding.flagged])
}

function isRenamed(place: Place, { said, category, found }: Homeless): boolean {
  return [...place.previousPaths].some(
    (path) => identityOf({ path, category, text: found.text }) === said.identity,
  )
}

/**
 * Gives each finding at most one new place, and each place at most one finding: first where git saw the renaming of its
 * file, then where its text stands in any other file, for a file that the change adds may have had another name in an
 * earlier head. A place whose own finding was said before is not free.
 */
export function moveFindings(
  homeless: readonly Homeless[],
  isSaid: (identity: string) => boolean,
): { readonly moved: Moved; readonly placeOf: ReadonlyMap<string, Place> } {
  const moved = new Map<string, string>()
  const placeOf = new Map<string, Place>()
  const free = new Map<string, Place[]>()
  const freePlaces = ({ category, found }: Homeless, flagged: string): Place[] => {
    const key = JSON.stringify([category, flagged])
    const places =
      free.get(key) ??
      found.places.filter(({ path }) => !isSaid(identityOf({ path, category, text: found.text })))
    free.set(key, places)
    return places
  }
  const move = (one: Homeless, fits: (place: Place) => boolean) => {
    const flagged = one.said.flaggedText?.flagged ?? ''
    const places = freePlaces(one, flagged)
    const index = places.findIndex(fits)
    const [place] = index < 0 ? [] : places.splice(index, 1)
    if (place === undefined) return
    moved.set(movedKey({ path: place.path, category: one.category, flagged }), one.said.identity)
    placeOf.set(one.said.identity, place)
  }
  for (const one of homeless) move(one, (place) => isRenamed(place, one))
  for (const one of homeless) {
    const isKnown = placeOf.has(one.said.identity) || one.found.text.length < movingTextMin
    if (!isKnown) move(one, () => true)
  }
  return { moved, placeOf }
}
