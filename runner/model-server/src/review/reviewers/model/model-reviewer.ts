import type { Hunk } from '@ai-review/protocol/change'
import type { Effort, Notice, NotReachedReason, ReviewRequest } from '@ai-review/protocol/review'
import PQueue from 'p-queue'
import type { Model } from '../../asking/ask-model.ts'
import type { UsageMeter } from '../../asking/usage-meter.ts'
import { coverageOfMissed, nothingRead } from '../../coverage.ts'
import { planReview, type ReviewPlan } from '../../plan/plan-review.ts'
import { isClipped } from '../../prompt/shown-text.ts'
import type { Reviewer, ReviewerContext, ReviewerResult } from '../../reviewer.ts'
import { type BatchResult, firstTries, readBatch } from './read-batch.ts'

interface ModelReviewerParts {
  readonly model: Model
  readonly meter: UsageMeter
  readonly effort: Effort
}

/** Most guidelines named one by one as cut. */
const cutGuidelinesNamed = 10

const nothingToRead: ReviewerResult = { candidates: [], coverage: [], notices: [], invalid: 0 }

function notPlanned(request: ReviewRequest, reason: NotReachedReason, meter: UsageMeter): ReviewerResult {
  const message = "The model's context is too small for any part of the change: serve it with a larger one."
  const notices: Notice[] = reason === 'too-large' ? [{ code: 'context-too-small', message }] : []
  const coverage = nothingRead(request.files, reason)
  return { candidates: [], coverage, notices, invalid: 0, usage: meter.total(0) }
}

function cutGuidelineNotices(results: readonly BatchResult[]): Notice[] {
  const paths = [...new Set(results.flatMap((result) => result.cutGuidelines))]
  const message =
    'This guideline did not fit into the prompt whole: keep what matters to reviews at its start.'
  return paths.slice(0, cutGuidelinesNamed).map((path) => ({ code: 'guideline-cut', path, message }))
}

/** Hunks that hold a changed line too long to be shown whole: the model saw only its start. */
function clippedHunks(request: ReviewRequest): [Hunk, NotReachedReason][] {
  return request.files
    .flatMap((file) => file.hunks)
    .filter((hunk) => hunk.lines.some((line) => line.kind !== 'context' && isClipped(line.text)))
    .map((hunk) => [hunk, 'too-large'])
}

/** Reads every batch once per focus of the effort; the first reading decides coverage, further ones may only add. */
async function readAll(
  plan: ReviewPlan,
  model: Model,
  onProgress: ReviewerContext['onProgress'],
): Promise<{ readonly first: readonly BatchResult[]; readonly further: readonly BatchResult[] }> {
  const { frame, batches } = plan
  const total = batches.length * frame.settings.passes.length
  let done = 0
  onProgress(0, total)
  const readings = frame.settings.passes.map((focus, seed) => ({ model, frame, focus, seed: seed + 1 }))
  const tasks = readings.flatMap((reading) =>
    batches.map((batch) => async () => {
      const result = await readBatch(reading, batch, firstTries)
      done += 1
      onProgress(done, total)
      return result
    }),
  )
  const results = await new PQueue({ concurrency: model.parallel }).addAll(tasks)
  return { first: results.slice(0, batches.length), further: results.slice(batches.length) }
}

/** The language model as a reviewer of one run: batches in parallel, each answer checked against what was shown. */
export function createModelReviewer({ model, meter, effort }: ModelReviewerParts): Reviewer {
  return {
    name: 'model',
    review: async (request, { onProgress }) => {
      if (request.files.length === 0) return nothingToRead
      const { contextTokens, countTokens } = model
      const plan = await planReview(request, { effort, contextTokens, countTokens })
      if (typeof plan === 'string') return notPlanned(request, plan, meter)
      const { first, further } = await readAll(plan, model, onProgress)
      const all = [...first, ...further]
      const missed = new Map([
        ...clippedHunks(request),
        ...first.flatMap((result) => result.missed.map(({ piece, reason }) => [piece.hunk, reason] as const)),
      ])
      return {
        candidates: all.flatMap((result) => result.candidates),
        coverage: coverageOfMissed(request.files, missed),
        notices: cutGuidelineNotices(all),
        invalid: all.reduce((sum, result) => sum + result.invalid, 0),
        usage: meter.total(all.length),
        read: request.files.flatMap((file) => file.hunks).filter((hunk) => !missed.has(hunk)),
      }
    },
  }
}
