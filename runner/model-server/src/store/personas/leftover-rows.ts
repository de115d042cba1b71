import type { Database, Queries } from '../database.ts'

/** Notes adapters whose files are to be removed: whom they were made for is gone, or needs them no more. */
export async function noteLeftovers(queries: Queries, hashes: readonly string[]): Promise<void> {
  await queries.query('INSERT INTO adapter_leftovers SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
    hashes,
  ])
}

const leftOver = `
  SELECT hash FROM adapter_leftovers l
  WHERE NOT EXISTS (SELECT 1 FROM persona_versions v WHERE v.hash = l.hash AND v.has_files)`

/** Adapters that were noted and whose files no version has. */
export async function readLeftovers(queries: Queries): Promise<readonly string[]> {
  const rows = await queries.query<{ readonly hash: string }>(leftOver)
  return rows.map(({ hash }) => hash)
}

/** Whoever takes in the files of one adapter and whoever removes them go one after the other, on whatever server. */
export async function lockFiles(queries: Queries, hash: string): Promise<void> {
  await queries.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [hash])
}

/** Removes the files of an adapter that is left over still. Where `remove` throws, it stays noted. */
export async function removeLeftover(
  database: Database,
  hash: string,
  remove: () => Promise<void>,
): Promise<void> {
  await database.transaction(async (queries) => {
    await lockFiles(queries, hash)
    const rows = await queries.query(`${leftOver} AND hash = $1`, [hash])
    if (rows.length === 0) return
    await remove()
    await queries.query('DELETE FROM adapter_leftovers WHERE hash = $1', [hash])
  })
}
