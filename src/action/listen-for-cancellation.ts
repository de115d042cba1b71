/** The runner sends SIGINT, SIGTERM 7.5 s later, and kills 2.5 s after that. */
const leaveAfterMs = 5000

/** A signal that is aborted when the runner cancels the job; the process then has five seconds to say so. */
export function listenForCancellation(): AbortSignal {
  const controller = new AbortController()
  const cancel = () => {
    if (controller.signal.aborted) return
    controller.abort()
    setTimeout(() => process.exit(0), leaveAfterMs).unref()
  }
  process.on('SIGINT', cancel)
  process.on('SIGTERM', cancel)
  return controller.signal
}
