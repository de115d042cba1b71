import { z } from 'zod'
import { ChangedFile, FileToReview } from './change.ts'
import { Category, Finding, Severity } from './finding.ts'
import { Ledger, Mark } from './seal.ts'

export const efforts = ['quick', 'standard', 'deep'] as const
export const Effort = z.enum(efforts)
export type Effort = z.infer<typeof Effort>

const Sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)

export const RepositoryName = z.strictObject({
  id: z.int().min(1),
  owner: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
})

/** A pull request at a head. Number 0 is a local branch. */
export const ChangeName = z.strictObject({ number: z.int().min(0), headSha: Sha, baseSha: Sha })

/**
 * In whose style to review. `beside`: their voice joins the review on `files` only, as the policy routes them; otherwise
 * it alone speaks, on the whole change, whatever was read before.
 */
export const AskedPersona = z.strictObject({
  id: z.int().min(1),
  login: z.string().min(1).max(39),
  name: z.string().min(1).max(60).optional(),
  beside: z.boolean(),
  files: z.array(z.string().min(1).max(4096)).max(3000).optional(),
})
export type AskedPersona = z.infer<typeof AskedPersona>

/** Limits of one request; beyond them the server answers 413 or 400 and the Action says what was not reviewed. */
export const requestLimits = {
  bytes: 32 * 1024 * 1024,
  files: 3000,
  guidelines: 40,
  guidelineBytes: 65_536,
  rules: 100,
  marks: 2000,
  ledgers: 10,
} as const

/** A passage of a style file of the repository at the base commit. `directory` is '' for the root: the nearest wins. */
export const Guideline = z.strictObject({
  path: z.string().min(1).max(4096),
  directory: z.string().max(4096),
  text: z.string().min(1).max(requestLimits.guidelineBytes),
})
export type Guideline = z.infer<typeof Guideline>

/** An ast-grep rule file of the repository (`.github/ai-review/rules/*.yml`) at the base commit. */
export const RepositoryRule = z.strictObject({
  path: z.string().min(1).max(4096),
  text: z.string().min(1).max(65_536),
})
export type RepositoryRule = z.infer<typeof RepositoryRule>

/**
 * `POST /v1/reviews`. Sent by the Action, checked strictly by the server. `deadlineMs` is the time left, from receipt.
 * Hunks that the newest believed ledger names are settled: the model does not read them again, unless `full` asks for
 * it. Marks and ledgers come oldest first.
 * `asked`: a person waits for this one, so it goes first.
 */
export const ReviewRequest = z.strictObject({
  repository: RepositoryName,
  change: ChangeName,
  policyHash: z.string().regex(/^[0-9a-f]{64}$/),
  effort: Effort.optional(),
  deadlineMs: z
    .int()
    .min(1000)
    .max(6 * 3600 * 1000),
  language: z.string().min(2).max(40).optional(),
  disabledRules: z.array(z.string().max(200)).max(500).default([]),
  changedFiles: z.array(ChangedFile).max(requestLimits.files),
  files: z.array(FileToReview).max(requestLimits.files),
  guidelines: z.array(Guideline).max(requestLimits.guidelines).default([]),
  rules: z.array(RepositoryRule).max(requestLimits.rules).default([]),
  marks: z.array(Mark).max(requestLimits.marks).default([]),
  ledgers: z.array(Ledger).max(requestLimits.ledgers).optional(),
  full: z.boolean().optional(),
  asked: z.boolean().optional(),
  persona: AskedPersona.optional(),
})
export type ReviewRequest = z.infer<typeof ReviewRequest>
/** What a client may leave out: fields with a default. */
export type ReviewRequestInput = z.input<typeof ReviewRequest>

/** Why a file, or a part of it, was not read by the model. */
export const NotReachedReason = z.enum([
  'deadline',
  'too-large',
  'engine-failed',
  'invalid-answer',
  'refused',
  'cancelled',
])
export type NotReachedReason = z.infer<typeof NotReachedReason>

/** What happened to one requested file. `reviewedHunks` of `hunks` were read by every reviewer that took part. */
export const FileCoverage = z.object({
  path: z.string(),
  hunks: z.int().min(0),
  reviewedHunks: z.int().min(0),
  reason: NotReachedReason.optional(),
})
export type FileCoverage = z.infer<typeof FileCoverage>

