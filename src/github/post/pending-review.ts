import { ReviewError } from '../../errors.ts'
import { deletePending, findPending, type ReviewPlace } from './review-requests.ts'

/** The mark of any run of ours, as it stands in the bodies of its reviews. */
const anyRunMark = /<!-- ai-review:run [A-Za-z0-9._-]{1,100} -->/

/**
 * Deletes the pending review of this account that a run of ours left behind: it blocks every review and every reply.
 * One without a mark of ours belongs to a person or another program, stays, and is told as `github-rejected`.
 */
export async function clearPending(place: ReviewPlace): Promise<void> {
  const pending = await findPending(place)
  if (pending === null) return
  if (!anyRunMark.test(pending.body ?? '')) {
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
