import type { PersonaKey } from '../../personas/persona-key.ts'
import type { PersonaTexts } from '../../personas/persona-store.ts'
import { tellingWords } from '../../personas/style/telling-words.ts'
import type { Queries } from '../database.ts'
import type { Book } from './book.ts'
import { changePersona, sealJson } from './book.ts'
import { mergeReplies } from './merge-replies.ts'
import { readRow } from './persona-row.ts'
import { readSamples, removeSamples, type Shelf } from './sample-rows.ts'
import { readSessions, type SessionRow } from './session-row.ts'

const nothing: PersonaTexts = { comments: [], silences: [], colleagues: [] }

/** Texts of the finished session; of the latest unfinished one where there is none. */
export async function readTexts({ database, names }: Book, key: PersonaKey): Promise<PersonaTexts> {
  return database.transaction(async (queries) => {
    const row = await readRow({ names }, queries, names.persona(key))
    if (row === null) return nothing
    const [serving] = await readSessions(queries, row)
    if (serving === undefined) return nothing
    const on = { queries, row, sessionId: serving.id }
    const comments = await readSamples({ ...on, kind: 'comment' })
    // Those of a finished session are in its comments already.
    const replies = await readSamples({ ...on, kind: 'reply' })
    return {
      comments: mergeReplies(comments, replies),
      silences: await readSamples({ ...on, kind: 'silence' }),
      colleagues: await readSamples({ ...on, kind: 'colleague' }),
      words: serving.progress.words,
    }
  })
}

/** Takes away what only a training needs, once one has brought a version. By which words the person is told apart stays: adapters are trained with them. */
export async function dropTrainingTexts(book: Book, key: PersonaKey): Promise<void> {
  await changePersona(book, key, async (queries, persona) => {
    const row = await readRow(book, queries, persona)
    const sessions = row === null ? [] : await readSessions(queries, row)
    for (const session of sessions.filter(({ state }) => state === 'finished')) {
      if (!(await hasTaught(queries, persona, session))) continue
      if (row !== null) await keepWords({ queries, row, sessionId: session.id }, session)
      await removeSamples({ queries, sessionId: session.id, kind: 'silence' })
      await removeSamples({ queries, sessionId: session.id, kind: 'colleague' })
    }
  })
  await book.database.erase()
}

/** A history that was read while a training ran is what the next one learns from. */
async function hasTaught(
  queries: Queries,
  persona: Uint8Array,
  { id }: Pick<SessionRow, 'id'>,
): Promise<boolean> {
  const [told] = await queries.query<{ readonly has_taught: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM persona_trainings
       WHERE persona = $1 AND split_part(learned_from, '.', 1) = $2 AND version IS NOT NULL
     ) AS has_taught`,
    [persona, id],
  )
  return told?.has_taught === true
}

async function keepWords(
  on: Omit<Shelf<'comment'>, 'kind'>,
  { id, progress }: Pick<SessionRow, 'id' | 'progress'>,
): Promise<void> {
  const others = await readSamples({ ...on, kind: 'colleague' })
  if (others.length === 0) return
  const own = await readSamples({ ...on, kind: 'comment' })
  const bodiesOf = (all: readonly { readonly body: string }[]) => all.map(({ body }) => body)
  const words = tellingWords(bodiesOf(own), bodiesOf(others))
  await on.queries.query('UPDATE persona_sessions SET progress = $2 WHERE id = $1::bigint', [
    id,
    sealJson(on.row.textKey, ['progress'], { ...progress, words }),
  ])
}
