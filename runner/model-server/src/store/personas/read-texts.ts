import type { PersonaKey } from '../../personas/persona-key.ts'
import type { PersonaTexts } from '../../personas/persona-store.ts'
import type { Book } from './book.ts'
import { changePersona } from './book.ts'
import { mergeReplies } from './merge-replies.ts'
import { readRow } from './persona-row.ts'
import { readSamples, removeSamples } from './sample-rows.ts'
import { readSessions } from './session-row.ts'

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
    }
  })
}

/** Takes away what only a training needs. */
export async function dropTrainingTexts(book: Book, key: PersonaKey): Promise<void> {
  await changePersona(book, key, async (queries, persona) => {
    const sessions = await queries.query<{ readonly id: string | number | bigint }>(
      "SELECT id FROM persona_sessions WHERE persona = $1 AND state = 'finished'",
      [persona],
    )
    for (const { id } of sessions) {
      await removeSamples({ queries, sessionId: String(id), kind: 'silence' })
      await removeSamples({ queries, sessionId: String(id), kind: 'colleague' })
    }
  })
  await book.database.erase()
}
