import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FinishedReview } from '../../../runner/model-server/src/admission/review.ts'
import { Review } from '../../../runner/model-server/src/admission/review.ts'
import { describeError } from '../../../runner/model-server/src/plugins/describe-error.ts'
import type { Database } from '../../../runner/model-server/src/store/database.ts'
import { StoreError } from '../../../runner/model-server/src/store/database.ts'
import { migrate, readMigrations } from '../../../runner/model-server/src/store/migrate.ts'
import { openStore, type StoreTurn } from '../../../runner/model-server/src/store/open-store.ts'
import { openPGlite } from '../../../runner/model-server/src/store/pglite-database.ts'
import { openPostgres } from '../../../runner/model-server/src/store/postgres-database.ts'
import { recordReview } from '../../../runner/model-server/src/store/record-review.ts'
import { createResponseCache, forgetExpired } from '../../../runner/model-server/src/store/response-cache.ts'
import type { Postgres } from '../../support/postgres.ts'
import { startPostgres } from '../../support/postgres.ts'
import { aPipelineResult, aRankedFinding, until } from '../support/review-parts.ts'

let postgres: Postgres
const directories: string[] = []

beforeAll(async () => {
  postgres = await startPostgres()
})

afterAll(async () => {
  await postgres[Symbol.asyncDispose]()
  await Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true })))
})

async function aDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ai-review-store-'))
  directories.push(directory)
  return directory
}

function aFinishedReview(overrides: Partial<FinishedReview> = {}): FinishedReview {
  const review = new Review({
    id: randomBytes(16).toString('hex'),
    caller: 'local',
    repositoryId: 2 ** 40,
    number: 3,
    head: 'a'.repeat(40),
    effort: 'standard',
    policyHash: 'b'.repeat(64),
    receivedAt: Date.now(),
    canBeResumed: false,
  })
  return { review, outcome: 'complete', totalMs: 12.5, result: aPipelineResult(), ...overrides }
}

const dialects = [
  { name: 'PGlite', open: async () => openPGlite(await aDirectory()) },
  { name: 'PostgreSQL', open: async () => openPostgres(await postgres.createDatabase()) },
]

