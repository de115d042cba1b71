import type { AdapterState } from '@ai-review/protocol/persona'
import { AdapterVersion, personaLimits, AdapterState as State } from '@ai-review/protocol/persona'
import { z } from 'zod'
import type { PersonaKey } from '../../personas/persona-key.ts'
import type { AdapterFeedback, StoredVersion } from '../../personas/persona-store.ts'
import type { Queries } from '../database.ts'
import type { Book } from './book.ts'
import { changePersona, openJson, sealJson } from './book.ts'
import { lockFiles } from './leftover-rows.ts'
import { openRow, readRow, rowColumns } from './persona-row.ts'

const Details = AdapterVersion.pick({ window: true, samples: true, gate: true })

interface Stored {
  readonly persona: Uint8Array
  readonly salt: Uint8Array
  readonly about: Uint8Array
  readonly name: string
  readonly hash: string
  readonly base_model: string
  readonly state: string
  readonly made_at: Date
  readonly details: Uint8Array
  readonly was_live: boolean
  readonly has_files: boolean
  readonly good: number
  readonly bad: number
}

/** Findings of one pull request that count, for and against: whoever opened it must not decide on an adapter alone. */
const mostOfOne = 3

/**
 * A finding counts once. Against the adapter where anybody declined it or voted it down, else for it where it was fixed
 * or voted up; `ignored` alone says neither.
 */
const counted = `
  SELECT coalesce(sum(least(good, ${mostOfOne})), 0)::int AS good, coalesce(sum(least(bad, ${mostOfOne})), 0)::int AS bad
  FROM (
    SELECT count(*) FILTER (WHERE NOT is_bad AND is_good) AS good, count(*) FILTER (WHERE is_bad) AS bad
    FROM (
      SELECT repository_id, number,
        bool_or(kind IN ('declined', 'down')) AS is_bad, bool_or(kind IN ('fixed', 'up')) AS is_good
      FROM persona_feedback
      WHERE voice = p.voice AND adapter = v.name
      GROUP BY repository_id, number, identity
    ) AS finding
    GROUP BY repository_id, number
  ) AS change`

const selected = `
  SELECT ${rowColumns}, v.name, v.hash, v.base_model, v.state, v.made_at, v.details, v.was_live, v.has_files, f.good, f.bad
  FROM persona_versions v JOIN personas p USING (persona), LATERAL (${counted}) AS f`

/** States of versions that serve, or may as soon as they are decided on. */
const alwaysListed = ['live', 'canary', 'candidate']

/** The newest versions of a persona, and older ones that serve or wait for their tests; newest first. */
export async function readVersions(
  { database, names }: Book,
  key: PersonaKey,
  baseModel?: string,
): Promise<StoredVersion[]> {
  const rows = await database.query<Stored>(
    `WITH listed AS (
       SELECT name, state, row_number() OVER (ORDER BY made_at DESC, name) AS place FROM persona_versions
       WHERE persona = $1 AND ($2::text IS NULL OR base_model = $2)
     )
     ${selected} WHERE persona = $1
       AND v.name IN (SELECT name FROM listed WHERE place <= $3 OR state = ANY ($4::text[]))
     ORDER BY v.made_at DESC, v.name`,
    [names.persona(key), baseModel ?? null, personaLimits.versions, alwaysListed],
  )
  return rows.flatMap((row) => opened(names, row))
}

/** Versions that may have to be loaded. */
export async function readServing({ database, names }: Book, baseModel: string): Promise<StoredVersion[]> {
  const rows = await database.query<Stored>(
    `${selected} WHERE v.base_model = $1 AND v.state IN ('live', 'canary') ORDER BY v.made_at DESC, v.name`,
    [baseModel],
  )
  return rows.flatMap((row) => opened(names, row))
}

