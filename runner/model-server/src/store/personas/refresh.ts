import type { PersonaKey } from '../../personas/persona-key.ts'
import type { PersonaRecord } from '../../personas/persona-store.ts'
import type { Book } from './book.ts'
import { openRow, rowColumns } from './persona-row.ts'
import { readRecord } from './read-record.ts'

export async function setRefresh(
  { database, names }: Book,
  key: PersonaKey,
  refresh: 'never' | 'weekly',
): Promise<void> {
  await database.query('UPDATE personas SET refresh = $2 WHERE persona = $1', [names.persona(key), refresh])
}

/**
 * Personas that are refreshed weekly, have a finished collection that no training has learned from, and whose last
 * training ended before `before`.
 */
export async function readDue({ database, names }: Book, before: Date): Promise<PersonaRecord[]> {
  const rows = await database.query<Parameters<typeof openRow>[1]>(
    `SELECT ${rowColumns} FROM personas p
     JOIN persona_sessions s ON s.persona = p.persona AND s.state = 'finished'
     WHERE p.refresh = 'weekly' AND NOT EXISTS (
       SELECT 1 FROM persona_trainings t WHERE t.persona = p.persona
         AND (t.is_open OR t.changed_at >= $1 OR t.learned_from = s.id || '.' || s.revision))`,
    [before],
  )
  const opened = rows.map((stored) => openRow(names, stored)).filter((row) => row !== null)
  return Promise.all(opened.map((row) => readRecord(database, row)))
}
