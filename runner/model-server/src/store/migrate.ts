import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database, Queries } from './database.ts'
import { StoreError } from './database.ts'

/** Any number that is ours: servers that start together migrate one after the other. */
const advisoryLock = 7_130_118

interface Migration {
  readonly version: number
  readonly sql: string
  readonly hash: string
}

interface Applied {
  readonly version: number
  readonly hash: string
}

/** The migrations in a directory, `NNNN-name.sql`, in order. */
export async function readMigrations(
  directory = join(import.meta.dirname, 'migrations'),
): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}-[\w-]+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(directory, name), 'utf8')
      return { version: Number(name.slice(0, 4)), sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/**
 * Brings the tables up to date in one transaction: all of it or nothing. Only forward. Throws a StoreError
 * `incompatible` when the database was made by a newer server or by other migrations. Returns how many it applied.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<number> {
  return database.transaction(async (queries) => {
    await queries.query('SELECT pg_advisory_xact_lock($1)', [advisoryLock])
    await queries.script(
      'CREATE TABLE IF NOT EXISTS schema_migrations (version integer PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    )
    const applied = await queries.query<Applied>(
      'SELECT version, hash FROM schema_migrations ORDER BY version',
    )
    checkHistory(applied, migrations)
    const missing = migrations.slice(applied.length)
    for (const migration of missing) await apply(queries, migration)
    return missing.length
  })
}

async function apply(queries: Queries, { version, sql, hash }: Migration): Promise<void> {
  await queries.script(sql)
  await queries.query('INSERT INTO schema_migrations (version, hash) VALUES ($1, $2)', [version, hash])
}

function checkHistory(applied: readonly Applied[], migrations: readonly Migration[]): void {
  if (applied.length > migrations.length) {
    throw new StoreError(
      'incompatible',
      'The database was made by a newer version of the server: start that version, or give this one another database.',
    )
  }
  const differs = applied.some(({ version, hash }, index) => {
    const migration = migrations[index]
    return migration === undefined || migration.version !== version || migration.hash !== hash
  })
  if (differs) {
    throw new StoreError(
      'incompatible',
      'The tables of the database are not those of this server: give it a database of its own.',
    )
  }
}
