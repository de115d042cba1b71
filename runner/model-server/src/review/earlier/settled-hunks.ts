import type { FileToReview, Hunk } from '@ai-review/protocol/change'
import { type Ledger, longestLedger } from '@ai-review/protocol/seal'

/** A hunk as a ledger names it. */
export function ledgerName(hunk: Hunk): string {
  return hunk.identity.slice(0, 32)
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** Of each name, how often it stands in the ledger that has it most often. */
function mostRead(ledgers: readonly Pick<Ledger, 'hunks'>[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>()
  for (const { hunks } of ledgers) {
    for (const [name, count] of countsOf(hunks)) most.set(name, Math.max(count, most.get(name) ?? 0))
  }
  return most
}

/** Hunks by what believed ledgers say of them. Those in neither set may have changed or not. */
export interface ReadBefore {
  /** A model has read them, as they stand. */
  readonly settled: ReadonlySet<Hunk>
  /** No ledger names them, and each had room for all that was read. */
  readonly changed: ReadonlySet<Hunk>
}

export const nothingReadBefore: ReadBefore = { settled: new Set(), changed: new Set() }

/**
 * What believed ledgers say of the hunks of a change. Twins share a name: where the change holds more of them than any
 * ledger does, nobody knows which one is new, and none is settled.
 */
export function hunksReadBefore(
  files: readonly FileToReview[],
  ledgers: readonly Pick<Ledger, 'hunks'>[],
): ReadBefore {
  if (ledgers.length === 0) return nothingReadBefore
  const read = mostRead(ledgers)
  const hunks = files.flatMap((file) => file.hunks)
  const inChange = countsOf(hunks.map(ledgerName))
  const isSettled = (name: string) => (inChange.get(name) ?? 0) <= (read.get(name) ?? 0)
  const mayBeCut = ledgers.some((ledger) => ledger.hunks.length >= longestLedger)
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
