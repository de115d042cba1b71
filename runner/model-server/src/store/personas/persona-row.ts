import { Consent } from '@ai-review/protocol/persona'
import { z } from 'zod'
import type { Queries } from '../database.ts'
import type { Book } from './book.ts'
import { openJson, sealJson } from './book.ts'

const About = z.object({
  owner: z.string(),
  repository: z.string(),
  login: z.string(),
  repositoryId: z.int(),
  personId: z.int(),
  consent: Consent,
})
export type About = z.infer<typeof About>

/** A persona's row, opened. */
export interface PersonaRow {
  readonly persona: Uint8Array
  readonly about: About
  readonly textKey: Uint8Array
  /** Path of its card's page. */
  readonly card: string
}

interface Stored {
  readonly persona: Uint8Array
  readonly salt: Uint8Array
  readonly about: Uint8Array
}

/** Columns that {@link openRow} needs. */
export const rowColumns = 'p.persona, p.salt, p.about'

export async function readRow(
  { names }: Pick<Book, 'names'>,
  queries: Queries,
  persona: Uint8Array,
): Promise<PersonaRow | null> {
  const [stored] = await queries.query<Stored>(`SELECT ${rowColumns} FROM personas p WHERE p.persona = $1`, [
    persona,
  ])
  return stored === undefined ? null : openRow(names, stored)
}

/** Null where the server's secret is another one than that the row was written with. */
export function openRow(names: Book['names'], { persona, salt, about }: Stored): PersonaRow | null {
  const textKey = names.textKey(salt)
  const opened = openJson(textKey, { place: ['about'], value: about, shape: About })
  if (opened === undefined) return null
  return { persona, about: opened, textKey, card: names.cardPath(opened, salt) }
}

export async function insertRow(
  { names }: Pick<Book, 'names'>,
  queries: Queries,
  { about, salt }: { readonly about: About; readonly salt: Uint8Array },
): Promise<void> {
  await queries.query(
    'INSERT INTO personas (persona, voice, card, salt, about) VALUES ($1, $2, $3, $4, $5)',
    [
      names.persona(about),
      names.voice(about),
      names.card(names.cardPath(about, salt)),
      salt,
      sealJson(names.textKey(salt), ['about'], about),
    ],
  )
}

export async function rewriteAbout(queries: Queries, row: PersonaRow, about: About): Promise<void> {
  await queries.query('UPDATE personas SET about = $2 WHERE persona = $1', [
    row.persona,
    sealJson(row.textKey, ['about'], about),
  ])
}
