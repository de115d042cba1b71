import type { FinishedReview } from '../admission/review.ts'
import type { PipelineResult, VoiceName } from '../review/pipeline-contract.ts'
import type { Database, Queries } from './database.ts'

/** The keyed hash of whose style a review was in. */
type VoiceHash = (voice: VoiceName) => Uint8Array

/**
 * Records a finished review and its findings as numbers, hashes and words of ours, all of it or nothing. With `hashOf`
 * also in whose style, where that persona is known still.
 */
export async function recordReview(
  database: Database,
  finished: FinishedReview,
  hashOf?: VoiceHash,
): Promise<void> {
  await database.transaction(async (queries) => {
    await insertReview(queries, finished)
    if (hashOf !== undefined) await nameVoice(queries, finished, hashOf)
    const findings = finished.result?.findings ?? []
    if (findings.length > 0) await insertFindings(queries, finished.review.id, findings)
  })
}

/** The lock on the persona's row makes a review that ends while it is forgotten lose the name with the others. */
async function nameVoice(
  queries: Queries,
  { review, result }: FinishedReview,
  hashOf: VoiceHash,
): Promise<void> {
  const share = result?.persona
  if (share === undefined || share.by === 'absent') return
  await queries.query(
    `UPDATE reviews r SET voice = p.voice, adapter = $3, arm = $4
     FROM (SELECT voice FROM personas WHERE voice = $2 LIMIT 1 FOR KEY SHARE) AS p WHERE r.id = $1`,
    [review.id, hashOf({ repositoryId: review.repositoryId, login: share.login }), share.adapter, share.arm],
  )
}

async function insertReview(
  queries: Queries,
  { review, outcome, totalMs, result }: FinishedReview,
): Promise<void> {
  const coverage = result?.coverage ?? []
  const row = {
    id: review.id,
    repository_id: review.repositoryId,
    number: review.number,
    head: review.head,
    policy_hash: review.policyHash,
    effort: review.effort,
    outcome,
    received_at: new Date(review.receivedAt),
    total_ms: Math.round(totalMs),
    files: coverage.length,
    hunks: coverage.reduce((sum, file) => sum + file.hunks, 0),
    reviewed_hunks: coverage.reduce((sum, file) => sum + file.reviewedHunks, 0),
    prompt_tokens: result?.usage.promptTokens ?? 0,
    completion_tokens: result?.usage.completionTokens ?? 0,
    model_calls: result?.usage.modelCalls ?? 0,
    model_hash: result?.provenance.modelHash ?? null,
    prompt_hash: result?.provenance.promptHash ?? null,
    disproved: result?.discarded.disproved ?? 0,
    duplicate: result?.discarded.duplicate ?? 0,
    invalid: result?.discarded.invalid ?? 0,
  }
  const columns = Object.keys(row)
  const places = columns.map((_, index) => `$${index + 1}`)
  await queries.query(
    `INSERT INTO reviews (${columns.join(', ')}) VALUES (${places.join(', ')})`,
    Object.values(row),
  )
}

/** One statement for all of them, whatever their number: columns travel as arrays. */
async function insertFindings(
  queries: Queries,
  id: string,
  findings: PipelineResult['findings'],
): Promise<void> {
  await queries.query(
    `INSERT INTO findings (review_id, identity, reviewer, category, severity, confidence, has_suggestion)
     SELECT $1, decode(identity, 'hex'), reviewer, category, severity, confidence, has_suggestion
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::real[], $7::boolean[])
       AS finding (identity, reviewer, category, severity, confidence, has_suggestion)`,
    [
      id,
      findings.map((finding) => finding.identity),
      findings.map((finding) => finding.reviewer),
      findings.map((finding) => finding.category),
      findings.map((finding) => finding.severity),
      findings.map((finding) => finding.confidence),
      findings.map((finding) => finding.suggestion !== undefined),
    ],
  )
}
