import { type ErrorCode, ReviewError } from '../errors.ts'
import type { CheckHandle, CheckReport, Log, Publisher, PullRequest } from '../roles.ts'
import { toReviewError } from './to-review-error.ts'

interface Roles {
  readonly publisher: Publisher
  readonly log: Log
}

/** A review is worth having without its check; what stops the review itself shows soon enough. */
const isBearable: ReadonlySet<ErrorCode> = new Set([
  'missing-permission',
  'github-rejected',
  'github-unavailable',
  'github-rate-limited',
])

/** A check in progress; null where none can be made, which is said in the log. */
export async function openCheck(
  pullRequest: PullRequest,
  { publisher, log }: Roles,
): Promise<CheckHandle | null> {
  try {
    return await publisher.startCheck(pullRequest)
  } catch (error) {
    if (!(error instanceof ReviewError) || !isBearable.has(error.code)) throw error
    log.warning(`No check is shown: ${error.message} ${error.hint}`)
    return null
  }
}

/** Completes the check; that it cannot be completed is said in the log and changes nothing else. */
export async function closeCheck(check: CheckHandle | null, report: CheckReport, log: Log): Promise<void> {
  try {
    await check?.complete(report)
  } catch (error) {
    const { message, hint } = toReviewError(error)
    log.warning(`The check could not be completed: ${message} ${hint}`)
  }
}
