import type { Ledger } from '@ai-review/protocol/seal'
import { ReviewError } from '../errors.ts'
import { type JudgedFinding, withoutSaid, withRefused } from '../review/judge.ts'
import { formatRunMark } from '../review/marker.ts'
import { renderComments } from '../review/render-comment.ts'
import { hasNews, renderReviewBody } from '../review/render-review-body.ts'
import type { ReviewSummary } from '../review/review-summary.ts'
import type { CheckHandle, LineComment, Log, Publisher, PullRequest } from '../roles.ts'
import { refuseNewerHead } from './refuse-newer-head.ts'
import { describeSteps, hasStep, settleThreads } from './settle-threads.ts'

interface Publishing {
  readonly pullRequest: PullRequest
  readonly summary: ReviewSummary
  readonly run: string
  readonly check: CheckHandle | null
  /** Ledgers of earlier runs: what is kept where this run could not tell what it found. */
  readonly carried: readonly Ledger[]
}

interface Roles {
  readonly publisher: Publisher
  readonly log: Log
}

/**
 * Posts one review where there is something new to say, settles the threads of earlier findings, and answers what then
 * stands where. Throws `head-moved` before anything is posted on a commit that is no longer the head.
 */
export async function publishReview(publishing: Publishing, roles: Roles): Promise<ReviewSummary> {
  const { pullRequest, summary } = publishing
  if (!hasNews(summary) && !summary.earlier.some(hasStep)) {
    roles.log.info('There is nothing new to say: no review was posted.')
    return summary
  }
  const isAlone = !hasNews(summary) || (await takeTurn(publishing.check))
  // A turn may be waited for, so the head is asked for after it.
  await refuseNewerHead(pullRequest, roles)
  const posted = hasNews(summary) ? await postNews(publishing, { ...roles, isAlone }) : summary
  const earlier = await settleThreads(posted.earlier, roles)
  const steps = describeSteps(earlier)
  if (steps !== null) roles.log.info(steps)
  return withLedgers({ ...posted, earlier }, publishing)
}

/** A finding whose thread could not be opened again has to be found again, or it would count as fixed from now on. */
function withLedgers(settled: ReviewSummary, { summary, carried }: Publishing): ReviewSummary {
  const isLeft = summary.earlier.some(
    ({ step }, index) => step === 'reopen' && settled.earlier[index]?.step !== 'reopen',
  )
  return isLeft ? { ...settled, ledgersToKeep: carried } : settled
}

async function postNews(
  publishing: Publishing,
  { isAlone, ...roles }: Roles & { readonly isAlone: boolean },
): Promise<ReviewSummary> {
  const { pullRequest } = publishing
  if (isAlone) return post(publishing, roles)
  const judged = withoutSaid(publishing.summary.judged, await roles.publisher.earlier(pullRequest))
  const summary = { ...publishing.summary, judged }
  if (hasNews(summary)) return post({ ...publishing, summary }, roles)
  roles.log.info('Another run has said all of it meanwhile: no review was posted.')
  return summary
}

/** True where no other run was at work on the head. Without a check nobody knows of the others, so one looks. */
async function takeTurn(check: CheckHandle | null): Promise<boolean> {
  if (check === null) return false
  try {
    return (await check.takeTurn()).alone
  } catch {
    return false
  }
}

async function post(publishing: Publishing, { publisher, log }: Roles): Promise<ReviewSummary> {
  const { pullRequest, summary, run, carried } = publishing
  try {
    const posted = await publisher.postReview(pullRequest, {
      head: pullRequest.head.sha,
      body: bodyOf(publishing, []).body,
      comments: renderComments(summary.judged, {
        headSha: pullRequest.head.sha,
        files: summary.selection.selected,
        about: summary,
      }),
      bodyWithout: (refused) => bodyOf(publishing, refused).body,
      runMark: formatRunMark(run),
    })
    return { ...bodyOf(publishing, posted.refused).summary, reviewUrl: posted.url }
  } catch (error) {
    if (!(error instanceof ReviewError) || error.code !== 'missing-permission') throw error
    log.warning(`The review is in the job summary only: ${error.message} ${error.hint}`)
    return {
      ...summary,
      judged: unposted(summary.judged),
      ledgersToKeep: carried,
      notices: [...summary.notices, { code: 'not-posted', message: error.message }],
    }
  }
}

/**
 * The body of the review, and the summary that goes with it. A finding whose mark finds no room is not known to the next
 * run, so that one must find it again: then no ledger says that its code was read.
 */
function bodyOf(
  { summary, run, carried }: Publishing,
  refused: readonly LineComment[],
): { readonly summary: ReviewSummary; readonly body: string } {
  const told = { ...summary, judged: withRefused(summary.judged, refused) }
  const body = renderReviewBody(told, run)
  const isWhole = told.judged.every(
    ({ verdict, finding }) => verdict !== 'in-summary' || body.includes(finding.seal),
  )
  if (isWhole) return { summary: told, body }
  const kept = { ...told, ledgersToKeep: carried }
  return { summary: kept, body: renderReviewBody(kept, run) }
}

/** Findings after a run that could not post: what would have been a comment is told in the summary. */
export function unposted(judged: readonly JudgedFinding[]): JudgedFinding[] {
  return judged.map((one) =>
    one.verdict === 'posted' ? { ...one, verdict: 'in-summary', reason: 'The review was not posted.' } : one,
  )
}
