import type { FileToReview, Hunk } from '@ai-review/protocol/change'
import type { Ledger } from '@ai-review/protocol/seal'

/**
 * Most hunks that a ledger of ours names. GitHub takes 65,535 characters in the text of a check and a name takes 33, so
 * this leaves a quarter for the words; a ledger that found no room would cost more than the names that are left out.
 */
export const longestOwnLedger = 1500

/** A hunk as a ledger names it. */
export function ledgerName(hunk: Hunk): string {
  return hunk.identity.slice(0, 32)
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** Hunks by what a believed ledger says of them. Those in neither set may have changed or not. */
export interface ReadBefore {
  /** A model has read them, as they stand. */
  readonly settled: ReadonlySet<Hunk>
  /** The ledger does not name them, and it had room for all that was read. */
  readonly changed: ReadonlySet<Hunk>
}

export const nothingReadBefore: ReadBefore = { settled: new Set(), changed: new Set() }

/**
 * What the newest of the believed ledgers says of the hunks of a change; they come oldest first. The older ones tell of
 * heads that are past: a hunk that left the change and came back may hold again what was fixed in between, so it is read
 * again. Twins share a name: where the change holds more of them than the ledger does, nobody knows which one is new, and
 * none is settled.
 */
export function hunksReadBefore(
  files: readonly FileToReview[],
  ledgers: readonly Pick<Ledger, 'hunks'>[],
): ReadBefore {
  const newest = ledgers.at(-1)
  if (newest === undefined) return nothingReadBefore
  const read = countsOf(newest.hunks)
  const hunks = files.flatMap((file) => file.hunks)
  const inChange = countsOf(hunks.map(ledgerName))
  const isSettled = (name: string) => (inChange.get(name) ?? 0) <= (read.get(name) ?? 0)
  const mayBeCut = newest.hunks.length >= longestOwnLedger
  return {
    settled: new Set(hunks.filter((hunk) => isSettled(ledgerName(hunk)))),
    changed: new Set(mayBeCut ? [] : hunks.filter((hunk) => !read.has(ledgerName(hunk)))),
  }
}

/** The change without its settled hunks; a file with none left is not there. */
export function unsettledFiles(
  files: readonly FileToReview[],
  settled: ReadonlySet<Hunk>,
): readonly FileToReview[] {
  if (settled.size === 0) return files
  return files
    .map((file) => ({ ...file, hunks: file.hunks.filter((hunk) => !settled.has(hunk)) }))
    .filter((file) => file.hunks.length > 0)
}
