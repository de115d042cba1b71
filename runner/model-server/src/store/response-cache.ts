import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { ResponseCache } from '../review/pipeline-contract.ts'
import type { Database } from './database.ts'

const ivBytes = 12
const tagBytes = 16
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
  const hashKey = derive(options.secret, 'cache-place')
  const valueKey = derive(options.secret, 'cache-value')
  const placeOf = (key: string) => createHmac('sha256', hashKey).update(key).digest()
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
      return value === undefined ? undefined : decrypt(valueKey, place, value)
    },
    set: async (key, value) => {
      if (value.length > largestValue) return
      const place = placeOf(key)
      const expiresAt = new Date(now() + hours * 3_600_000)
      await attempt(() =>
        database.query(
          `INSERT INTO response_cache (key_hash, value, expires_at) VALUES ($1, $2, $3)
           ON CONFLICT (key_hash) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`,
          [place, encrypt(valueKey, place, value), expiresAt],
        ),
      )
    },
  }
}

/** Takes out what is past its lifetime. */
export async function forgetExpired(database: Database, now: number): Promise<void> {
  await database.query('DELETE FROM response_cache WHERE expires_at <= $1', [new Date(now)])
}

function derive(secret: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), `ai-review/${purpose}`, 32))
}

function encrypt(key: Uint8Array, place: Uint8Array, text: string): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(place)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

function decrypt(key: Uint8Array, place: Uint8Array, value: Uint8Array): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, value.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(place).setAuthTag(value.subarray(ivBytes, ivBytes + tagBytes))
    const text = decipher.update(value.subarray(ivBytes + tagBytes))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
