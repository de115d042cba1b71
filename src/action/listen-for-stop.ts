import { toReviewError } from './to-review-error.ts'

/** The runner sends SIGINT, SIGTERM 7.5 s later, and kills 2.5 s after that. */
const leaveAfterMs = 5000

/**
 * A signal that is aborted when the runner cancels the job, or when an error comes up where nobody waits for it;
 * its reason is then the `ReviewError` to tell. The process has five seconds to complete its check.
 */
export function listenForStop(): AbortSignal {
  const controller = new AbortController()
  const stop = (reason?: Error) => {
    if (controller.signal.aborted) return
    controller.abort(reason)
    setTimeout(() => process.exit(), leaveAfterMs).unref()
  }
  process.on('SIGINT', () => stop())
  process.on('SIGTERM', () => stop())
  process.on('uncaughtException', (error) => stop(toReviewError(error)))
  return controller.signal
}
