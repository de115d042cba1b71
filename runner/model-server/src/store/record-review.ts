import type { FinishedReview } from '../admission/review.ts'
import type { PipelineResult } from '../review/pipeline-contract.ts'
import type { Database, Queries } from './database.ts'

/** Records a finished review and its findings as numbers, hashes and words of ours, all of it or nothing. */
export async function recordReview(database: Database, finished: FinishedReview): Promise<void> {
  await database.transaction(async (queries) => {
    await insertReview(queries, finished)
    const findings = finished.result?.findings ?? []
    if (findings.length > 0) await insertFindings(queries, finished.review.id, findings)
  })
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
