import type { z } from 'zod'
import type { PersonaKey } from '../../personas/persona-key.ts'
import type { Database, Queries } from '../database.ts'
import { openText, sealText } from '../sealed-text.ts'
import type { HashedNames } from './hashed-names.ts'

/** What every part of the store of personas works with. */
export interface Book {
  readonly database: Database
  readonly names: HashedNames
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Where a text stands: it is bound to it. */
export type Place = readonly (string | number)[]

export function sealJson(key: Uint8Array, place: Place, value: unknown): Buffer {
  return sealText(key, bytesOf(place), JSON.stringify(value))
}

/** The value; undefined where it is not what was sealed there, or has another shape. */
export function openJson<Shape extends z.ZodType>(
  key: Uint8Array,
  { place, value, shape }: { readonly place: Place; readonly value: Uint8Array; readonly shape: Shape },
): z.infer<Shape> | undefined {
  const text = openText(key, bytesOf(place), value)
  if (text === undefined) return undefined
  const parsed = shape.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : undefined
}

function bytesOf(place: Place): Uint8Array {
  return Buffer.from(JSON.stringify(place))
}

/** Whatever changes one persona goes one after the other: uploads, consents and forgetting never mix. */
export async function changePersona<Result>(
  { database, names }: Book,
  key: PersonaKey,
  work: (queries: Queries, persona: Buffer) => Promise<Result>,
): Promise<Result> {
  const persona = names.persona(key)
  return database.transaction(async (queries) => {
    await queries.query('SELECT pg_advisory_xact_lock($1::bigint)', [persona.readBigInt64BE().toString()])
    return work(queries, persona)
  })
}