describe.each(dialects)('the store on $name', ({ open }) => {
  let database: Database

  beforeAll(async () => {
    database = await open()
    await migrate(database, await readMigrations())
  })

  afterAll(async () => {
    await database[Symbol.asyncDispose]()
  })

  test('migrates once and finds nothing to do the next time', async () => {
    expect(await migrate(database, await readMigrations())).toBe(0)
  })

  test('refuses a database of a newer server, and one whose migrations differ', async () => {
    const migrations = await readMigrations()
    await expect(migrate(database, [])).rejects.toMatchObject({ code: 'incompatible' })
    const others = migrations.map((migration) => ({ ...migration, hash: 'other' }))
    await expect(migrate(database, others)).rejects.toMatchObject({ code: 'incompatible' })
  })

  test('leaves nothing of a migration that fails half-way', async () => {
    const migrations = await readMigrations()
    const broken = {
      version: migrations.length + 1,
      hash: 'x',
      sql: 'CREATE TABLE half (a int); SELECT no_such_thing',
    }
    await expect(migrate(database, [...migrations, broken])).rejects.toBeInstanceOf(StoreError)
    const tables = await database.query("SELECT 1 FROM information_schema.tables WHERE table_name = 'half'")
    expect(tables).toEqual([])
    expect(await migrate(database, migrations)).toBe(0)
  })

  test('records a review with its findings as numbers and hashes', async () => {
    const finding = aRankedFinding({ title: 'TITLE-MARKER', body: 'BODY-MARKER', path: 'PATH-MARKER' })
    const finished = aFinishedReview({ result: aPipelineResult({ findings: [finding, finding] }) })
    await recordReview(database, finished)

    const reviews = await database.query<Record<string, unknown>>('SELECT * FROM reviews WHERE id = $1', [
      finished.review.id,
    ])
    expect(reviews).toHaveLength(1)
    expect(reviews[0]).toMatchObject({
      outcome: 'complete',
      hunks: 1,
      reviewed_hunks: 1,
      head: 'a'.repeat(40),
    })
    const findings = await database.query<Record<string, unknown>>(
      "SELECT encode(identity, 'hex') AS identity, severity, has_suggestion FROM findings WHERE review_id = $1",
      [finished.review.id],
    )
    expect(findings).toHaveLength(2)
    expect(findings[0]).toEqual({ identity: finding.identity, severity: 'high', has_suggestion: false })
    const all = JSON.stringify(await database.query('SELECT r::text, f::text FROM reviews r, findings f'))
    expect(all).not.toContain('MARKER')
  })

  test('records a review that ended without a result', async () => {
    const finished = aFinishedReview({ outcome: 'superseded' })
    const { result: _result, ...withoutResult } = finished
    await recordReview(database, withoutResult)
    const rows = await database.query('SELECT outcome FROM reviews WHERE id = $1', [finished.review.id])
    expect(rows).toEqual([{ outcome: 'superseded' }])
  })

  test('records all of a review or nothing', async () => {
    const finding = aRankedFinding({ identity: 'no hex' })
    const finished = aFinishedReview({ result: aPipelineResult({ findings: [finding] }) })
    await expect(recordReview(database, finished)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await database.query('SELECT 1 FROM reviews WHERE id = $1', [finished.review.id])).toEqual([])
  })

  test('keeps answers encrypted, for their lifetime, under their key alone', async () => {
    let now = Date.now()
    const failures: unknown[] = []
    const options = {
      database,
      hours: 2,
      onFailure: (error: unknown) => failures.push(error),
      now: () => now,
    }
    const cache = createResponseCache({ ...options, secret: randomBytes(32) })
    const answer = 'ANSWER-MARKER \u0000 \ud83d\ude00'
    await cache.set('KEY-MARKER', answer)
    expect(await cache.get('KEY-MARKER')).toBe(answer)
    expect(await cache.get('another key')).toBeUndefined()

    const rows = await database.query<{ readonly row: string }>(
      "SELECT encode(key_hash, 'escape') || encode(value, 'escape') AS row FROM response_cache",
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.row).not.toContain('MARKER')

    const stranger = createResponseCache({ ...options, secret: randomBytes(32) })
    expect(await stranger.get('KEY-MARKER')).toBeUndefined()

    await cache.set('KEY-MARKER', 'newer')
    expect(await cache.get('KEY-MARKER')).toBe('newer')
    now += 2 * 3_600_000 + 1
    expect(await cache.get('KEY-MARKER')).toBeUndefined()
    await forgetExpired(database, now)
    expect(await database.query('SELECT 1 FROM response_cache')).toEqual([])
    expect(failures).toEqual([])
  })

  test('takes a value that was tampered with, or moved to another key, for no value', async () => {
    const cache = createResponseCache({ database, hours: 2, secret: randomBytes(32), onFailure: () => {} })
    await cache.set('one', 'first')
    await cache.set('two', 'second')
    await database.query(
      'UPDATE response_cache a SET value = b.value FROM response_cache b WHERE a.key_hash <> b.key_hash',
    )
    expect(await cache.get('one')).toBeUndefined()
    await database.query("UPDATE response_cache SET value = 'short'::bytea")
    expect(await cache.get('two')).toBeUndefined()
  })

  test('answers the next query after one that failed', async () => {
    await expect(database.query('SELECT no_such_thing')).rejects.toMatchObject({ code: 'unavailable' })
    expect(await database.query('SELECT $1::int AS one', [1])).toEqual([{ one: 1 }])
    await database.tidy()
  })
})

test('a second server is kept out of the directory of the embedded database, and told who holds it', async () => {
  const directory = await aDirectory()
  await using database = await openPGlite(directory)
  await expect(openPGlite(directory)).rejects.toThrow(`in use by process ${process.pid}`)
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a lock left by a process that is gone is taken over at once', async () => {
  const directory = await aDirectory()
  const program = `
    import { openPGlite } from ${JSON.stringify(join(import.meta.dirname, '../../../runner/model-server/src/store/pglite-database.ts'))}
    const database = await openPGlite(${JSON.stringify(directory)})
    await database.script('CREATE TABLE kept (a int); INSERT INTO kept VALUES (1)')
    process.kill(process.pid, 'SIGKILL')
  `
  const { spawnSync } = await import('node:child_process')
  const killed = spawnSync(process.execPath, ['--input-type=module', '-e', program])
  expect(killed.signal).toBe('SIGKILL')
  expect(await readdir(directory)).toContain('database.lock')
  await using database = await openPGlite(directory)
  expect(await database.query('SELECT a FROM kept')).toEqual([{ a: 1 }])
})

