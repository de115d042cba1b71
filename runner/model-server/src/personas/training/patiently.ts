import { setTimeout as sleep } from 'node:timers/promises'

const waitMs = 3000
/** A database that is moved, or started anew, is back by then. */
const patienceMs = 15 * 60_000

/** Does what a whole training would be lost without, again and again while it fails, unless `signal` fires. Throws the last error. */
export async function patiently<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (const until = Date.now() + patienceMs; ; await sleep(waitMs, undefined, { signal })) {
    try {
      return await work()
    } catch (error) {
      if (signal.aborted || Date.now() > until) throw error
    }
  }
}
