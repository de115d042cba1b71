import type { Hunk } from '@ai-review/protocol/change'
import type { EarlierState } from '@ai-review/protocol/review'
import { fixedName, keptName, ledgerName } from './settled-hunks.ts'

/** A finding said before whose text stands in the change, or may. */
export interface StandingFinding {
  /** Null where it was not looked for. */
  readonly hunks: ReadonlySet<Hunk> | null
  readonly state: EarlierState
  /** The newest believed ledger holds it to be fixed. */
  readonly wasFixed: boolean
}

interface Ending {
  /** Hunks that the model has read whole, now or before. */
  readonly read: readonly Hunk[]
  /** Identities of all that was found, shown or not. */
  readonly found: ReadonlySet<string>
  /** Hunks of what was found. */
  readonly withFindings: Iterable<Hunk>
  readonly standing: ReadonlyMap<string, StandingFinding>
}

/**
 * What the ledger of a run names: what is held to be fixed, what changed not since a finding was raised in it though it
 * is to be read again, and what was read. Once the hunk around a fixed finding is settled nothing else tells that it was
 * fixed, where its thread could not be resolved.
 */
export function namesOfRun({ read, found, withFindings, standing }: Ending): string[] {
  const wasRead = new Set(read)
  const isFixed = ({ hunks, state, wasFixed }: StandingFinding) =>
    wasFixed || (state === 'changed' && hunks !== null && [...hunks].every((hunk) => wasRead.has(hunk)))
  const fixed = [...standing].filter(([identity, one]) => !found.has(identity) && isFixed(one))
  const holding = [...standing.values()].flatMap(({ hunks }) => [...(hunks ?? [])])
  const kept = new Set([...withFindings, ...holding].filter((hunk) => !wasRead.has(hunk)))
  const memory = [...fixed.map(([identity]) => fixedName(identity)), ...[...kept].map(keptName)]
  return [...new Set(memory)].sort().concat(read.map(ledgerName).sort())
}
