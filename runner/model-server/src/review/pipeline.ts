import type { FileCoverage, Notice, Provenance, ReviewRequest, Usage } from '@ai-review/protocol/review'
import type { Engine } from '../engine/engine.ts'
import { type Admitted, admitCandidates } from './admit.ts'
import { type Model, openModel } from './asking/ask-model.ts'
import { createUsageMeter, type UsageMeter } from './asking/usage-meter.ts'
import { combineCoverage, isComplete, nothingRead, withSettled } from './coverage.ts'
import { type Clock, type Deadline, startDeadline } from './deadline.ts'
import { type DiffLines, indexDiffLines } from './diff-lines.ts'
import { type Disproved, disprove } from './disprove.ts'
import { namesOfRun } from './earlier/ledger-memory.ts'
import { unsettledFiles } from './earlier/settled-hunks.ts'
import { isAlone, type PersonaPart, personaPart, routedFiles, shareOf, voiceNameOf } from './persona-part.ts'
import {
  type KnownBefore,
  noCache,
  type Pipeline,
  type PipelineResult,
  type PipelineRun,
  type RankedFinding,
  type ResponseCache,
  type VoiceName,
} from './pipeline-contract.ts'
import { effortSettings } from './plan/effort-settings.ts'
import { promptHash, promptVersion } from './prompt/prompt-version.ts'
import { rank } from './rank.ts'
import type { Reviewer } from './reviewer.ts'
import { createModelReviewer } from './reviewers/model/model-reviewer.ts'
import { createPersonaReviewer } from './reviewers/persona/persona-reviewer.ts'
import { type Assignment, type Reviewed, runReviewers } from './run-reviewers.ts'
import { verifySuggestions } from './verify-suggestions.ts'

/** `engine` is null when no model is configured: `reviewers`, the deterministic ones, then work alone. */
export interface PipelineParts {
  readonly engine: Engine | null
  readonly reviewers: readonly Reviewer[]
  readonly cache: ResponseCache
  readonly serverVersion: string
  readonly now?: Clock
}

/** Share of the time that reviewing may take when verifying comes after it. */
const reviewShare = 0.7

/** Time kept free for ranking and answering. */
const answerMs = 300

/** Most findings of one review: what a person can read; more is an engine gone astray, and is told. */
const findingsMax = 300

/** One run of the pipeline over one request. */
interface Run extends PipelineRun {
  readonly known: KnownBefore
  readonly parts: PipelineParts
  readonly request: ReviewRequest
  readonly now: Clock
  readonly persona: PersonaPart | null
}

interface Step {
  readonly deadline: Deadline
  readonly meter: UsageMeter
  readonly voice?: VoiceName | undefined
}

interface Meters {
  readonly reviewing: UsageMeter
  readonly verifying: UsageMeter
}

function modelOf({ parts, request, priority, now }: Run, { deadline, meter, voice }: Step): Model | null {
  const { engine } = parts
  const cache = request.full === true ? writingOnly(parts.cache) : parts.cache
  return engine === null ? null : openModel({ engine, cache, priority, deadline, meter, now, voice })
}

/** A person who wants everything read again wants no answer of before. */
function writingOnly(cache: ResponseCache): ResponseCache {
  return { get: noCache.get, set: (key, value, voice) => cache.set(key, value, voice) }
}

/** The instant by which reviewing must end so that verifying, where the effort buys it, has its share. */
function reviewEnd({ parts, deadline, effort, now }: Run): number {
  const left = deadline - answerMs - now()
  const verifies = parts.engine !== null && effortSettings[effort].verify
  return now() + left * (verifies ? reviewShare : 1)
}

/** The request as the model is to read it: what was read before is not read again. */
function unsettledRequest({ request, known }: Run): ReviewRequest {
  return { ...request, files: [...unsettledFiles(request.files, known.settled)] }
}

/** A person's style, on the whole change where it alone was asked for, else on what is routed to it. */
function voiceAssignments(run: Run, step: Step): Assignment[] {
  const { persona, request, effort } = run
  const voice = voiceNameOf(request, persona)
  const model = modelOf(run, { ...step, voice })
  if (persona === null || persona.voice === null || model === null) return []
  const { adapter } = persona
  const reviewer = createPersonaReviewer({ model, meter: step.meter, effort, voice: persona.voice, adapter })
  if (isAlone(persona)) return [{ reviewer, request }]
  const unsettled = unsettledRequest(run)
  return [{ reviewer, request: { ...unsettled, files: routedFiles(unsettled, persona) } }]
}

function neutralAssignments(run: Run, step: Step): Assignment[] {
  const { request, effort, parts } = run
  const model = modelOf(run, step)
  const { meter } = step
  return [
    ...parts.reviewers.map((reviewer) => ({ reviewer, request })),
    ...(model === null
      ? []
      : [{ reviewer: createModelReviewer({ model, meter, effort }), request: unsettledRequest(run) }]),
  ]
}

async function review(
  run: Run,
  meter: UsageMeter,
): Promise<Reviewed & { readonly names: readonly string[] }> {
  using deadline = startDeadline(run.signal, reviewEnd(run), run.now)
  const { onProgress, request } = run
  const step = { deadline, meter }
  const neutral = isAlone(run.persona) ? [] : neutralAssignments(run, step)
  const assignments = [...neutral, ...voiceAssignments(run, step)]
  const reviewed = await runReviewers(assignments, { deadline, onProgress })
  const coverage = reviewed.coverage.map((told, index) =>
    assignments[index]?.request === request ? told : withSettled(told, request.files, run.known.settled),
  )
  return { ...reviewed, coverage, names: assignments.map(({ reviewer }) => reviewer.name) }
}

