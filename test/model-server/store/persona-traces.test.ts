import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, test } from 'vitest'
import type { Database } from '../../../runner/model-server/src/store/database.ts'
import { createPersonaStore } from '../../../runner/model-server/src/store/persona-store.ts'
import { openPGlite } from '../../../runner/model-server/src/store/pglite-database.ts'
import { createResponseCache } from '../../../runner/model-server/src/store/response-cache.ts'
import { dialects, stopPostgres } from '../support/dialects.ts'
import {
  aChunk,
  aColleagueComment,
  aConsent,
  aKey,
  aPastComment,
  aRepository,
  aSilence,
  aVersion,
  comments,
} from '../support/persona-parts.ts'

afterAll(stopPostgres)

const secret = randomBytes(32)
const key = { owner: 'markerowner', repository: 'markershop', login: 'markerlead' }
const about = {
  repository: { ...aRepository, owner: key.owner, name: key.repository },
  person: { id: 41, login: key.login },
}
/** Every name and text that goes in below has this in it. */
const marker = /marker/i

async function live(database: Database) {
  const store = createPersonaStore({ database, secret })
  await store.agree(key, { repositoryId: 7, personId: 41, consent: aConsent() })
  const silence = { ...aSilence('a'), path: 'marker/quiet.ts', hunk: '+marker' }
  const past = { path: 'marker.ts', body: 'A MARKER?', hunk: '+marker', context: 'marker', after: 'marker' }
  const chunk = {
    ...about,
    session: 'marker-session',
    cursor: 'marker-cursor',
    comments: comments(1, 20).map((comment) => aPastComment({ ...past, id: comment.id })),
    silences: [silence],
    colleagues: [{ ...aColleagueComment(9), body: 'marker' }],
  }
  await store.addChunk(key, aChunk(chunk))
  await store.addChunk(key, aChunk({ ...chunk, done: true }))
  await store.addChunk(key, aChunk({ ...chunk, session: 'marker-again' }))
  await store.saveVersion(
    aVersion({ key, state: 'live', gate: { isPassed: true, reasons: ['marker'], measures: [], cases: 1 } }),
  )
  await store.enqueue({ key, repositoryId: 7, personId: 41, baseModel: 'model-1', force: false })
  const cache = createResponseCache({ database, secret, hours: 1, onFailure: () => {} })
  await cache.set('marker', 'marker', { repositoryId: 7, login: key.login })
  return store
}

/** Every row of every table as text, and binary columns also as the bytes they are. */
async function dump(
  database: Database,
): Promise<{ readonly text: string; readonly rows: Record<string, number> }> {
  const tables = await database.query<{ readonly name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  )
  const rows: Record<string, number> = {}
  let text = ''
  for (const { name } of tables) {
    const found = await database.query<Record<string, unknown>>(`SELECT * FROM ${name}`)
    rows[name] = found.length
    for (const row of found) {
      for (const value of Object.values(row)) {
        text += `${value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)}\n`
      }
    }
  }
  return { text, rows }
}

describe.each(dialects)('a full dump of $name', ({ open }) => {
  test('holds neither name nor text while a persona lives, and after it is forgotten keyed hashes alone', async () => {
    await using opened = await open()
    const { database } = opened
    const store = await live(database)
    const living = await dump(database)
    expect(living.text).not.toMatch(marker)
    expect(living.rows).toMatchObject({
      personas: 1,
      persona_samples: 44,
      persona_versions: 1,
      persona_trainings: 1,
    })

    const { hashes } = await store.forget(key)
    for (const hash of hashes) await store.removeLeftover(hash, async () => {})
    const { text, rows } = await dump(database)
    expect(text).not.toMatch(marker)
    const { schema_migrations: _migrations, ...kept } = rows
    expect(Object.entries(kept).filter(([, count]) => count > 0)).toEqual([['persona_withdrawals', 2]])
  })
})

test('the files of the embedded database hold neither name nor text, nor a salt once the persona is forgotten', async () => {
  const [embedded] = dialects
  await using opened = await embedded.open()
  const store = await live(opened.database)
  // Somebody else stays, so that the pages of the table stay, too.
  await store.agree(aKey, { repositoryId: 7, personId: 42, consent: aConsent() })
  const [row] = await opened.database.query<{ readonly salt: Uint8Array }>(
    'SELECT salt FROM personas ORDER BY ctid LIMIT 1',
  )
  const salt = Buffer.from(row?.salt ?? []).toString('latin1')
  expect(salt).toHaveLength(32)
  const tables = () => filesUnder(join(opened.directory, 'database', 'base'))
  expect((await tables()).length).toBeGreaterThan(10)
  await opened.database.tidy()
  expect((await filesUnder(opened.directory)).filter((text) => marker.test(text))).toEqual([])
  expect(
    (await tables()).filter((text) => text.includes(salt)),
    'it is looked for rightly',
  ).not.toEqual([])

  await store.forget(key)
  expect((await filesUnder(opened.directory)).filter((text) => marker.test(text))).toEqual([])
  // The write-ahead log held it, too: beside it lies all that it opens.
  expect((await filesUnder(opened.directory)).filter((text) => text.includes(salt))).toEqual([])
})

async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))
}

test('a server that is killed between pieces has lost none that it had taken', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ai-review-killed-'))
  const sources = join(import.meta.dirname, '../../../runner/model-server/src/store')
  const support = join(import.meta.dirname, '../support/persona-parts.ts')
  const program = `
    import { openPGlite } from ${JSON.stringify(join(sources, 'pglite-database.ts'))}
    import { migrate, readMigrations } from ${JSON.stringify(join(sources, 'migrate.ts'))}
    import { createPersonaStore } from ${JSON.stringify(join(sources, 'persona-store.ts'))}
    import { aChunk, aConsent, aKey, comments } from ${JSON.stringify(support)}
    const database = await openPGlite(${JSON.stringify(directory)})
    await migrate(database, await readMigrations())
    const store = createPersonaStore({ database, secret: Buffer.from(${JSON.stringify(secret.toString('hex'))}, 'hex') })
    await store.agree(aKey, { repositoryId: 7, personId: 41, consent: aConsent() })
    for (let piece = 0; ; piece++) {
      await store.addChunk(aKey, aChunk({ cursor: String(piece), comments: comments(piece * 5 + 1, 5) }))
      console.log(piece)
    }
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let last = -1
  for await (const line of createInterface(child.stdout)) {
    last = Number(line)
    if (last >= 7) break
  }
  child.kill('SIGKILL')
  await once(child, 'exit')

  await using database = await openPGlite(directory)
  const store = createPersonaStore({ database, secret })
  const record = await store.find({ owner: 'acme', repository: 'shop', login: 'lead' })
  const cursor = Number(record?.collection?.cursor)
  expect(cursor).toBeGreaterThanOrEqual(last)
  expect(record?.comments, 'cursor and comments are of the same piece').toBe((cursor + 1) * 5)
  await rm(directory, { recursive: true, force: true })
})
