import type { KeptPersonas, PersonaCensus, PersonaRecord } from '../personas/persona-store.ts'
import type { Database } from './database.ts'
import { addChunk } from './personas/add-chunk.ts'
import type { Book } from './personas/book.ts'
import { agree, isWithdrawn } from './personas/consents.ts'
import { readVoicesOn, recordFeedback } from './personas/feedback-rows.ts'
import { forget } from './personas/forget.ts'
import { hashNames } from './personas/hashed-names.ts'
import { readLeftovers, removeLeftover } from './personas/leftover-rows.ts'
import { openRow, readRow, rowColumns } from './personas/persona-row.ts'
import { readNames } from './personas/read-names.ts'
import { readRecord } from './personas/read-record.ts'
import { dropTrainingTexts, readTexts } from './personas/read-texts.ts'
import { readDue, setRefresh } from './personas/refresh.ts'
import { giveUpFiles, readSpent } from './personas/spent-rows.ts'
import {
  cancelJobs,
  enqueue,
  readLastTraining,
  readOpenJobs,
  reportJob,
  takeJob,
} from './personas/training-rows.ts'
import {
  readFeedback,
  readServing,
  readVersions,
  readWaiting,
  saveVersion,
  setVersionState,
} from './personas/version-rows.ts'

/** A collection that nobody has gone on with for this long is dropped. */
const abandonedMs = 7 * 24 * 3_600_000

interface PersonaStoreOptions {
  readonly database: Database
  /** Of the server: names are hashed and texts encrypted under keys derived from it. */
  readonly secret: Uint8Array
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/** What the server keeps of personas, in PGlite or PostgreSQL. */
export function createPersonaStore({ database, secret, now = Date.now }: PersonaStoreOptions): KeptPersonas {
  const book: Book = { database, names: hashNames(secret), now }
  const look: KeptPersonas['look'] = async (key) => {
    const persona = book.names.persona(key)
    const row = await readRow(book, database, persona)
    return {
      record: row === null ? null : await readRecord(database, row),
      isWithdrawn: await isWithdrawn(database, persona),
    }
  }
  return {
    look,
    find: (key) =>
      look(key).then(
        ({ record }) => record,
        () => null,
      ),
    isWithdrawn: (key) =>
      look(key).then(
        (seen) => seen.isWithdrawn,
        () => false,
      ),
    findByCard: (card) => findByCard(book, card),
    agree: (key, agreement) => agree(book, key, agreement),
    forget: (key, withdrawal) => forget(book, key, withdrawal),
    leftovers: () => readLeftovers(database),
    removeLeftover: (hash, remove) => removeLeftover(database, hash, remove),
    spentAdapters: (baseModel) => readSpent(database, baseModel),
    giveUpFiles: (hash) => giveUpFiles(database, hash),
    namesOf: (login, numbers) => readNames(book, login, numbers),

    addChunk: (key, chunk) => addChunk(book, key, chunk),
    texts: (key) => readTexts(book, key),
    dropTrainingTexts: (key) => dropTrainingTexts(book, key),

    versions: (key, baseModel) => readVersions(book, key, baseModel),
    saveVersion: (version) => saveVersion(book, version),
    setVersionState: (key, name, state) => setVersionState(book, key, { name, state }),
    servingVersions: (baseModel) => readServing(book, baseModel),
    waitingVersions: (baseModel) => readWaiting(book, baseModel),

    enqueue: (job) => enqueue(book, job),
    takeJob: (worker, staleMs, baseModel) => takeJob(book, { worker, staleMs, baseModel }),
    reportJob: (id, worker, status) => reportJob(book, { id, worker }, status),
    job: async (key, baseModel) => (await readLastTraining(book, key, baseModel))?.job ?? null,
    lastTraining: (key, baseModel) => readLastTraining(book, key, baseModel),
    cancelJob: (key) => cancelJobs(book, key),
    openJobs: () => readOpenJobs(book),

    recordFeedback: (repositoryId, pullRequest, outcomes) =>
      recordFeedback(book, { repositoryId, pullRequest, outcomes }),
    feedbackOf: (key, adapter) => readFeedback(book, key, adapter),
    voicesOn: (repositoryId, pullRequest) => readVoicesOn(book, repositoryId, pullRequest),
    dueForRefresh: (before) => readDue(book, before),
    setRefresh: (key, refresh) => setRefresh(book, key, refresh),
    census: () => readCensus(database),
    tidy: () => dropAbandoned(book),
  }
}

async function findByCard({ database, names }: Book, card: string): Promise<PersonaRecord | null> {
  const [stored] = await database.query<Parameters<typeof openRow>[1]>(
    `SELECT ${rowColumns} FROM personas p WHERE p.card = $1`,
    [names.card(card)],
  )
  const row = stored === undefined ? null : openRow(names, stored)
  return row === null ? null : readRecord(database, row)
}

async function readCensus(database: Database): Promise<PersonaCensus> {
  const [counted] = await database.query<{ readonly personas: number }>(
    'SELECT count(*)::int AS personas FROM personas',
  )
  const trainings = await database.query<{ readonly state: string; readonly jobs: number }>(
    'SELECT state, count(*)::int AS jobs FROM persona_trainings GROUP BY state',
  )
  return {
    personas: counted?.personas ?? 0,
    trainings: Object.fromEntries(trainings.map(({ state, jobs }) => [state, jobs])),
  }
}

async function dropAbandoned({ database, now }: Book): Promise<void> {
  await database.query("DELETE FROM persona_sessions WHERE state <> 'finished' AND touched_at < $1", [
    new Date(now() - abandonedMs),
  ])
}