/** Versions that wait for their probe and their gate, oldest first. */
export async function readWaiting({ database, names }: Book, baseModel: string): Promise<StoredVersion[]> {
  const rows = await database.query<Stored>(
    `${selected} WHERE v.base_model = $1 AND v.state = 'candidate' ORDER BY v.made_at, v.name`,
    [baseModel],
  )
  return rows.flatMap((row) => opened(names, row))
}

/** Adds a version, or puts it in the place of the one with the same name. Nothing happens where the persona is gone. */
export async function saveVersion(book: Book, version: StoredVersion): Promise<void> {
  await changePersona(book, version.key, async (queries, persona) => {
    const row = await readRow(book, queries, persona)
    if (row === null) return
    const details = Details.parse(version)
    await lockFiles(queries, version.hash)
    await queries.query(
      `INSERT INTO persona_versions (persona, name, hash, base_model, state, made_at, details)
       VALUES ($1, $2, $3, $4, 'training', $5, $6)
       ON CONFLICT (persona, name) DO UPDATE SET hash = excluded.hash, base_model = excluded.base_model,
         made_at = excluded.made_at, details = excluded.details,
         has_files = persona_versions.has_files OR $7`,
      [
        persona,
        version.name,
        version.hash,
        version.baseModel,
        new Date(version.at),
        sealJson(row.textKey, ['version', version.name], details),
        version.state === 'training',
      ],
    )
    await changeState(queries, { persona, name: version.name, state: version.state })
  })
}

/** One is live and one canary at most for a base model: whoever was before is retired. False for one without files. */
export async function setVersionState(
  book: Book,
  key: PersonaKey,
  { name, state }: { readonly name: string; readonly state: AdapterState },
): Promise<boolean> {
  return changePersona(book, key, (queries, persona) => changeState(queries, { persona, name, state }))
}

async function changeState(
  queries: Queries,
  {
    persona,
    name,
    state,
  }: { readonly persona: Uint8Array; readonly name: string; readonly state: AdapterState },
): Promise<boolean> {
  if (state === 'live' || state === 'canary') {
    const usable = await queries.query(
      'SELECT 1 FROM persona_versions WHERE persona = $1 AND name = $2 AND has_files FOR UPDATE',
      [persona, name],
    )
    if (usable.length === 0) return false
    await queries.query(
      `UPDATE persona_versions o SET state = 'retired' FROM persona_versions v
       WHERE v.persona = $1 AND v.name = $2 AND o.persona = v.persona AND o.base_model = v.base_model
         AND o.name <> v.name AND o.state = $3`,
      [persona, name, state],
    )
  }
  await queries.query(
    `UPDATE persona_versions SET state = $3, was_live = was_live OR $3 = 'live' WHERE persona = $1 AND name = $2`,
    [persona, name, state],
  )
  return true
}

export async function readFeedback(
  { database, names }: Book,
  key: PersonaKey,
  adapter: string,
): Promise<AdapterFeedback> {
  const [counts] = await database.query<AdapterFeedback>(
    `SELECT f.good, f.bad FROM personas p, (SELECT $2::text AS name) AS v, LATERAL (${counted}) AS f
     WHERE p.persona = $1`,
    [names.persona(key), adapter],
  )
  return counts ?? { good: 0, bad: 0 }
}

function opened(names: Book['names'], stored: Stored): StoredVersion[] {
  const row = openRow(names, stored)
  const details =
    row && openJson(row.textKey, { place: ['version', stored.name], value: stored.details, shape: Details })
  if (row === null || details === null || details === undefined) return []
  const { owner, repository, login } = row.about
  return [
    {
      key: { owner, repository, login },
      name: stored.name,
      hash: stored.hash,
      baseModel: stored.base_model,
      state: z.parse(State, stored.state),
      at: stored.made_at.toISOString(),
      feedback: { good: stored.good, bad: stored.bad },
      wasLive: stored.was_live,
      hasFiles: stored.has_files,
      ...details,
    },
  ]
}
