import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../../runner/model-server/src/store/database.ts'
import { migrate, readMigrations } from '../../../runner/model-server/src/store/migrate.ts'
import { openPGlite } from '../../../runner/model-server/src/store/pglite-database.ts'
import { openPostgres } from '../../../runner/model-server/src/store/postgres-database.ts'
import { type Postgres, startPostgres } from '../../support/postgres.ts'

export interface OpenedDatabase extends AsyncDisposable {
  readonly database: Database
  /** Where the files of the embedded one lie. */
  readonly directory: string
}

let postgres: Promise<Postgres> | undefined

/** Both databases that the store speaks to, each with its tables made. PostgreSQL is started on first use. */
export const dialects = [
  { name: 'PGlite', open: openEmbedded },
  { name: 'PostgreSQL', open: openServer },
] as const

/** Ends the PostgreSQL of this test file. */
export async function stopPostgres(): Promise<void> {
  await (await postgres)?.[Symbol.asyncDispose]()
  postgres = undefined
}

async function openEmbedded(): Promise<OpenedDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'ai-review-personas-'))
  const database = await openPGlite(directory)
  await migrate(database, await readMigrations())
  return {
    database,
    directory,
    [Symbol.asyncDispose]: async () => {
      await database[Symbol.asyncDispose]()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function openServer(): Promise<OpenedDatabase> {
  postgres ??= startPostgres()
  const database = openPostgres(await (await postgres).createDatabase())
  await migrate(database, await readMigrations())
  return { database, directory: '', [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() }
}
