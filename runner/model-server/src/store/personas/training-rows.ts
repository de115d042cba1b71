import { randomBytes } from 'node:crypto'
import type { TrainingStatus } from '@ai-review/protocol/persona'
import type { PersonaKey } from '../../personas/persona-key.ts'
import type { TrainingJob } from '../../personas/persona-store.ts'
import { StoreError } from '../database.ts'
import type { Book } from './book.ts'
import { changePersona } from './book.ts'
import { openRow, readRow, rowColumns } from './persona-row.ts'
import { readSessions } from './session-row.ts'

type TrainingState = TrainingStatus['state']
const ended: ReadonlySet<TrainingState> = new Set(['done', 'failed', 'cancelled'])

interface Stored {
  readonly persona: Uint8Array
  readonly salt: Uint8Array
  readonly about: Uint8Array
  readonly id: string
  readonly base_model: string
  readonly is_forced: boolean
  readonly learned_from: string | null
  readonly state: TrainingState
  readonly step: number
  readonly steps: number
  readonly seconds_left: number | null
  readonly message: string
  readonly version: string | null
  readonly position: number
}

/**
 * Open trainings in the order in which they go on: those under way first, then one of each repository after the other,
 * the repository that has waited longest first.
 */
const line = `
  SELECT id, row_number() OVER (ORDER BY taken_at IS NULL, turn, served NULLS FIRST, number) AS place
  FROM (
    SELECT o.id, o.taken_at, o.number,
      row_number() OVER (PARTITION BY o.repository ORDER BY o.taken_at IS NULL, o.number) AS turn,
      (SELECT max(s.taken_at) FROM persona_trainings s WHERE s.repository = o.repository) AS served
    FROM persona_trainings o WHERE o.is_open
  ) AS open`

const selected = `
  SELECT ${rowColumns}, t.id, t.base_model, t.is_forced, t.learned_from, t.state, t.step, t.steps, t.seconds_left,
    t.message, t.version, CASE WHEN t.state <> 'queued' THEN 0 ELSE (
      SELECT place::int - 1 FROM (${line}) AS line WHERE line.id = t.id
    ) END AS position
  FROM persona_trainings t JOIN personas p USING (persona)`

const isOutdated = 'taken_at IS NOT NULL AND learned_from IS DISTINCT FROM $4::text'
const cancelled = "state = 'cancelled', is_open = false, seconds_left = NULL"

/** What a persona's history is called now: the session that serves, and its revision. */
const revisionNow = `
  SELECT s.id || '.' || s.revision FROM persona_sessions s WHERE s.persona = t.persona AND s.state <> 'superseded'
  ORDER BY s.state = 'finished' DESC, s.touched_at DESC, s.id DESC LIMIT 1`

/**
 * Queues a training. One that is open is answered as it stands, forced from now on where this one is. One that has begun
 * on another history than there is now begins anew where this one is forced: whoever works on it loses it.
 */
export async function enqueue(book: Book, asked: Omit<TrainingJob, 'id' | 'status'>): Promise<TrainingJob> {
  const id = await changePersona(book, asked.key, async (queries, persona) => {
    const row = await readRow(book, queries, persona)
    if (row === null) return undefined
    const revision = (await readSessions(queries, row))[0]?.revision ?? null
    const [open] = await queries.query<{ readonly id: string }>(
      `UPDATE persona_trainings SET is_forced = is_forced OR $3,
         learned_from = CASE WHEN taken_at IS NULL THEN $4::text ELSE learned_from END
       WHERE persona = $1 AND base_model = $2 AND is_open AND NOT ($3 AND ${isOutdated}) RETURNING id`,
      [persona, asked.baseModel, asked.force, revision],
    )
    if (open !== undefined) return open.id
    await queries.query(
      `UPDATE persona_trainings SET ${cancelled}, changed_at = $3 WHERE persona = $1 AND base_model = $2 AND is_open`,
      [persona, asked.baseModel, new Date(book.now())],
    )
    const id = randomBytes(16).toString('hex')
    await queries.query(
      `INSERT INTO persona_trainings (id, persona, repository, base_model, is_forced, learned_from, state, is_open, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'queued', true, $7)`,
      [
        id,
        persona,
        book.names.repository(row.about.repositoryId),
        asked.baseModel,
        asked.force,
        revision,
        new Date(book.now()),
      ],
    )
    return id
  })
  const job = id === undefined ? null : await readJob(book, id)
  if (job === null)
    throw new StoreError('unavailable', 'The persona was forgotten: there is nothing to train.')
  return job
}

/**
 * The next training that nobody runs; those whose worker was silent for `staleMs` are among them. What was heard when is
 * told by the clock of the database: those of servers differ.
 */
