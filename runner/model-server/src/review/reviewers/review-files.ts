import { setImmediate } from 'node:timers/promises'
import type { FileToReview } from '@ai-review/protocol/change'
import type { FileCoverage, NotReachedReason, ReviewRequest } from '@ai-review/protocol/review'
import type { Candidate, ReviewerContext, ReviewerResult } from '../reviewer.ts'

/** Why a review has to stop now, or null while it may go on. */
export function stopReason(context: ReviewerContext): NotReachedReason | null {
  if (Date.now() >= context.deadline) return 'deadline'
  return context.signal.aborted ? 'cancelled' : null
}

/** Coverage of a file of which nothing was read. */
export function notRead(file: FileToReview, reason: NotReachedReason): FileCoverage {
  return { path: file.path, hunks: file.hunks.length, reviewedHunks: 0, reason }
}

/**
 * Reviews file by file and lets the server breathe in between. Findings on rules that the request switches off are
 * left out; files behind the deadline are told in the coverage.
 */
export async function reviewFiles(
  request: ReviewRequest,
  context: ReviewerContext,
  reviewFile: (file: FileToReview) => Promise<readonly Candidate[]>,
): Promise<ReviewerResult> {
  const disabled = new Set(request.disabledRules)
  const isEnabled = (candidate: Candidate) =>
    !candidate.evidence.some(({ kind, reference }) => kind === 'rule' && disabled.has(reference))
  const candidates: Candidate[] = []
  const coverage: FileCoverage[] = []
  for (const [index, file] of request.files.entries()) {
    const reason = stopReason(context)
    if (reason === null) candidates.push(...(await reviewFile(file)).filter(isEnabled))
    else coverage.push(notRead(file, reason))
    context.onProgress(index + 1, request.files.length)
    await setImmediate()
  }
  return { candidates, coverage, notices: [], invalid: 0 }
}
