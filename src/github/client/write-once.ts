import { setTimeout as sleep } from 'node:timers/promises'
import { ReviewError } from '../../errors.ts'
import { isUnclear, type Operation } from './translate-error.ts'

const attempts = 3
/** Units that are waited before each look: GitHub's listings may lag seconds behind its writes. */
const pausesBeforeLooks = [1, 2] as const

interface Look<T> {
  readonly operation: Operation
  /** What the write left on GitHub, or null. Absent for a write that changes nothing when it is repeated. */
  readonly look?: () => Promise<T | null>
  /** Milliseconds that one unit of waiting lasts. */
  readonly backoffUnitMs: number
}

interface Write<T> extends Look<T> {
  readonly write: () => Promise<T>
}

/**
 * Writes, and repeats the write only where a look has shown that it did not land. Where that cannot be seen it
 * stops with `github-unavailable`: a gap is mended by the next run, a duplicate by nobody.
 */
export async function writeOnce<T>({ write, ...looking }: Write<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (!isUnclear(error)) throw error
      const landed = await findLanded(looking)
      if (landed !== null) return landed
      if (attempt === attempts) throw error
    }
  }
}

/** What a write with an unclear answer left on GitHub; null where it is not there even after a while. */
export async function findLanded<T>({ operation, look, backoffUnitMs }: Look<T>): Promise<T | null> {
  for (const pause of pausesBeforeLooks) {
    await sleep(backoffUnitMs * pause)
    if (look === undefined) return null
    const landed = await lookAgain(operation, look)
    if (landed !== null) return landed
  }
  return null
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
