import { createHmac } from 'node:crypto'
import { ColleagueComment, PastComment, PastReply, Silence } from '@ai-review/protocol/persona'
import type { z } from 'zod'
import type { Queries } from '../database.ts'
import { openJson, sealJson } from './book.ts'
import type { PersonaRow } from './persona-row.ts'

const shapes = {
  comment: PastComment,
  silence: Silence,
  colleague: ColleagueComment,
  reply: PastReply,
} as const
type SampleKind = keyof typeof shapes
export type Sample<Kind extends SampleKind> = z.infer<(typeof shapes)[Kind]>

/** Where samples of one kind lie: a session of a persona. */
export interface Shelf<Kind extends SampleKind> {
  readonly queries: Queries
  readonly row: PersonaRow
  readonly sessionId: string
  readonly kind: Kind
}

/** Rows that are asked for in one statement: each may hold tens of kilobytes. */
const rowsAtOnce = 200

/** The embedded database hands texts over several times faster than bytes. */
const asText = "encode(value, 'base64') AS value"

/** Adds samples; one whose id is there already is passed over. Returns how many were new. */
export async function insertSamples<Kind extends SampleKind>(
  shelf: Shelf<Kind>,
  samples: readonly { readonly sample: Sample<Kind>; readonly at: Date }[],
): Promise<number> {
  if (samples.length === 0) return 0
  const { queries, row, sessionId, kind } = shelf
  const inserted = await queries.query(
    `INSERT INTO persona_samples (session_id, kind, item, at, value)
     SELECT $1::bigint, $2, decode(item, 'base64'), at, decode(value, 'base64')
     FROM unnest($3::text[], $4::timestamptz[], $5::text[]) AS sample (item, at, value)
     ON CONFLICT (session_id, kind, item) DO NOTHING RETURNING 1`,
    [
      sessionId,
      kind,
      samples.map(({ sample }) => itemOf(shelf, sample.id).toString('base64')),
      samples.map(({ at }) => at.toISOString()),
      samples.map(({ sample }) => sealed(shelf, row, sample).toString('base64')),
    ],
  )
  return inserted.length
}

/** Puts samples in the place of those with the same ids. */
export async function replaceSamples<Kind extends SampleKind>(
  shelf: Shelf<Kind>,
  samples: readonly Sample<Kind>[],
): Promise<void> {
  if (samples.length === 0) return
  await shelf.queries.query(
    `UPDATE persona_samples s SET value = decode(n.value, 'base64')
     FROM unnest($3::text[], $4::text[]) AS n (item, value)
     WHERE s.session_id = $1::bigint AND s.kind = $2 AND s.item = decode(n.item, 'base64')`,
    [
      shelf.sessionId,
      shelf.kind,
      samples.map((sample) => itemOf(shelf, sample.id).toString('base64')),
      samples.map((sample) => sealed(shelf, shelf.row, sample).toString('base64')),
    ],
  )
}

/** All samples of the kind, newest first; what does not open is left out. */
export async function readSamples<Kind extends SampleKind>(shelf: Shelf<Kind>): Promise<Sample<Kind>[]> {
  const samples: Sample<Kind>[] = []
  for (let offset = 0; ; offset += rowsAtOnce) {
    const rows = await shelf.queries.query<StoredSample>(
      // Values are read for the rows of this piece alone.
      `SELECT item, ${asText} FROM (
         SELECT item, value, at FROM persona_samples WHERE session_id = $1::bigint AND kind = $2
         ORDER BY at DESC, item LIMIT $3 OFFSET $4
       ) AS piece ORDER BY at DESC, item`,
      [shelf.sessionId, shelf.kind, rowsAtOnce, offset],
    )
    samples.push(...rows.flatMap((stored) => opened(shelf, stored)))
    if (rows.length < rowsAtOnce) return samples
  }
}

/** Those of the samples with these ids that are there, in pieces. */
export async function* findSamples<Kind extends SampleKind>(
  shelf: Shelf<Kind>,
  ids: readonly number[],
): AsyncGenerator<Sample<Kind>[], void, undefined> {
  for (let start = 0; start < ids.length; start += rowsAtOnce) {
    const items = ids.slice(start, start + rowsAtOnce).map((id) => itemOf(shelf, id).toString('base64'))
    const rows = await shelf.queries.query<StoredSample>(
      `SELECT item, ${asText} FROM persona_samples WHERE session_id = $1::bigint AND kind = $2
       AND item IN (SELECT decode(item, 'base64') FROM unnest($3::text[]) AS wanted (item))`,
      [shelf.sessionId, shelf.kind, items],
    )
    yield rows.flatMap((stored) => opened(shelf, stored))
  }
}

/** Keeps the newest `most` samples of the kind. */
export async function keepNewest(shelf: Shelf<SampleKind>, most: number): Promise<void> {
  const [found] = await shelf.queries.query<{ readonly items: number }>(
    'SELECT count(*)::int AS items FROM persona_samples WHERE session_id = $1::bigint AND kind = $2',
    [shelf.sessionId, shelf.kind],
  )
  if (found === undefined || found.items <= most) return
  await shelf.queries.query(
    `DELETE FROM persona_samples WHERE session_id = $1::bigint AND kind = $2 AND item IN (
       SELECT item FROM persona_samples WHERE session_id = $1::bigint AND kind = $2
       ORDER BY at DESC, item OFFSET $3)`,
    [shelf.sessionId, shelf.kind, most],
  )
}

export async function removeSamples(shelf: Omit<Shelf<SampleKind>, 'row'>): Promise<void> {
  await shelf.queries.query('DELETE FROM persona_samples WHERE session_id = $1::bigint AND kind = $2', [
    shelf.sessionId,
    shelf.kind,
  ])
}

interface StoredSample {
  readonly item: Uint8Array
  /** In base64. */
  readonly value: string
}

function itemOf({ row, kind }: Shelf<SampleKind>, id: number | string): Buffer {
  return createHmac('sha256', row.textKey)
    .update(JSON.stringify([kind, id]))
    .digest()
}

function sealed(
  shelf: Shelf<SampleKind>,
  { textKey }: PersonaRow,
  sample: { readonly id: number | string },
): Buffer {
  const item = itemOf(shelf, sample.id).toString('hex')
  return sealJson(textKey, [shelf.sessionId, shelf.kind, item], sample)
}

function opened<Kind extends SampleKind>(
  { row, sessionId, kind }: Shelf<Kind>,
  { item, value }: StoredSample,
): Sample<Kind>[] {
  const place = [sessionId, kind, Buffer.from(item).toString('hex')]
  const sample = openJson(row.textKey, {
    place,
    value: Buffer.from(value, 'base64'),
    shape: shapes[kind],
  })
  return sample === undefined ? [] : [sample as Sample<Kind>]
}
