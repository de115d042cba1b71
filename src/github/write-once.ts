import { setTimeout as sleep } from 'node:timers/promises'
import { ReviewError } from '../errors.ts'
import { isUnclear, type Operation } from './translate-error.ts'

const attempts = 3

interface Write<T> {
  readonly operation: Operation
  readonly write: () => Promise<T>
  /** What the write left on GitHub, or null; for a write that changes nothing when it is repeated, always null. */
  readonly look: () => Promise<T | null>
  /** Milliseconds between an unclear answer and the look. */
  readonly backoffUnitMs: number
}

/**
 * Writes, and repeats the write only where a look has shown that it did not land. Where that cannot be seen it
 * stops with `github-unavailable`: a gap is mended by the next run, a duplicate by nobody.
 */
export async function writeOnce<T>({ operation, write, look, backoffUnitMs }: Write<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (!isUnclear(error)) throw error
      await sleep(backoffUnitMs * attempt)
      const landed = await lookAgain(operation, look)
      if (landed !== null) return landed
      if (attempt === attempts) throw error
    }
  }
}

/** What `look` finds after an unclear answer to a write. Where GitHub cannot be asked, says that nobody knows. */
export async function lookAgain<T>({ doing }: Operation, look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (cause) {
    if (!isUnclear(cause)) throw cause
    throw new ReviewError(
      'github-unavailable',
      `GitHub gave no clear answer while ${doing}, and could not be asked whether it was done.`,
      {
        hint: 'Look at the pull request, then run the job again: what stands there already is not written twice.',
        retryable: true,
        cause,
      },
    )
  }
}
