import { Pool } from 'pg'
import type { Database, Queries } from './database.ts'
import { StoreError } from './database.ts'

/** A slow database must not hold a review: it fails fast and the review goes on without it. Milliseconds. */
const patience = { connect: 2000, statement: 5000, answer: 6000 } as const
const connections = 5

interface PgClient {
  query(sql: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>
}

/** A PostgreSQL server by its URL. Connects on first use. */
export function openPostgres(url: string): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: patience.connect,
    statement_timeout: patience.statement,
    query_timeout: patience.answer,
    application_name: 'ai-review',
  })
  // A connection that breaks while idle is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {})

  return {
    kind: 'postgres',
    ...queriesOf(pool),
    transaction: (work) => inTransaction(pool, work),
    // PostgreSQL vacuums by itself.
    tidy: async () => {},
    // A rewrite of a table would hold up every replica; what was deleted is encrypted, and vacuumed in its time.
    erase: async () => {},
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

async function inTransaction<Result>(
  pool: Pool,
  work: (queries: Queries) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw unavailable(cause)
  })
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(queriesOf(client))
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: unknown) => {
      broken = cause instanceof Error ? cause : new Error('The connection broke')
    })
    throw error instanceof StoreError ? error : unavailable(error)
  } finally {
    client.release(broken)
  }
}

function queriesOf(client: PgClient): Queries {
  return {
    query: async <Row>(sql: string, values: readonly unknown[] = []) => {
      try {
        return (await client.query(sql, [...values])).rows as Row[]
      } catch (cause) {
        throw unavailable(cause)
      }
    },
    script: async (sql) => {
      try {
        await client.query(sql)
      } catch (cause) {
        throw unavailable(cause)
      }
    },
  }
}

function unavailable(cause: unknown): StoreError {
  return new StoreError(
    'unavailable',
    `PostgreSQL did not do what was asked (${codeOf(cause)}): check DATABASE_URL and the server.`,
    { cause },
  )
}

/** A code of the system or of PostgreSQL (ECONNREFUSED, 28P01): words of theirs, none of the data. */
function codeOf(cause: unknown): string {
  const { code } = cause as { readonly code?: unknown }
  return typeof code === 'string' && /^[A-Z0-9_]{1,32}$/.test(code) ? code : 'no answer'
}
