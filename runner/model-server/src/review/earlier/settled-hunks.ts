import { hash } from 'node:crypto'
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

/** Names in a ledger that are no hunks that were read; nobody but the server needs to tell them from those. */
function nameOf(kind: 'fixed' | 'kept', name: string): string {
  return hash('sha256', JSON.stringify([kind, name])).slice(0, 32)
}

/** By this name a ledger holds a finding to be fixed though its text still stands. */
export function fixedName(identity: string): string {
  return nameOf('fixed', identity)
}

/** By this name a ledger knows a hunk that holds a finding and was not read whole: it is read again, yet not changed. */
export function keptName(hunk: Hunk): string {
  return nameOf('kept', hunk.identity)
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
  /** No ledger knows them, and each had room for all that it was to name. */
  readonly changed: ReadonlySet<Hunk>
}

export const nothingReadBefore: ReadBefore = { settled: new Set(), changed: new Set() }

/**
 * What the newest of the believed ledgers says of the hunks of a change; they come oldest first. The older ones tell of
 * heads that are past: a hunk that left the change and came back may hold again what was fixed in between, so it is read
 * again. It counts as changed only where no ledger knows it: one that was left unread, or out of the change, for a run
 * may be the same that it was. Twins share a name: where the change holds more of them than the ledger does, nobody knows
 * which one is new, and none is settled.
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
  const known = new Set(ledgers.flatMap((ledger) => ledger.hunks))
  const isKnown = (hunk: Hunk) => known.has(ledgerName(hunk)) || known.has(keptName(hunk))
  const mayBeCut = ledgers.some((ledger) => ledger.hunks.length >= longestOwnLedger)
  return {
    settled: new Set(hunks.filter((hunk) => isSettled(ledgerName(hunk)))),
    changed: new Set(mayBeCut ? [] : hunks.filter((hunk) => !isKnown(hunk))),
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
