import { ReviewError } from '../errors.ts'

/** Settles as `work` does, or rejects as soon as the signal is aborted: with its reason if that tells one, else `cancelled`. */
export async function unlessStopped<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop = () => {}
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason instanceof ReviewError ? signal.reason : cancelled())
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, stopped])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function cancelled(): ReviewError {
  return new ReviewError('cancelled', 'The run was cancelled before the review was done.', {
    hint: 'Run the job again if the review is still wanted.',
  })
}
