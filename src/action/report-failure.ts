import { error as errorCommand } from '@actions/core'
import type { ErrorCode } from '../errors.ts'
import type { Log } from '../roles.ts'
import { inert } from './log.ts'
import { writeJobSummary, writeOutputs } from './step-results.ts'
import { toReviewError } from './to-review-error.ts'

/** Faults of the workflow itself: nobody but its author can mend them, and a green step would hide them. */
const misuses: ReadonlySet<ErrorCode> = new Set(['bad-input', 'bad-event', 'unsafe-runner'])

/** Reports an error that ended the run before there was anything to review, and answers the exit code. */
export async function reportFailure(
  thrown: unknown,
  reporting: { readonly log: Log; readonly failOnError: boolean },
): Promise<number> {
  const { code, message, hint } = toReviewError(thrown)
  const exitCode = misuses.has(code) || reporting.failOnError ? 1 : 0
  const sentence = `${message} ${hint} (${code})`
  if (exitCode === 1) errorCommand(inert(sentence))
  else reporting.log.warning(sentence)
  writeOutputs({ outcome: 'failed', conclusion: 'neutral' })
  await writeJobSummary(`**Not reviewed.** ${message} ${hint} (\`${code}\`)\n`, reporting.log)
  return exitCode
}
