import { error as errorCommand } from '@actions/core'
import type { Log } from '../roles.ts'
import { inert } from './log.ts'
import { writeJobSummary, writeOutputs } from './step-results.ts'
import { toReviewError } from './to-review-error.ts'

/** Reports an error that ended the run before there was anything to review, and answers the exit code. */
export async function reportFailure(
  thrown: unknown,
  reporting: { readonly log: Log; readonly failOnError: boolean },
): Promise<number> {
  const { code, message, hint } = toReviewError(thrown)
  const isMisuse = code === 'bad-input' || code === 'bad-event'
  const exitCode = isMisuse || reporting.failOnError ? 1 : 0
  const sentence = `${message} ${hint} (${code})`
  if (exitCode === 1) errorCommand(inert(sentence))
  else reporting.log.warning(sentence)
  writeOutputs({ outcome: 'failed', conclusion: 'neutral' })
  await writeJobSummary(`**Not reviewed.** ${message} ${hint} (\`${code}\`)\n`, reporting.log)
  return exitCode
}
