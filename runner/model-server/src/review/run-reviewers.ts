import type { Hunk } from '@ai-review/protocol/change'
import type { FileCoverage, Notice, Progress, ReviewRequest } from '@ai-review/protocol/review'
import { nothingRead } from './coverage.ts'
import { type Deadline, orCut } from './deadline.ts'
import type { Candidate, Reviewer, ReviewerResult, ReviewerUsage } from './reviewer.ts'

/** A reviewer, and what of the change it is to look at. */
export interface Assignment {
  readonly reviewer: Reviewer
  readonly request: ReviewRequest
}

/** What all reviewers brought back together; `coverage` holds what each told, in their order. */
export interface Reviewed {
  readonly candidates: readonly Candidate[]
  readonly coverage: readonly (readonly FileCoverage[])[]
  readonly notices: readonly Notice[]
  readonly invalid: number
  readonly usage: readonly ReviewerUsage[]
  readonly read: readonly Hunk[]
  /** Places near which a past comment was. */
  readonly near: number
}

/** Time that a reviewer has to hand in what it has once it was told to stop. */
const handInMs = 1000

function failure(request: ReviewRequest, name: string): ReviewerResult {
  return {
    candidates: [],
    coverage: nothingRead(request.files, 'engine-failed'),
    notices: [{ code: 'reviewer-failed', message: `The reviewer "${name}" failed; the others went on.` }],
    invalid: 0,
  }
}

function cut(request: ReviewRequest, deadline: Deadline): ReviewerResult {
  return {
    candidates: [],
    coverage: nothingRead(request.files, deadline.reason()),
    notices: [],
    invalid: 0,
  }
}

/** Adds up the progress of several reviewers into one bar. */
function sharedProgress(names: readonly string[], tell: (progress: Progress) => void) {
  const bars = new Map(names.map((name) => [name, { done: 0, total: 1 }]))
  return (name: string, bar: { readonly done: number; readonly total: number } | 'ended') => {
    const total = bars.get(name)?.total ?? 1
    bars.set(name, bar === 'ended' ? { done: total, total } : bar)
    const all = [...bars.values()]
    tell({
      stage: 'review',
      done: all.reduce((sum, bar) => sum + bar.done, 0),
      total: all.reduce((sum, bar) => sum + bar.total, 0),
    })
  }
}

/**
 * Lets every reviewer look at the change at once. One that throws, or that is not back in time, costs its own
 * findings and its share of the coverage, never those of the others.
 */
export async function runReviewers(
  assignments: readonly Assignment[],
  {
    deadline,
    onProgress,
  }: { readonly deadline: Deadline; readonly onProgress: (progress: Progress) => void },
): Promise<Reviewed> {
  const tell = sharedProgress(
    assignments.map(({ reviewer }) => reviewer.name),
    onProgress,
  )
  const runOne = async ({ reviewer, request }: Assignment): Promise<ReviewerResult> => {
    try {
      const work = reviewer.review(request, {
        signal: deadline.signal,
        deadline: deadline.at,
        onProgress: (done, total) => tell(reviewer.name, { done, total }),
      })
      const result = await orCut(work, { signal: deadline.signal, graceMs: handInMs, cut: null })
      if (result === null) return cut(request, deadline)
      return result
    } catch {
      return failure(request, reviewer.name)
    } finally {
      tell(reviewer.name, 'ended')
    }
  }
  const results = await Promise.all(assignments.map(runOne))
  const unread = new Set(results.flatMap((result) => result.unread ?? []))
  return {
    candidates: results.flatMap((result) => result.candidates),
    coverage: results.map((result) => result.coverage),
    notices: results.flatMap((result) => result.notices),
    invalid: results.reduce((sum, result) => sum + result.invalid, 0),
    usage: results.flatMap((result) => (result.usage === undefined ? [] : [result.usage])),
    read: results.flatMap((result) => result.read ?? []).filter((hunk) => !unread.has(hunk)),
    near: results.reduce((sum, result) => sum + (result.near ?? 0), 0),
  }
}
