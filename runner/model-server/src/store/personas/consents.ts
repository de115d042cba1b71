import { randomBytes } from 'node:crypto'
import type { Consent } from '@ai-review/protocol/persona'
import type { PersonaKey } from '../../personas/persona-key.ts'
import { personaKeyOf } from '../../personas/persona-key.ts'
import type { PersonaNumbers } from '../../personas/persona-store.ts'
import type { Queries } from '../database.ts'
import type { Book } from './book.ts'
import { changePersona } from './book.ts'
import { anybody } from './hashed-names.ts'
import { insertRow, readRow, rewriteAbout } from './persona-row.ts'

const saltBytes = 32
/** Clocks may differ by this much. A consent of later would outlast a withdrawal of today. */
export const clockToleranceMs = 10 * 60_000

interface Agreement {
  readonly repositoryId: number
  readonly personId: number
  readonly consent: Consent
}

/** Records a consent. False where the person withdrew after it, where it is of the future, and where the persona is another's. */
export async function agree(book: Book, key: PersonaKey, agreement: Agreement): Promise<boolean> {
  const { repositoryId, personId, consent } = agreement
  if (Date.parse(consent.at) > book.now() + clockToleranceMs) return false
  return changePersona(book, key, async (queries, persona) => {
    if (await isWithdrawnSince(book, queries, { key, repositoryId, personId, at: consent.at })) return false
    const row = await readRow(book, queries, persona)
    if (row === null) {
      const about = { ...personaKeyOf(key), repositoryId, personId, consent }
      await insertRow(book, queries, { about, salt: randomBytes(saltBytes) })
      return true
    }
    const { about } = row
    if (about.repositoryId !== repositoryId || about.personId !== personId) return false
    if (consent.at > about.consent.at) await rewriteAbout(queries, row, { ...about, consent })
    return true
  })
}

/** Keeps when the person took the consent back, by hashes alone: under this name, and under any other by the numbers. */
export async function withdraw(
  { names }: Book,
  queries: Queries,
  { key, repositoryId, personId, at }: PersonaNumbers & { readonly key: PersonaKey; readonly at: Date },
): Promise<void> {
  const rows = [[names.persona(key), names.person(key, personId ?? anybody)]]
  if (repositoryId !== undefined && personId !== undefined) {
    const account = names.account({ repositoryId, personId })
    rows.push([account, account])
  }
  for (const [persona, person] of rows) {
    await queries.query(
      `INSERT INTO persona_withdrawals (persona, person, at) VALUES ($1, $2, $3)
       ON CONFLICT (persona, person) DO UPDATE SET at = greatest(persona_withdrawals.at, excluded.at)`,
      [persona, person, at],
    )
  }
}

export async function isWithdrawn(queries: Queries, persona: Uint8Array): Promise<boolean> {
  const [row] = await queries.query<{ readonly is_withdrawn: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM persona_withdrawals WHERE persona = $1)
       AND NOT EXISTS (SELECT 1 FROM personas WHERE persona = $1) AS is_withdrawn`,
    [persona],
  )
  return row?.is_withdrawn === true
}

interface Asked {
  readonly key: PersonaKey
  readonly repositoryId: number
  readonly personId: number
  readonly at: string
}

async function isWithdrawnSince(
  { names }: Book,
  queries: Queries,
  { key, repositoryId, personId, at }: Asked,
): Promise<boolean> {
  const rows = await queries.query(
    `SELECT 1 FROM persona_withdrawals
     WHERE ((persona = $1 AND person IN ($2, $3)) OR (persona = $4 AND person = $4)) AND at >= $5`,
    [
      names.persona(key),
      names.person(key, personId),
      names.person(key, anybody),
      names.account({ repositoryId, personId }),
      new Date(at),
    ],
  )
  return rows.length > 0
}
