import type { Done, FileCoverage, NotReachedReason } from '@ai-review/protocol/review'
import type { ReviewSummary } from './review-summary.ts'
import { type SkipReason, skipReasons } from './skip-reason.ts'

/** A file that should have been read and was not, or not whole. `reason` is the end of a sentence of ours. */
interface UnreviewedFile {
  readonly path: string | null
  readonly reason: string
}

const notReached: Readonly<Record<NotReachedReason, string>> = {
  deadline: 'the deadline came first',
  'too-large': 'too large for the model',
  'engine-failed': 'the engine failed',
  'invalid-answer': 'the model answered nonsense',
  refused: 'the model refused',
  cancelled: 'the review was cancelled',
}

/** Why a change was looked at by nobody; null where somebody did. The wire has no word of its own for it. */
function nobodyRead({ provenance }: Done): string | null {
  if (provenance.reviewers.length > 0) return null
  return provenance.model === null ? 'no model is configured on the model server' : 'no reviewer took part'
}

function gapOf(coverage: FileCoverage | undefined): string | null {
  if (coverage === undefined) return 'the model server does not say that it was read'
  const { hunks, reviewedHunks, reason } = coverage
  if (reviewedHunks >= hunks && reason === undefined) return null
  const why = reason === undefined ? 'no reason given' : notReached[reason]
  return reviewedHunks === 0 ? why : `${Math.min(reviewedHunks, hunks)} of ${hunks} hunks read; ${why}`
}

/** Every file that the policy wants reviewed and that was not read whole, with the reason. */
export function unreviewedFiles({ selection, answer }: ReviewSummary): UnreviewedFile[] {
  const withheld = selection.skipped
    .filter(({ reason }) => !skipReasons[reason].complete)
    .map(({ path, reason }) => ({ path, reason: skipReasons[reason].sentence }))
  const nobody = answer && nobodyRead(answer.done)
  const covered = new Map(answer?.done.coverage.map((coverage) => [coverage.path, coverage]))
  const gaps = selection.selected.flatMap(({ path, hunks }) => {
    if (answer === null) return [{ path, reason: 'the model server gave no answer' }]
    const told = covered.get(path)
    // What counts is the number of hunks that was asked for, not the number that the answer claims.
    const reason = gapOf(told && { ...told, hunks: Math.max(told.hunks, hunks.length) })
    return reason === null ? [] : [{ path, reason: nobody ?? reason }]
  })
  return [...withheld, ...gaps]
}

/** Files that are left alone on purpose, by reason. */
export function leftAlone({ selection }: ReviewSummary): ReadonlyMap<SkipReason, readonly (string | null)[]> {
  const left = selection.skipped.filter(({ reason }) => skipReasons[reason].complete)
  return new Map(
    [...Map.groupBy(left, ({ reason }) => reason)].map(([reason, files]) => [
      reason,
      files.map(({ path }) => path),
    ]),
  )
}