export async function takeJob(
  book: Book,
  {
    worker,
    staleMs,
    baseModel,
  }: { readonly worker: string; readonly staleMs: number; readonly baseModel?: string | undefined },
): Promise<TrainingJob | null> {
  const [taken] = await book.database.query<{ readonly id: string }>(
    `UPDATE persona_trainings t SET worker = $1, heard_at = now(), taken_at = coalesce(taken_at, now()), changed_at = $2,
       learned_from = CASE WHEN taken_at IS NULL THEN (${revisionNow}) ELSE learned_from END,
       state = CASE WHEN state = 'queued' THEN 'preparing' ELSE state END
     WHERE id = (
       SELECT f.id FROM persona_trainings f JOIN (${line}) AS line ON line.id = f.id
       WHERE f.is_open AND (f.worker IS NULL OR f.heard_at < now() - $3 * interval '1 millisecond')
         AND ($4::text IS NULL OR f.base_model = $4)
       ORDER BY place LIMIT 1 FOR UPDATE OF f SKIP LOCKED)
     RETURNING id`,
    [worker, new Date(book.now()), staleMs, baseModel ?? null],
  )
  return taken === undefined ? null : readJob(book, taken.id)
}

/** Writes how a training stands, and that its worker lives. False where it is not this worker's any more. */
export async function reportJob(
  book: Book,
  { id, worker }: { readonly id: string; readonly worker: string },
  status: Partial<TrainingStatus>,
): Promise<boolean> {
  const { state, step, steps, secondsLeft, message, version } = status
  const rows = await book.database.query(
    `UPDATE persona_trainings SET
       state = coalesce($3, state),
       is_open = coalesce($4, is_open),
       worker = CASE WHEN $3 = 'queued' THEN NULL ELSE worker END,
       step = coalesce($5, step), steps = coalesce($6, steps),
       seconds_left = CASE WHEN $7 THEN $8::double precision ELSE seconds_left END,
       message = coalesce($9, message), version = coalesce($10, version),
       heard_at = now(), changed_at = $11
     WHERE id = $1 AND worker = $2 AND is_open RETURNING 1`,
    [
      id,
      worker,
      state ?? null,
      state === undefined ? null : !ended.has(state),
      step ?? null,
      steps ?? null,
      secondsLeft !== undefined,
      secondsLeft ?? null,
      message ?? null,
      version ?? null,
      new Date(book.now()),
    ],
  )
  return rows.length > 0
}

/** The open training of a persona, else the last one; with whether its comments are the same still. */
export async function readLastTraining(
  { database, names }: Book,
  key: PersonaKey,
  baseModel?: string,
): Promise<{ readonly job: TrainingJob; readonly isCurrent: boolean } | null> {
  const [stored] = await database.query<Stored>(
    `${selected} WHERE persona = $1 AND ($2::text IS NULL OR t.base_model = $2)
     ORDER BY t.is_open DESC, t.number DESC LIMIT 1`,
    [names.persona(key), baseModel ?? null],
  )
  const row = stored === undefined ? null : openRow(names, stored)
  if (stored === undefined || row === null) return null
  const [serving] = await readSessions(database, row)
  return { job: jobOf(stored, row.about), isCurrent: stored.learned_from === (serving?.revision ?? null) }
}

/** Ends the open trainings of a persona, and takes out what they have made and nobody has decided on. False where there is none. */
export async function cancelJobs({ database, names, now }: Book, key: PersonaKey): Promise<boolean> {
  const rows = await database.query(
    `WITH ended AS (
       UPDATE persona_trainings SET ${cancelled}, changed_at = $2 WHERE persona = $1 AND is_open
       RETURNING persona, version
     ), taken_out AS (
       UPDATE persona_versions v SET state = 'retired' FROM ended
       WHERE v.persona = ended.persona AND v.name = ended.version AND v.state IN ('training', 'candidate')
     )
     SELECT 1 FROM ended`,
    [names.persona(key), new Date(now())],
  )
  return rows.length > 0
}

/** Ids of all trainings that wait or run, on whatever server. */
export async function readOpenJobs({ database }: Book): Promise<string[]> {
  const rows = await database.query<{ readonly id: string }>('SELECT id FROM persona_trainings WHERE is_open')
  return rows.map(({ id }) => id)
}

async function readJob({ database, names }: Book, id: string): Promise<TrainingJob | null> {
  const [stored] = await database.query<Stored>(`${selected} WHERE t.id = $1`, [id])
  const row = stored === undefined ? null : openRow(names, stored)
  return stored === undefined || row === null ? null : jobOf(stored, row.about)
}

type Whose = PersonaKey & { readonly repositoryId: number; readonly personId: number }

function jobOf(stored: Stored, { owner, repository, login, repositoryId, personId }: Whose): TrainingJob {
  return {
    id: stored.id,
    key: { owner, repository, login },
    repositoryId,
    personId,
    baseModel: stored.base_model,
    force: stored.is_forced,
    status: {
      id: stored.id,
      state: stored.state,
      position: stored.position,
      step: stored.step,
      steps: stored.steps,
      secondsLeft: stored.seconds_left,
      message: stored.message,
      version: stored.version,
    },
  }
}
