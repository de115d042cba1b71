import { createHmac } from 'node:crypto'
import type { ResponseCache } from '../review/pipeline-contract.ts'
import type { Database } from './database.ts'
import { hashNames } from './personas/hashed-names.ts'
import { deriveKey, openText, sealText } from './sealed-text.ts'

/** Longer answers are not kept. */
const largestValue = 1024 * 1024
/** After a failure the database is left alone for this long: a batch must not wait for it again and again. */
const restMs = 5000

interface ResponseCacheOptions {
  readonly database: Database
  readonly secret: Uint8Array
  readonly hours: number
  readonly onFailure: (error: unknown) => void
  readonly now?: () => number
}

/**
 * Answers of the model, each encrypted with AES-256-GCM under a key derived from `secret` and bound to its place by
 * a keyed hash, for `hours`. A failure of the database is a miss; so is a value that does not decrypt.
 */
export function createResponseCache(options: ResponseCacheOptions): ResponseCache {
  const { database, hours, onFailure } = options
  const now = options.now ?? Date.now
  const hashKey = deriveKey(options.secret, 'cache-place')
  const valueKey = deriveKey(options.secret, 'cache-value')
  const placeOf = (key: string) => createHmac('sha256', hashKey).update(key).digest()
  const names = hashNames(options.secret)
  let restsUntil = 0

  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    if (now() < restsUntil) return undefined
    try {
      return await work()
    } catch (error) {
      restsUntil = now() + restMs
      onFailure(error)
      return undefined
    }
  }

  return {
    get: async (key) => {
      const place = placeOf(key)
      const rows = await attempt(() =>
        database.query<{ readonly value: Uint8Array }>(
          'SELECT value FROM response_cache WHERE key_hash = $1 AND expires_at > $2',
          [place, new Date(now())],
        ),
      )
      const value = rows?.[0]?.value
      return value === undefined ? undefined : openText(valueKey, place, value)
    },
    set: async (key, value, voice) => {
      if (value.length > largestValue) return
      const place = placeOf(key)
      const expiresAt = new Date(now() + hours * 3_600_000)
      const sealed = sealText(valueKey, place, value)
      const owner = voice === undefined ? null : names.voice(voice)
      await attempt(() => keep(database, { place, sealed, expiresAt, owner }))
    },
  }
}

interface Kept {
  readonly place: Uint8Array
  readonly sealed: Uint8Array
  readonly expiresAt: Date
  readonly owner: Uint8Array | null
}

/** The lock on the persona's row makes an answer that comes while it is forgotten go with it, or not be kept at all. */
async function keep(database: Database, { place, sealed, expiresAt, owner }: Kept): Promise<void> {
  await database.query(
    `WITH owner AS (SELECT 1 FROM personas WHERE voice = $4::bytea FOR KEY SHARE)
     INSERT INTO response_cache (key_hash, value, expires_at, voice)
     SELECT $1::bytea, $2::bytea, $3::timestamptz, $4::bytea
     WHERE $4::bytea IS NULL OR EXISTS (SELECT 1 FROM owner)
     ON CONFLICT (key_hash) DO UPDATE
       SET value = excluded.value, expires_at = excluded.expires_at, voice = excluded.voice`,
    [place, sealed, expiresAt, owner],
  )
}

/** Takes out what is past its lifetime. */
export async function forgetExpired(database: Database, now: number): Promise<void> {
  await database.query('DELETE FROM response_cache WHERE expires_at <= $1', [new Date(now)])
}
