import { ReviewError } from '../../errors.ts'
import { deletePending, findPending, type ReviewPlace } from './review-requests.ts'

/** Tells whether a body was written by a run of ours, whichever. */
export type HoldsRunMark = (body: string) => boolean

/**
 * Deletes the pending review of this account that a run of ours left behind: it blocks every review and every reply.
 * One without a mark of ours belongs to a person or another program, stays, and is told as `github-rejected`.
 */
export async function clearPending(place: ReviewPlace, holdsRunMark: HoldsRunMark): Promise<void> {
  const pending = await findPending(place)
  if (pending === null) return
  if (!holdsRunMark(pending.body ?? '')) {
    throw new ReviewError(
      'github-rejected',
      'A pending review of the same account blocks what is to be said.',
      {
        hint: 'Submit or discard it on the pull request, or give the Action a token of its own; then run the job again.',
      },
    )
  }
  await deletePending(place, pending.id)
}
