import { ReviewError } from '../errors.ts'
import type { Publisher, PullRequest } from '../roles.ts'

/** Throws `head-moved` where the pull request has another head than the one that was read. */
export async function refuseNewerHead(
  pullRequest: PullRequest,
  { publisher }: { readonly publisher: Pick<Publisher, 'currentHead'> },
): Promise<void> {
  if ((await publisher.currentHead(pullRequest)) === pullRequest.head.sha) return
  throw new ReviewError('head-moved', 'The pull request got a new head during the review.', {
    hint: 'Nothing was posted on the old one; the run for the new head reviews it. A command has to be given again.',
  })
}
