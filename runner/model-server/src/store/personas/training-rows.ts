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

const selected = `
  SELECT ${rowColumns}, t.id, t.base_model, t.is_forced, t.learned_from, t.state, t.step, t.steps, t.seconds_left,
    t.message, t.version, CASE WHEN t.state <> 'queued' THEN 0 ELSE (
      SELECT count(*)::int FROM persona_trainings o WHERE o.is_open AND o.number < t.number
    ) END AS position
  FROM persona_trainings t JOIN personas p USING (persona)`

/** Queues a training. One that is open is answered as it stands, forced from now on where this one is. */
export async function enqueue(book: Book, asked: Omit<TrainingJob, 'id' | 'status'>): Promise<TrainingJob> {
  const id = await changePersona(book, asked.key, async (queries, persona) => {
    const row = await readRow(book, queries, persona)
    if (row === null) return undefined
    const [serving] = await readSessions(queries, row)
    const [open] = await queries.query<{ readonly id: string }>(
      `INSERT INTO persona_trainings (id, persona, base_model, is_forced, learned_from, state, is_open, changed_at)
       VALUES ($1, $2, $3, $4, $5, 'queued', true, $6)
       ON CONFLICT (persona, base_model) WHERE is_open
       DO UPDATE SET is_forced = persona_trainings.is_forced OR excluded.is_forced,
         learned_from = CASE WHEN persona_trainings.state = 'queued' THEN excluded.learned_from
           ELSE persona_trainings.learned_from END
       RETURNING id`,
      [
        randomBytes(16).toString('hex'),
        persona,
        asked.baseModel,
        asked.force,
        serving?.revision ?? null,
        new Date(book.now()),
      ],
    )
    return open?.id
  })
  const job = id === undefined ? null : await readJob(book, id)
  if (job === null)
    throw new StoreError('unavailable', 'The persona was forgotten: there is nothing to train.')
  return job
}

/** The oldest training that nobody runs; those whose worker was silent for `staleMs` are among them. */
export async function takeJob(
  book: Book,
  {
    worker,
    staleMs,
    baseModel,
  }: { readonly worker: string; readonly staleMs: number; readonly baseModel?: string | undefined },
): Promise<TrainingJob | null> {
  const now = book.now()
  const [taken] = await book.database.query<{ readonly id: string }>(
    `UPDATE persona_trainings SET worker = $1, heard_at = $2, changed_at = $2,
       state = CASE WHEN state = 'queued' THEN 'preparing' ELSE state END
     WHERE id = (
       SELECT id FROM persona_trainings WHERE is_open AND (worker IS NULL OR heard_at < $3)
         AND ($4::text IS NULL OR base_model = $4)
       ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id`,
    [worker, new Date(now), new Date(now - staleMs), baseModel ?? null],
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
       heard_at = $11, changed_at = $11
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

/** Ends the open trainings of a persona. False where there is none. */
export async function cancelJobs({ database, names, now }: Book, key: PersonaKey): Promise<boolean> {
  const rows = await database.query(
    `UPDATE persona_trainings SET state = 'cancelled', is_open = false, seconds_left = NULL, changed_at = $2
     WHERE persona = $1 AND is_open RETURNING 1`,
    [names.persona(key), new Date(now())],
  )
  return rows.length > 0
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
