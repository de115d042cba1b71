import { ReviewError } from '../errors.ts'
import { type JudgedFinding, withRefused } from '../review/judge.ts'
import { formatRunMark } from '../review/marker.ts'
import { renderComments } from '../review/render-comment.ts'
import { hasNews, renderReviewBody } from '../review/render-review-body.ts'
import type { ReviewSummary } from '../review/review-summary.ts'
import type { Log, Publisher, PullRequest } from '../roles.ts'

interface Publishing {
  readonly pullRequest: PullRequest
  readonly summary: ReviewSummary
  readonly run: string
}

interface Roles {
  readonly publisher: Publisher
  readonly log: Log
}

/**
 * Posts one review where there is something new to say, and answers what then stands where.
 * Throws `head-moved` before anything is posted on a commit that is no longer the head.
 */
export async function publishReview(
  publishing: Publishing,
  { publisher, log }: Roles,
): Promise<ReviewSummary> {
  const { pullRequest, summary, run } = publishing
  if (!hasNews(summary)) {
    log.info('There is nothing new to say: no review was posted.')
    return summary
  }
  if ((await publisher.currentHead(pullRequest)) !== pullRequest.head.sha) {
    throw new ReviewError('head-moved', 'The pull request got a new head during the review.', {
      hint: 'Nothing was posted on the old one; the run for the new head reviews it.',
    })
  }
  try {
    const posted = await publisher.postReview(pullRequest, {
      head: pullRequest.head.sha,
      body: renderReviewBody(summary, run),
      comments: renderComments(summary.judged, {
        headSha: pullRequest.head.sha,
        files: summary.selection.selected,
      }),
      runMark: formatRunMark(run),
    })
    return { ...summary, judged: withRefused(summary.judged, posted.refused), reviewUrl: posted.url }
  } catch (error) {
    if (!(error instanceof ReviewError) || error.code !== 'missing-permission') throw error
    log.warning(`The review is in the job summary only: ${error.message} ${error.hint}`)
    return {
      ...summary,
      judged: unposted(summary.judged),
      notices: [...summary.notices, { code: 'not-posted', message: error.message }],
    }
  }
}

/** Findings after a run that could not post: what would have been a comment is told in the summary. */
export function unposted(judged: readonly JudgedFinding[]): JudgedFinding[] {
  return judged.map((one) =>
    one.verdict === 'posted' ? { ...one, verdict: 'in-summary', reason: 'The review was not posted.' } : one,
  )
}