/** Tokens and milliseconds. `engineMs` sums over calls, so it may exceed `totalMs`. */
export const Usage = z.object({
  promptTokens: z.int().min(0),
  completionTokens: z.int().min(0),
  modelCalls: z.int().min(0),
  cachedBatches: z.int().min(0),
  batches: z.int().min(0),
  engineMs: z.number().min(0),
  totalMs: z.number().min(0),
})
export type Usage = z.infer<typeof Usage>

/** What produced the answer. `model` is null when no model is configured: only the deterministic reviewers took part. */
export const Provenance = z.object({
  serverVersion: z.string(),
  model: z.string().nullable(),
  modelHash: z.string().nullable(),
  adapter: z.string().nullable(),
  promptVersion: z.string(),
  promptHash: z.string(),
  policyHash: z.string(),
  reviewers: z.array(z.string()),
})
export type Provenance = z.infer<typeof Provenance>

/** A repository rule that could not be used, or another thing its maintainer should mend. Plain sentences of ours. */
export const Notice = z.object({
  code: z.string(),
  path: z.string().optional(),
  message: z.string().max(500),
})
export type Notice = z.infer<typeof Notice>

/** Findings that did not survive: counted, so that nothing is dropped silently. */
export const Discarded = z.object({
  disproved: z.int().min(0),
  duplicate: z.int().min(0),
  invalid: z.int().min(0),
})
export type Discarded = z.infer<typeof Discarded>

/**
 * What became of a finding that was said before. `settled`: its text stands in a hunk that is not read again.
 * `changed`: it stands in one that is read again because a believed ledger does not name it. `reread`: it stands in one
 * that is read again, and nobody knows whether it changed: there is no believed ledger, or `full` was asked for.
 * `gone`: it stands nowhere in the files under review.
 */
export const EarlierState = z.enum(['settled', 'changed', 'reread', 'gone'])
export type EarlierState = z.infer<typeof EarlierState>

/** A finding said before under a believed mark. `severity` is the highest that a mark gives; absent on old marks. */
export const EarlierFinding = z.object({
  identity: z.string(),
  state: EarlierState,
  severity: Severity.optional(),
  category: Category.optional(),
  declined: z.boolean(),
})
export type EarlierFinding = z.infer<typeof EarlierFinding>

/**
 * First event of a stream. `trusted` holds the identities among the request's marks whose seal is the server's own,
 * `earlier` tells what became of each finding among them, and `settled` names the hunks that are not read again, as a
 * ledger does.
 */
export const Accepted = z.object({
  id: z.string(),
  queue: z.int().min(0),
  effort: Effort,
  trusted: z.array(z.string()),
  earlier: z.array(EarlierFinding).optional(),
  settled: z.array(z.string()).optional(),
})
export type Accepted = z.infer<typeof Accepted>

/** `stage` is one of the pipeline's; numbers only, never text of the change. */
export const Progress = z.object({
  stage: z.enum(['queued', 'plan', 'review', 'verify', 'rank']),
  done: z.int().min(0),
  total: z.int().min(0),
})
export type Progress = z.infer<typeof Progress>

/**
 * How the asked persona took part. `adapter`: by a trained adapter with retrieval; `retrieval`: by past comments alone;
 * `absent`: there is no consent, there are too few comments, or no model. `near`: places that had a past comment near
 * them; elsewhere it kept silent. `card`: path of its page on the server, or its whole address.
 */
export const PersonaShare = z.object({
  login: z.string(),
  name: z.string().optional(),
  by: z.enum(['adapter', 'retrieval', 'absent']),
  adapter: z.string().nullable(),
  arm: z.enum(['live', 'canary', 'none']),
  near: z.int().min(0),
  card: z.string().nullable(),
})
export type PersonaShare = z.infer<typeof PersonaShare>

/**
 * Last event of a stream. `summarySeal` vouches for the review body of this run; `complete` is false if any hunk was not
 * read. `ledger` names the hunks of this change that a model has read, now or before; absent where there is none.
 */
export const Done = z.object({
  complete: z.boolean(),
  coverage: z.array(FileCoverage),
  discarded: Discarded,
  usage: Usage,
  provenance: Provenance,
  notices: z.array(Notice),
  summarySeal: z.string(),
  // Open like every answer, unlike the ledger of a request.
  ledger: z.object(Ledger.shape).optional(),
  persona: PersonaShare.optional(),
})
export type Done = z.infer<typeof Done>

/** The JSON answer of `POST /v1/reviews` and `GET /v1/reviews/{id}`: the stream, folded. */
export const ReviewResult = z.object({
  accepted: Accepted,
  findings: z.array(Finding),
  done: Done,
})
export type ReviewResult = z.infer<typeof ReviewResult>
