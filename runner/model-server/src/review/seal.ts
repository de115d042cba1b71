import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Ledger, Mark } from '@ai-review/protocol/seal'

/** The pull request that a seal is bound to; number 0 is a local branch. */
export interface SealedChange {
  readonly repositoryId: number
  readonly number: number
}

export type UnsealedMark = Omit<Mark, 'seal'>
type UnsealedLedger = Omit<Ledger, 'seal'>

/** HMAC-SHA256 in lower-case hex. A JSON array keeps neighbouring fields from running into each other. */
function hmac(key: Uint8Array, message: readonly unknown[]): string {
  return createHmac('sha256', key).update(JSON.stringify(message)).digest('hex')
}

function isSeal(expected: string, seal: string): boolean {
  return timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(seal, 'hex'))
}

/**
 * The seal of a mark: over the repository, the pull request and every field of it. A mark that tells nothing beside its
 * identity is sealed as the first release did, so that marks of old comments go on being believed.
 */
export function sealOfMark(key: Uint8Array, change: SealedChange, mark: UnsealedMark): string {
  const { kind, head, identity, severity, category, lines, flagged, voice } = mark
  const bare = [change.repositoryId, change.number, head, kind, identity]
  const told = [severity, category, lines, flagged]
  if (voice !== undefined)
    return hmac(key, ['seal-v3', ...bare, ...told.map((field) => field ?? null), voice])
  if (told.every((field) => field === undefined)) return hmac(key, ['seal-v1', ...bare])
  return hmac(key, ['seal-v2', ...bare, ...told.map((field) => field ?? null)])
}

/** True where this server sealed the mark for this pull request; a mark of another one, or changed, is not. */
export function isTrusted(key: Uint8Array, change: SealedChange, mark: Mark): boolean {
  return isSeal(sealOfMark(key, change, mark), mark.seal)
}

/** The seal of a ledger: over the repository, the pull request, the head and every hunk in order. */
export function sealOfLedger(key: Uint8Array, change: SealedChange, ledger: UnsealedLedger): string {
  return hmac(key, ['ledger-v1', change.repositoryId, change.number, ledger.head, ledger.hunks])
}

/** True where this server sealed the ledger for this pull request. */
export function isTrustedLedger(key: Uint8Array, change: SealedChange, ledger: Ledger): boolean {
  return isSeal(sealOfLedger(key, change, ledger), ledger.seal)
}
