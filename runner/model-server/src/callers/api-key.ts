import { createHash } from 'node:crypto'
import type { BoundRepository } from './caller.ts'

/** A key of the configuration, as far as the server needs it. */
export interface ApiKey {
  /** SHA-256, 32 bytes. */
  readonly digest: Uint8Array
  /** Absent: any repository. */
  readonly repository?: BoundRepository
}

const shortestKey = 32
/** An owner cannot hold a dot, nor either name an equals sign: the first one ends the names. */
const boundEntry =
  /^(?<owner>[a-z\d][a-z\d_-]{0,99})\/(?<name>\*|(?!\.{1,2}\s*=)[a-z\d._-]{1,100})\s*=\s*(?<key>.+)$/i

/**
 * Reads an entry of API_KEYS: `KEY`, or `owner/name=KEY` and `owner/*=KEY` for a key that may ask for these
 * repositories alone. Keys in base64 hold slashes and end in equals signs: what follows the first equals sign must be a
 * key by itself, else the whole entry is one. Null where it is too short.
 */
export function readApiKey(entry: string): ApiKey | null {
  const { owner, name, key } = boundEntry.exec(entry)?.groups ?? {}
  if (owner !== undefined && name !== undefined && key !== undefined && key.length >= shortestKey) {
    return { digest: digestOf(key), repository: { owner: owner.toLowerCase(), name: name.toLowerCase() } }
  }
  return entry.length < shortestKey ? null : { digest: digestOf(entry) }
}

function digestOf(key: string): Uint8Array {
  const digest = /^sha256:([0-9a-f]{64})$/i.exec(key)?.[1]
  return digest === undefined ? createHash('sha256').update(key).digest() : Buffer.from(digest, 'hex')
}
