import { counted } from '../review/counts.ts'
import { renderJobSummary } from '../review/render-job-summary.ts'
import type { ReviewSummary } from '../review/review-summary.ts'
import type { Log } from '../roles.ts'
import { type Outcome, skipSentences } from './outcome.ts'
import { writeResultFiles } from './result-files.ts'
import { writeJobSummary, writeOutputs } from './step-results.ts'

export interface Reporting {
  readonly log: Log
  /** Folder under which the result files get one of their own. */
  readonly temporary: string
  readonly failOnError: boolean
}

/** Writes outputs, job summary and result files, and answers the exit code of the step. */
export async function reportOutcome(outcome: Outcome, reporting: Reporting): Promise<number> {
  if (outcome.kind === 'skipped') {
    const sentence = skipSentences[outcome.reason]
    reporting.log.info(sentence)
    writeOutputs({ outcome: 'skipped', conclusion: 'skipped' })
    await writeJobSummary(`${sentence}\n`, reporting.log)
    return 0
  }
  const { summary, check, checkUrl } = outcome
  await writeJobSummary(renderJobSummary(summary), reporting.log)
  const files = await writeResultFiles(reporting.temporary, summary)
  writeOutputs({
    outcome: summary.failure === undefined ? 'reviewed' : 'failed',
    conclusion: check.conclusion,
    'findings-total': summary.judged.length,
    'findings-posted': postedCount(summary),
    'findings-json': files.json,
    'findings-sarif': files.sarif,
    'review-url': summary.reviewUrl ?? '',
    'check-url': checkUrl ?? '',
  })
  logOutcome(outcome, reporting.log)
  if (summary.failure !== undefined && reporting.failOnError) return 1
  // Where no check could be made, the step is all that is left to carry what the policy's fail-on asks for.
  return check.conclusion === 'failure' && checkUrl === null ? 1 : 0
}

function logOutcome({ summary, check, checkUrl }: Extract<Outcome, { kind: 'reviewed' }>, log: Log): void {
  const { judged, selection, failure, policy } = summary
  for (const { message } of policy.problems) log.warning(`${message}.`)
  if (policy.problems.length > 0) log.warning('The policy file was not used; the defaults are in force.')
  if (failure !== undefined) log.warning(`${failure.message} ${failure.hint} (${failure.code})`)
  log.info(
    `${counted(judged.length, 'finding')}, ${postedCount(summary)} posted; ${counted(selection.selected.length, 'file')} selected, ` +
      `${selection.skipped.length} skipped; conclusion ${check.conclusion}${checkUrl === null ? ', no check' : ''}.`,
  )
}

function postedCount({ judged }: ReviewSummary): number {
  return judged.filter(({ verdict }) => verdict === 'posted').length
}
