import type { Database, Queries } from '../database.ts'
import { lockFiles, noteLeftovers } from './leftover-rows.ts'

/** Retired versions whose files are kept: of the newest, and of the newest that were live. One of them may be returned to. */
const keptRetired = 2

/** Hashes of adapters with files that no version of any persona needs. */
const spent = `
  SELECT hash FROM (
    SELECT hash, state IN ('refused', 'failed-probe') OR (
      state = 'retired'
      AND row_number() OVER (PARTITION BY persona, base_model, state ORDER BY made_at DESC, name) > ${keptRetired}
      AND NOT (was_live AND
        row_number() OVER (PARTITION BY persona, base_model, state, was_live ORDER BY made_at DESC, name) <= ${keptRetired})
    ) AS is_spent, has_files
    FROM persona_versions
  ) AS version
  WHERE has_files GROUP BY hash HAVING bool_and(is_spent)`

/** Adapters for this model that no version of any persona needs any more. */
export async function readSpent(queries: Queries, baseModel: string): Promise<readonly string[]> {
  const rows = await queries.query<{ readonly hash: string }>(
    `SELECT DISTINCT hash FROM persona_versions WHERE has_files AND base_model = $1 AND hash IN (${spent})`,
    [baseModel],
  )
  return rows.map(({ hash }) => hash)
}

/** From here on no version can serve by this adapter, and its files are left over. Nothing happens where one needs it again. */
export async function giveUpFiles(database: Database, hash: string): Promise<void> {
  await database.transaction(async (queries) => {
    await lockFiles(queries, hash)
    // Whoever makes a version of it live at this moment is waited for.
    await queries.query('SELECT 1 FROM persona_versions WHERE hash = $1 ORDER BY persona FOR UPDATE', [hash])
    const rows = await queries.query(
      `UPDATE persona_versions SET has_files = false WHERE hash = $1 AND hash IN (${spent}) RETURNING 1`,
      [hash],
    )
    if (rows.length > 0) await noteLeftovers(queries, [hash])
  })
}