test('servers that start together on one PostgreSQL migrate it once', async () => {
  const url = await postgres.createDatabase()
  const migrations = await readMigrations()
  const databases = [openPostgres(url), openPostgres(url), openPostgres(url)]
  const applied = await Promise.all(databases.map((database) => migrate(database, migrations)))
  expect(applied.toSorted()).toEqual([0, 0, migrations.length])
  await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()))
})

test('a database that cannot be reached is told when the store is opened', async () => {
  const databaseUrl = 'postgres://test@127.0.0.1:1/none'
  const options = { directory: await aDirectory(), databaseUrl, cacheSecret: randomBytes(32), cacheHours: 1 }
  await expect(openStore({ ...options, onFailure: () => {} })).rejects.toMatchObject({ code: 'unavailable' })
})

test('the store goes on when PostgreSQL dies: cached answers are missing, failures are told, nothing throws', async () => {
  await using dying = await startPostgres()
  const failures: unknown[] = []
  await using store = await openStore({
    directory: await aDirectory(),
    databaseUrl: await dying.createDatabase(),
    cacheSecret: randomBytes(32),
    cacheHours: 1,
    onFailure: (error) => failures.push(error),
  })
  await store.cache.set('key', 'answer')
  expect(await store.cache.get('key')).toBe('answer')
  await dying.kill()
  expect(await store.cache.get('key')).toBeUndefined()
  expect(store.isAvailable()).toBe(false)
  expect(failures).toHaveLength(1)
  expect(failures[0]).toBeInstanceOf(StoreError)
})

test('an outage is told once, with what the database said, and so is its end', async () => {
  const databaseUrl = await postgres.createDatabase()
  const turns: StoreTurn[] = []
  let failures = 0
  await using store = await openStore({
    directory: await aDirectory(),
    databaseUrl,
    cacheSecret: randomBytes(32),
    cacheHours: 0,
    onFailure: () => {
      failures += 1
    },
    onTurn: (turn) => turns.push(turn),
  })
  await using database = openPostgres(databaseUrl)
  await database.script('ALTER TABLE reviews RENAME TO elsewhere')
  for (let count = 0; count < 3; count++) store.record(aFinishedReview())
  await until(() => failures === 3)
  expect(turns).toHaveLength(1)
  const [down] = turns
  expect(down).toMatchObject({ available: false })
  expect(describeError(down?.available === false && down.error)).toMatchObject({
    code: 'unavailable',
    causeCode: '42P01',
  })

  await database.script('ALTER TABLE elsewhere RENAME TO reviews')
  store.record(aFinishedReview())
  await until(() => store.isAvailable())
  expect(turns.slice(1)).toEqual([{ available: true }])
})

test('a store without a lifetime for answers writes none', async () => {
  const databaseUrl = await postgres.createDatabase()
  await using store = await openStore({
    directory: await aDirectory(),
    databaseUrl,
    cacheSecret: randomBytes(32),
    cacheHours: 0,
    onFailure: () => {},
  })
  await store.cache.set('key', 'answer')
  expect(await store.cache.get('key')).toBeUndefined()
  await using database = openPostgres(databaseUrl)
  expect(await database.query('SELECT 1 FROM response_cache')).toEqual([])
})

test('disposing of the store waits for what is being recorded', async () => {
  const databaseUrl = await postgres.createDatabase()
  const finished = aFinishedReview()
  {
    await using store = await openStore({
      directory: await aDirectory(),
      databaseUrl,
      cacheSecret: randomBytes(32),
      cacheHours: 0,
      onFailure: () => {},
    })
    store.record(finished)
  }
  await using database = openPostgres(databaseUrl)
  expect(await database.query('SELECT id FROM reviews')).toEqual([{ id: finished.review.id }])
})

test('no table has a column for text of a change', async () => {
  const sql = await readFile(
    join(import.meta.dirname, '../../../runner/model-server/src/store/migrations/0001-reviews.sql'),
    'utf8',
  )
  const columns = sql.matchAll(/^ {2}(\w+) /gm)
  expect([...columns].map((match) => match[1])).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(path|title|body|text|suggestion|message)$/)]),
  )
})
