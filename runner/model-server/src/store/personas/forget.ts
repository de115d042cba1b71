import type { Forgotten } from '@ai-review/protocol/persona'
import type { PersonaKey } from '../../personas/persona-key.ts'
import type { Withdrawal } from '../../personas/persona-store.ts'
import type { Queries } from '../database.ts'
import type { Book } from './book.ts'
import { changePersona } from './book.ts'
import { clockToleranceMs, withdraw } from './consents.ts'
import { noteLeftovers } from './leftover-rows.ts'
import type { PersonaRow } from './persona-row.ts'
import { readRow } from './persona-row.ts'
import { readRecord } from './read-record.ts'

/** Everything of a persona goes. `hashes` are those of adapters that no other persona has. */
export async function forget(
  book: Book,
  key: PersonaKey,
  asked: Withdrawal = {},
): Promise<Forgotten & { readonly hashes: readonly string[] }> {
  const forgotten = await changePersona(book, key, async (queries, persona) => {
    const row = await readRow(book, queries, persona)
    await withdraw(book, queries, { key, ...asked, ...keptOf(row), at: momentOf(book, row, asked) })
    if (row === null) return { comments: 0, versions: 0, cancelled: false, hashes: [] }
    const { comments } = await readRecord(queries, row)
    const trained = await readHashes(queries, persona)
    const open = await queries.query('SELECT 1 FROM persona_trainings WHERE persona = $1 AND is_open', [
      persona,
    ])
    await removeRows(book, queries, row)
    await noteLeftovers(queries, trained.hashes)
    return { comments, ...trained, cancelled: open.length > 0 }
  })
  await book.database.erase()
  return forgotten
}

function keptOf(row: PersonaRow | null): Withdrawal {
  return row === null ? {} : { repositoryId: row.about.repositoryId, personId: row.about.personId }
}

/** Not before the consent that it ends: what dates a commit may be ahead. Not of the future: nobody could agree again. */
function momentOf({ now }: Book, row: PersonaRow | null, { at }: Withdrawal): Date {
  const asked = at === undefined ? now() : Math.min(Date.parse(at), now() + clockToleranceMs)
  return new Date(Math.max(asked, row === null ? 0 : Date.parse(row.about.consent.at)))
}

async function readHashes(queries: Queries, persona: Uint8Array) {
  const rows = await queries.query<{ readonly hash: string; readonly is_shared: boolean }>(
    `SELECT v.hash, EXISTS (
       SELECT 1 FROM persona_versions o WHERE o.hash = v.hash AND o.persona <> v.persona AND o.has_files
     ) AS is_shared
     FROM persona_versions v WHERE v.persona = $1`,
    [persona],
  )
  const own = rows.filter(({ is_shared }) => !is_shared).map(({ hash }) => hash)
  return { versions: rows.length, hashes: [...new Set(own)] }
}

/** The persona's row goes first: whoever adds something for it meanwhile holds a lock on it, and what they added is met below. */
async function removeRows({ names }: Book, queries: Queries, { persona, about }: PersonaRow): Promise<void> {
  const voice = names.voice(about)
  await queries.query('DELETE FROM personas WHERE persona = $1', [persona])
  await queries.query('DELETE FROM persona_feedback WHERE voice = $1', [voice])
  await queries.query('DELETE FROM response_cache WHERE voice = $1', [voice])
  await queries.query('UPDATE reviews SET voice = NULL, adapter = NULL, arm = NULL WHERE voice = $1', [voice])
}
