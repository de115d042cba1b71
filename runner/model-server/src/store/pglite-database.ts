import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { Database, Queries } from './database.ts'
import { StoreError } from './database.ts'
import { lockDirectory } from './directory-lock.ts'

interface PGliteQueries {
  query(sql: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>
  exec(sql: string): Promise<unknown>
}

/**
 * The embedded database in `directory`, held by this process alone. Meant for one server on one machine: it has one
 * session, and it does not survive a power cut the way PostgreSQL does.
 */
export async function openPGlite(directory: string): Promise<Database> {
  let isLost = false
  const release = await lockDirectory(directory, () => {
    isLost = true
  })
  const pglite = await PGlite.create({ dataDir: join(directory, 'database') }).catch(
    async (cause: unknown) => {
      await release()
      throw unavailable(cause)
    },
  )
  const guard = <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (isLost) throw new StoreError('unavailable', 'The lock on DATA_DIR was lost: restart the server.')
    return translated(work)
  }

  return {
    kind: 'pglite',
    query: (sql, values) => guard(() => queriesOf(pglite).query(sql, values)),
    script: (sql) => guard(() => queriesOf(pglite).script(sql)),
    transaction: (work) => guard(() => pglite.transaction((within) => work(queriesOf(within)))),
    // No autovacuum and no checkpointer run in the embedded database: tables and log grow without end.
    tidy: () =>
      guard(async () => {
        // One by one: statements sent together are one transaction, in which VACUUM does not run.
        await queriesOf(pglite).script('VACUUM')
        await queriesOf(pglite).script('CHECKPOINT')
      }),
    erase: () =>
      guard(async () => {
        const { script } = queriesOf(pglite)
        await script('VACUUM FULL')
        // The log still holds what was written, salts and all. Its files go at the next checkpoint unless they are reused.
        await script('SET wal_recycle = off')
        await script('SELECT pg_switch_wal()')
        await script('CHECKPOINT')
      }),
    [Symbol.asyncDispose]: async () => {
      await pglite.close()
      if (!isLost) await release()
    },
  }
}

function queriesOf(pglite: PGliteQueries): Queries {
  return {
    query: <Row>(sql: string, values: readonly unknown[] = []) =>
      translated(async () => (await pglite.query(sql, [...values])).rows as Row[]),
    script: (sql) =>
      translated(async () => {
        await pglite.exec(sql)
      }),
  }
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof StoreError ? error : unavailable(error)
  }
}

function unavailable(cause: unknown): StoreError {
  return new StoreError(
    'unavailable',
    'The database in DATA_DIR did not do what was asked: check space and permissions.',
    {
      cause,
    },
  )
}
