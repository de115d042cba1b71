import { ReviewError } from '../errors.ts'
import type { Log } from '../roles.ts'

/** Does what is good to have and not needed: where the token may not, the log says so and the run goes on. */
export async function unlessNotPermitted(work: () => Promise<void>, log: Log): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof ReviewError) || error.code !== 'missing-permission') throw error
    log.warning(`${error.message} ${error.hint}`)
  }
}
