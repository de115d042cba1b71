import type { FeedbackKind } from '@ai-review/protocol/feedback'
import type { PersonaKey } from '../../personas/persona-key.ts'
import type { Book } from './book.ts'
import { openRow, type PersonaRow, rowColumns } from './persona-row.ts'

interface Outcomes {
  readonly repositoryId: number
  readonly pullRequest: number
  readonly outcomes: readonly { readonly identity: string; readonly kind: FeedbackKind }[]
}

/**
 * Keeps what became of findings that an adapter raised; a finding is that of the adapter which raised it first, as it was
 * said then. Returns how many outcomes were new.
 */
export async function recordFeedback(
  { database, now }: Book,
  { repositoryId, pullRequest, outcomes }: Outcomes,
): Promise<number> {
  const rows = await database.query(
    `INSERT INTO persona_feedback (voice, adapter, repository_id, number, identity, kind, at)
     SELECT raised.voice, raised.adapter, $1, $2, told.identity, told.kind, $5
     FROM (SELECT DISTINCT decode(identity, 'hex') AS identity, kind
           FROM unnest($3::text[], $4::text[]) AS outcome (identity, kind)) AS told
     JOIN LATERAL (
       SELECT r.voice, r.adapter FROM findings f JOIN reviews r ON r.id = f.review_id
       WHERE f.identity = told.identity AND f.reviewer = 'persona'
         AND r.repository_id = $1 AND r.number = $2 AND r.voice IS NOT NULL
       ORDER BY r.received_at, r.id LIMIT 1
     ) AS raised ON raised.adapter IS NOT NULL
     ON CONFLICT DO NOTHING RETURNING 1`,
    [
      repositoryId,
      pullRequest,
      outcomes.map(({ identity }) => identity),
      outcomes.map(({ kind }) => kind),
      new Date(now()),
    ],
  )
  return rows.length
}

/** Personas whose adapters raised findings on the pull request. */
export async function readVoicesOn(
  { database, names }: Book,
  repositoryId: number,
  pullRequest: number,
): Promise<PersonaKey[]> {
  const rows = await database.query<Parameters<typeof openRow>[1]>(
    `SELECT ${rowColumns} FROM personas p WHERE p.voice IN (
       SELECT voice FROM reviews WHERE repository_id = $1 AND number = $2 AND adapter IS NOT NULL)`,
    [repositoryId, pullRequest],
  )
  return rows
    .map((stored) => openRow(names, stored))
    .filter((row): row is PersonaRow => row !== null)
    .map(({ about: { owner, repository, login } }) => ({ owner, repository, login }))
}
