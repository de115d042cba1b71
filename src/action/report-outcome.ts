import { counted } from '../review/counts.ts'
import { renderJobSummary } from '../review/render-job-summary.ts'
import type { ReviewSummary } from '../review/review-summary.ts'
import type { CheckReport, Log } from '../roles.ts'
import { annotate } from './annotate.ts'
import { answerSentences, type Outcome, type RunOutcome, skipSentences } from './outcome.ts'
import { writeResultFiles } from './result-files.ts'
import { writeJobSummary, writeOutputs } from './step-results.ts'

interface Reporting {
  readonly log: Log
  /** Folder under which the result files get one of their own. */
  readonly temporary: string
  readonly failOnError: boolean
}

/** Writes outputs, job summary and result files, and answers the exit code of the step. */
export async function reportOutcome(outcome: RunOutcome, reporting: Reporting): Promise<number> {
  if (outcome.kind === 'reviewed') return await reportReview(outcome, reporting)
  const { sentence, outputs } = shortReport(outcome)
  reporting.log.info(sentence)
  writeOutputs(outputs)
  await writeJobSummary(`${sentence}\n`, reporting.log)
  return 0
}

type Short = Exclude<RunOutcome, { kind: 'reviewed' }>

function shortReport(outcome: Short): { sentence: string; outputs: Parameters<typeof writeOutputs>[0] } {
  if (outcome.kind === 'repeated') {
    return {
      sentence: `The check of the merge group ends as that of its pull request: ${outcome.conclusion}. Nothing was reviewed twice.`,
      outputs: { outcome: 'skipped', conclusion: outcome.conclusion },
    }
  }
  const sentence =
    outcome.kind === 'skipped' ? skipSentences[outcome.reason] : answerSentences[outcome.reason]
  return { sentence, outputs: { outcome: outcome.kind, conclusion: 'skipped' } }
}

async function reportReview(
  outcome: Extract<Outcome, { kind: 'reviewed' }>,
  reporting: Reporting,
): Promise<number> {
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
  if (checkUrl === null) annotateFiles(check, reporting.log)
  if (summary.failure !== undefined && reporting.failOnError) return 1
  // Where no check could be made, the step is all that is left to carry what the policy's fail-on asks for.
  return check.conclusion === 'failure' && checkUrl === null ? 1 : 0
}

function logOutcome({ summary, check, checkUrl }: Extract<Outcome, { kind: 'reviewed' }>, log: Log): void {
  const { judged, selection, failure, policy, githubRequests } = summary
  for (const { message } of policy.problems) log.warning(`${message}.`)
  if (policy.problems.length > 0) log.warning('The policy file was not used; the defaults are in force.')
  if (failure !== undefined) log.warning(`${failure.message} ${failure.hint} (${failure.code})`)
  log.info(
    `${counted(judged.length, 'finding')}, ${postedCount(summary)} posted; ${counted(selection.selected.length, 'file')} selected, ` +
      `${selection.skipped.length} skipped; conclusion ${check.conclusion}${checkUrl === null ? ', no check' : ''}.`,
  )
  if (githubRequests !== undefined) log.info(`GitHub was asked ${counted(githubRequests, 'time')}.`)
}

/** Without a check, the page of the run is the one place that can point at lines. */
function annotateFiles({ annotations }: CheckReport, log: Log): void {
  const shown = annotate(annotations)
  log.info(
    `No check could be made; ${counted(shown, 'finding')} shown as annotations of this run, all of them in the job summary. ` +
      'For full function on forks, a person with write permission gives a comment command: see examples/workflows/comment-command.yml.',
  )
}

function postedCount({ judged }: ReviewSummary): number {
  return judged.filter(({ verdict }) => verdict === 'posted').length
}
