import type { PersonaKey } from '../../personas/persona-key.ts'
import type { PersonaNumbers } from '../../personas/persona-store.ts'
import type { Book } from './book.ts'
import { type About, openRow, rowColumns } from './persona-row.ts'

/** Names under which a person is kept for a repository. Every row is opened: numbers are in none of its columns. */
export async function readNames(
  { database, names }: Book,
  login: string,
  { repositoryId, personId }: PersonaNumbers,
): Promise<readonly PersonaKey[]> {
  if (repositoryId === undefined) return []
  const isTheirs = (about: About) =>
    personId === undefined ? about.login === login.toLowerCase() : about.personId === personId
  const rows = await database.query<Parameters<typeof openRow>[1]>(`SELECT ${rowColumns} FROM personas p`)
  return rows
    .flatMap((stored) => openRow(names, stored)?.about ?? [])
    .filter((about) => about.repositoryId === repositoryId && isTheirs(about))
    .map(({ owner, repository, login: kept }) => ({ owner, repository, login: kept }))
}
