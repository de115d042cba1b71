import { ReviewError } from '../errors.ts'

/** Time on top of the request's own, in which an answer that left the server in time still arrives. */
const transportMs = 2000

interface DeadlineLimits {
  readonly deadlineMs: number
  /** The caller's own. */
  readonly signal: AbortSignal
  /** What to change where time runs out. */
  readonly hint: string
}

/** Runs the work until the deadline or the caller's signal. Throws `deadline` or `cancelled` when it was cut, else what the work throws. */
export async function withinDeadline<Result>(
  { deadlineMs, signal, hint }: DeadlineLimits,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const cut = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs + transportMs)])
  try {
    return await work(cut)
  } catch (error) {
    if (!cut.aborted) throw error
    throw signal.aborted ? wasCancelled() : ranOutOfTime(deadlineMs, hint)
  }
}

function wasCancelled(): ReviewError {
  return new ReviewError('cancelled', 'The run was cancelled while the model server worked for it.', {
    hint: 'Run the workflow again if its result is still wanted.',
  })
}

function ranOutOfTime(deadlineMs: number, hint: string): ReviewError {
  const seconds = Math.round(deadlineMs / 1000)
  return new ReviewError('deadline', `The model server did not finish within ${seconds} s.`, {
    hint,
    retryable: true,
  })
}
