import type { FinishedReview } from '../admission/review.ts'
import type { KeptPersonas } from '../personas/persona-store.ts'
import type { ResponseCache } from '../review/pipeline-contract.ts'
import { noCache } from '../review/pipeline-contract.ts'
import { migrate, readMigrations } from './migrate.ts'
import { createPersonaStore } from './persona-store.ts'
import { hashNames } from './personas/hashed-names.ts'
import { openPGlite } from './pglite-database.ts'
import { openPostgres } from './postgres-database.ts'
import { recordReview } from './record-review.ts'
import { createResponseCache, forgetExpired } from './response-cache.ts'

const tidyEveryMs = 10 * 60_000

export interface StoreOptions {
  readonly directory: string
  readonly databaseUrl?: string
  readonly cacheSecret: Uint8Array
  /** 0: answers of the model are not kept. */
  readonly cacheHours: number
  readonly onFailure: (error: unknown) => void
  /** Called when it is available again, and when it is not: once for each turn. */
  readonly onTurn?: (turn: StoreTurn) => void
}

export type StoreTurn = { readonly available: true } | { readonly available: false; readonly error: unknown }

/** What the server remembers. Nothing of it is needed to review: every failure is counted and the review goes on. */
export interface Store extends AsyncDisposable {
  readonly cache: ResponseCache
  /** Null where nothing is kept. */
  readonly personas: KeptPersonas | null
  /** False from a failure to the next success. */
  isAvailable(): boolean
  /** Records in the background; disposal waits for it. */
  record(finished: FinishedReview): void
}

/** Opens the database, brings its tables up to date, and keeps it tidy until disposal. Throws a StoreError. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { directory, databaseUrl } = options
  const database = databaseUrl === undefined ? await openPGlite(directory) : openPostgres(databaseUrl)
  try {
    await migrate(database, await readMigrations())
  } catch (error) {
    await database[Symbol.asyncDispose]()
    throw error
  }

  let available = true
  const pending = new Set<Promise<void>>()
  const onFailure = (error: unknown) => {
    options.onFailure(error)
    if (!available) return
    available = false
    options.onTurn?.({ available, error })
  }
  const onSuccess = () => {
    if (available) return
    available = true
    options.onTurn?.({ available })
  }
  const inBackground = (work: () => Promise<void>) => {
    const done = work()
      .then(onSuccess, onFailure)
      .finally(() => pending.delete(done))
    pending.add(done)
  }
  const tidy = async () => {
    await forgetExpired(database, Date.now())
    await personas.tidy()
    await database.tidy()
  }
  const personas = createPersonaStore({ database, secret: options.cacheSecret })
  const { voice } = hashNames(options.cacheSecret)
  const timer = setInterval(() => inBackground(tidy), tidyEveryMs).unref()

  return {
    cache:
      options.cacheHours === 0
        ? noCache
        : createResponseCache({
            database,
            secret: options.cacheSecret,
            hours: options.cacheHours,
            onFailure,
          }),
    personas,
    isAvailable: () => available,
    record: (finished) => inBackground(() => recordReview(database, finished, voice)),
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer)
      await Promise.all(pending)
      await database[Symbol.asyncDispose]()
    },
  }
}
