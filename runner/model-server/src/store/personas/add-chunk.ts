import type { SamplesChunk } from '@ai-review/protocol/persona'
import { personaLimits } from '@ai-review/protocol/persona'
import type { PersonaKey } from '../../personas/persona-key.ts'
import type { Queries } from '../database.ts'
import type { Book } from './book.ts'
import { changePersona, sealJson } from './book.ts'
import { mergeReplies } from './merge-replies.ts'
import type { PersonaRow } from './persona-row.ts'
import { readRow } from './persona-row.ts'
import type { Shelf } from './sample-rows.ts'
import {
  findSamples,
  insertSamples,
  keepNewest,
  readSamples,
  removeSamples,
  replaceSamples,
} from './sample-rows.ts'
import type { SessionState } from './session-row.ts'

/** Replies that wait for the comments that they answer; an answer of a few words each. */
const mostReplies = 40_000

/** Adds a piece of history. Nothing happens where the persona is gone or another's, or the session is over. */
export async function addChunk(book: Book, key: PersonaKey, chunk: SamplesChunk): Promise<void> {
  await changePersona(book, key, async (queries, persona) => {
    const row = await readRow(book, queries, persona)
    if (row === null || isAnothers(row, chunk)) return
    const session = await openSession(book, queries, { row, chunk })
    if (session.state !== 'open') return
    const on = { queries, row, sessionId: session.id }
    const added = await insertAll(on, chunk, new Date(book.now()))
    if (chunk.done) await finish(on)
    if (added > 0 || chunk.done) {
      await queries.query('UPDATE persona_sessions SET revision = revision + 1 WHERE id = $1::bigint', [
        session.id,
      ])
    }
  })
}

function isAnothers({ about }: PersonaRow, { repository, person }: SamplesChunk): boolean {
  return about.repositoryId !== repository.id || about.personId !== person.id
}

async function openSession(
  { names, now }: Book,
  queries: Queries,
  { row, chunk }: { readonly row: PersonaRow; readonly chunk: SamplesChunk },
): Promise<{ readonly id: string; readonly state: SessionState }> {
  const progress = sealJson(row.textKey, ['progress'], { session: chunk.session, cursor: chunk.cursor })
  const [session] = await queries.query<{
    readonly id: string | number | bigint
    readonly state: SessionState
  }>(
    `INSERT INTO persona_sessions (persona, session, state, progress, touched_at)
     VALUES ($1, $2, 'open', $3, $4)
     ON CONFLICT (persona, session) DO UPDATE SET
       progress = CASE WHEN persona_sessions.state = 'open' THEN excluded.progress ELSE persona_sessions.progress END,
       touched_at = excluded.touched_at
     RETURNING id, state`,
    [row.persona, names.session(chunk.session), progress, new Date(now())],
  )
  return { id: String(session?.id), state: session?.state ?? 'superseded' }
}

type Session = Omit<Shelf<'comment'>, 'kind'>

/** Returns how many samples were new, but for replies: they change comments only at the end. */
async function insertAll(on: Session, chunk: SamplesChunk, now: Date): Promise<number> {
  const dated = <Item extends { readonly at: string }>(items: readonly Item[]) =>
    items.map((sample) => ({ sample, at: new Date(sample.at) }))
  const comments = { ...on, kind: 'comment' } as const
  const silences = { ...on, kind: 'silence' } as const
  const colleagues = { ...on, kind: 'colleague' } as const
  const replies = { ...on, kind: 'reply' } as const
  const added =
    (await insertSamples(comments, dated(chunk.comments))) +
    (await insertSamples(silences, dated(chunk.silences))) +
    (await insertSamples(colleagues, dated(chunk.colleagues)))
  await insertSamples(
    replies,
    chunk.replies.map((sample) => ({ sample, at: now })),
  )
  await keepNewest(comments, personaLimits.comments)
  await keepNewest(silences, personaLimits.silences)
  await keepNewest(colleagues, personaLimits.colleagues)
  await keepNewest(replies, mostReplies)
  return added
}

/** The session takes the place of all others. Those that go on elsewhere stay as names, so that their rest is not taken for a whole. */
async function finish(on: Session): Promise<void> {
  const { queries, row, sessionId } = on
  await settleReplies(on)
  const others = await queries.query<{ readonly id: string | number | bigint }>(
    `UPDATE persona_sessions SET state = 'superseded' WHERE persona = $1 AND id <> $2::bigint RETURNING id`,
    [row.persona, sessionId],
  )
  await queries.query('DELETE FROM persona_samples WHERE session_id = ANY ($1::bigint[])', [
    others.map(({ id }) => String(id)),
  ])
  await queries.query("UPDATE persona_sessions SET state = 'finished' WHERE id = $1::bigint", [sessionId])
}

async function settleReplies(on: Session): Promise<void> {
  const shelf = { ...on, kind: 'comment' } as const
  const replies = await readSamples({ ...on, kind: 'reply' })
  const answered = [...new Set(replies.map(({ to }) => to))]
  for await (const comments of findSamples(shelf, answered)) {
    const merged = mergeReplies(comments, replies)
    await replaceSamples(
      shelf,
      merged.filter((comment, index) => comment !== comments[index]),
    )
  }
  await removeSamples({ ...on, kind: 'reply' })
}