async function verify(run: Run, admitted: readonly Admitted[], meter: UsageMeter): Promise<Disproved> {
  using deadline = startDeadline(run.signal, run.deadline - answerMs, run.now)
  const voice = voiceNameOf(run.request, run.persona)
  const model = effortSettings[run.effort].verify ? modelOf(run, { deadline, meter, voice }) : null
  const checked = await verifySuggestions(admitted)
  if (model === null) return { admitted: checked, disproved: 0, unverified: 0 }
  return disprove(checked, model, (done, total) => run.onProgress({ stage: 'verify', done, total }))
}

function coverageOf(
  request: ReviewRequest,
  { names, coverage }: Awaited<ReturnType<typeof review>>,
): FileCoverage[] {
  if (names.length === 0) return nothingRead(request.files, 'engine-failed')
  return combineCoverage(request.files, coverage)
}

function provenanceOf({ parts, request, persona }: Run, reviewers: readonly string[]): Provenance {
  return {
    serverVersion: parts.serverVersion,
    model: parts.engine?.description.model ?? null,
    modelHash: parts.engine?.description.modelHash ?? null,
    adapter: persona?.adapter ?? null,
    promptVersion,
    promptHash,
    policyHash: request.policyHash,
    reviewers: [...reviewers],
  }
}

function noticesOf(unverified: number, unshown: number): Notice[] {
  const doubt = `${unverified} findings could not be checked a second time; their confidence is lowered.`
  const more = `${unshown} findings beyond the first ${findingsMax} are left out.`
  return [
    ...(unverified > 0 ? [{ code: 'not-verified', message: doubt }] : []),
    ...(unshown > 0 ? [{ code: 'too-many-findings', message: more }] : []),
  ]
}

/** Batches are those of the review; verifying adds its calls and tokens. */
function usageOf(reviewed: Reviewed, { reviewing, verifying }: Meters): Omit<Usage, 'totalMs'> {
  const read = reviewing.total(reviewed.usage.reduce((sum, usage) => sum + usage.batches, 0))
  const verified = verifying.total(0)
  return {
    ...read,
    promptTokens: read.promptTokens + verified.promptTokens,
    completionTokens: read.completionTokens + verified.completionTokens,
    modelCalls: read.modelCalls + verified.modelCalls,
    engineMs: read.engineMs + verified.engineMs,
  }
}

/**
 * What the ledger names. Hunks with findings that are not shown are not among those that were read. A voice alone reads
 * for itself, so what was known before is handed on as it was.
 */
function readBy(
  { known, persona }: Run,
  { read }: Reviewed,
  by: { readonly findings: readonly RankedFinding[]; readonly index: ReadonlyMap<string, DiffLines> },
): readonly string[] {
  if (isAlone(persona)) return known.ledger ?? []
  const hunksOf = (findings: readonly RankedFinding[]) =>
    new Set(
      findings
        .map(({ path, side, line }) => by.index.get(path)?.[side].get(line)?.hunk)
        .filter((hunk) => hunk !== undefined),
    )
  const withUnshown = hunksOf(by.findings.slice(findingsMax))
  return namesOfRun({
    read: [...known.settled, ...read.filter((hunk) => !withUnshown.has(hunk))],
    found: new Set(by.findings.map(({ identity }) => identity)),
    withFindings: hunksOf(by.findings),
    standing: known.standing,
  })
}

async function runPipeline(run: Run): Promise<PipelineResult> {
  const started = run.now()
  const meters: Meters = { reviewing: createUsageMeter(), verifying: createUsageMeter() }
  run.onProgress({ stage: 'plan', done: 0, total: 1 })
  const reviewed = await review(run, meters.reviewing)
  const index = indexDiffLines(run.request.files)
  const { admitted, invalid } = admitCandidates(reviewed.candidates, index)
  const verified = await verify(run, admitted, meters.verifying)
  run.onProgress({ stage: 'rank', done: 0, total: 1 })
  const { findings, duplicate } = rank(verified.admitted, run.known.moved)
  const coverage = coverageOf(run.request, reviewed)
  const shown = findings.slice(0, findingsMax)
  return {
    findings: shown,
    read: readBy(run, reviewed, { findings, index }),
    complete: isComplete(coverage),
    coverage,
    discarded: { disproved: verified.disproved, duplicate, invalid: invalid + reviewed.invalid },
    usage: { ...usageOf(reviewed, meters), totalMs: Math.max(0, run.now() - started) },
    provenance: provenanceOf(run, reviewed.names),
    notices: [
      ...(run.persona?.notices ?? []),
      ...reviewed.notices,
      ...noticesOf(verified.unverified, findings.length - shown.length),
    ],
    ...(run.persona === null ? {} : { persona: shareOf(run.persona, reviewed.near) }),
  }
}

/**
 * plan → review → verify → rank. A run never throws for what a reviewer, an engine or a change does, and ends by its
 * deadline: what was not read by then is told in its coverage.
 */
export function createPipeline(parts: PipelineParts): Pipeline {
  const now = parts.now ?? Date.now
  const nothingKnown: KnownBefore = { settled: new Set(), moved: new Map(), standing: new Map() }
  return {
    run: async (request, run) => {
      const persona = await personaPart(request.persona, run.voice, parts.engine)
      return runPipeline({ ...run, known: run.known ?? nothingKnown, parts, request, now, persona })
    },
  }
}
