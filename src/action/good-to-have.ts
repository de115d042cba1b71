import type { Log } from '../roles.ts'
import { toReviewError } from './to-review-error.ts'

/** Does what is good to have and not needed, such as a reaction: where it fails, the log says so and the run goes on. */
export async function goodToHave(work: () => Promise<void>, log: Log): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { message, hint } = toReviewError(error)
    log.warning(`${message} ${hint}`)
  }
}
