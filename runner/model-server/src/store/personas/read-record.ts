import type { PersonaRecord } from '../../personas/persona-store.ts'
import type { Queries } from '../database.ts'
import type { PersonaRow } from './persona-row.ts'
import type { SessionRow } from './session-row.ts'
import { readSessions } from './session-row.ts'

interface Count {
  readonly session_id: string | number | bigint
  readonly kind: string
  readonly items: number
  readonly first: Date
  readonly last: Date
}

/** What is known of a persona without reading any text of its samples. */
export async function readRecord(queries: Queries, row: PersonaRow): Promise<PersonaRecord> {
  const sessions = await readSessions(queries, row)
  const [serving] = sessions
  const collecting = sessions.find(({ state }) => state === 'open')
  const counts = await countSamples(queries, sessions)
  const countOf = (session: SessionRow | undefined, kind: string) =>
    counts.find((count) => String(count.session_id) === session?.id && count.kind === kind)
  const comments = countOf(serving, 'comment')
  const { owner, repository, login, repositoryId, personId, consent } = row.about
  return {
    key: { owner, repository, login },
    repositoryId,
    personId,
    consent,
    revision: serving?.revision ?? 'none',
    comments: comments?.items ?? 0,
    silences: countOf(serving, 'silence')?.items ?? 0,
    window:
      comments === undefined ? null : { from: comments.first.toISOString(), to: comments.last.toISOString() },
    readAt: serving?.state === 'finished' ? serving.touchedAt.toISOString() : null,
    collection:
      collecting === undefined
        ? null
        : { ...collecting.progress, comments: countOf(collecting, 'comment')?.items ?? 0 },
    card: row.card,
  }
}

async function countSamples(queries: Queries, sessions: readonly SessionRow[]): Promise<readonly Count[]> {
  if (sessions.length === 0) return []
  return queries.query<Count>(
    `SELECT session_id, kind, count(*)::int AS items, min(at) AS first, max(at) AS last
     FROM persona_samples WHERE session_id = ANY ($1::bigint[]) GROUP BY session_id, kind`,
    [sessions.map(({ id }) => id)],
  )
}
