import { ReviewError } from '../errors.ts'

/** Settles as `work` does, or rejects with `cancelled` as soon as the signal is aborted. */
export async function unlessCancelled<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const cancelled = () =>
    new ReviewError('cancelled', 'The run was cancelled before the review was done.', {
      hint: 'Run the job again if the review is still wanted.',
    })
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled())
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
