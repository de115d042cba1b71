import type { Queries } from '../database.ts'

/** Notes adapters whose files are to be removed, with the removal of whom they were made for. */
export async function noteLeftovers(queries: Queries, hashes: readonly string[]): Promise<void> {
  await queries.query('INSERT INTO adapter_leftovers SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
    hashes,
  ])
}

/** Adapters that were noted and that no persona has. */
export async function readLeftovers(queries: Queries): Promise<readonly string[]> {
  const rows = await queries.query<{ readonly hash: string }>(
    `SELECT hash FROM adapter_leftovers l
     WHERE NOT EXISTS (SELECT 1 FROM persona_versions v WHERE v.hash = l.hash)`,
  )
  return rows.map(({ hash }) => hash)
}

export async function dropLeftovers(queries: Queries, hashes: readonly string[]): Promise<void> {
  await queries.query('DELETE FROM adapter_leftovers WHERE hash = ANY ($1::text[])', [hashes])
}
