import { z } from 'zod'
import type { Queries } from '../database.ts'
import { openJson } from './book.ts'
import type { PersonaRow } from './persona-row.ts'

/** `superseded`: another session ended first, and what still comes of this one counts for nothing. */
export type SessionState = 'open' | 'finished' | 'superseded'

/** `words`: what colleagues' comments have told of the person before they were dropped. */
export const Progress = z.object({
  session: z.string(),
  cursor: z.string(),
  words: z.array(z.string()).optional(),
})

/** One collection. */
export interface SessionRow {
  readonly id: string
  readonly state: SessionState
  readonly revision: string
  readonly touchedAt: Date
  readonly progress: z.infer<typeof Progress>
}

interface Stored {
  readonly id: string | number | bigint
  readonly state: SessionState
  readonly revision: number
  readonly touched_at: Date
  readonly progress: Uint8Array
}

/** Sessions that hold samples: the finished one first, then those that go on, the latest first. */
export async function readSessions(queries: Queries, row: PersonaRow): Promise<SessionRow[]> {
  const stored = await queries.query<Stored>(
    `SELECT id, state, revision, progress, touched_at FROM persona_sessions
     WHERE persona = $1 AND state <> 'superseded'
     ORDER BY state = 'finished' DESC, touched_at DESC, id DESC`,
    [row.persona],
  )
  return stored.flatMap(({ id, state, revision, progress, touched_at: touchedAt }) => {
    const opened = openJson(row.textKey, { place: ['progress'], value: progress, shape: Progress })
    if (opened === undefined) return []
    return [{ id: String(id), state, revision: `${id}.${revision}`, progress: opened, touchedAt }]
  })
}
