import { codeSpan } from '../review/code-block.ts'
import type { ChangeSource, CheckConclusion, CheckReport } from '../roles.ts'
import type { Trigger } from './event.ts'
import type { RunOutcome } from './outcome.ts'

/** The check of this reviewer, by commit. */
interface Checks {
  /** Conclusion of the newest completed one; null where there is none. */
  conclusionOf(sha: string): Promise<CheckConclusion | null>
  reportCheck(sha: string, report: CheckReport): Promise<void>
}

export interface MergeGroupRoles {
  readonly source: Pick<ChangeSource, 'pullRequest'>
  readonly checks: Checks
}

/**
 * Reports the check on the head of a merge group, as it stands on the pull request that the group ends with: the queue
 * waits for it, and nothing is reviewed twice. Neutral where that pull request has no completed check.
 * Throws `missing-permission` where the token may not: the queue would wait for ever, so that must be told.
 */
export async function reportMergeGroup(
  { headSha, number }: Extract<Trigger, { kind: 'merge-group' }>,
  { source, checks }: MergeGroupRoles,
): Promise<RunOutcome> {
  const own = number === null ? null : await conclusionOf(number, { source, checks })
  const conclusion = own ?? 'neutral'
  await checks.reportCheck(headSha, renderReport(conclusion, number, own))
  return { kind: 'repeated', conclusion }
}

async function conclusionOf(
  number: number,
  { source, checks }: Pick<MergeGroupRoles, 'source' | 'checks'>,
): Promise<CheckConclusion | null> {
  const { head } = await source.pullRequest(number)
  return await checks.conclusionOf(head.sha)
}

function renderReport(
  conclusion: CheckConclusion,
  number: number | null,
  own: CheckConclusion | null,
): CheckReport {
  const where = number === null ? 'the pull request' : `pull request ${number}`
  const told =
    own === null
      ? `No completed review was found on ${where}, so this check takes no side.`
      : `The review stands on ${where}; its check ended as ${codeSpan(own)}.`
  return {
    conclusion,
    title: own === null ? 'No review to repeat' : `As reviewed on ${where}`,
    summary: `This commit was made by the merge queue, and nothing was reviewed twice. ${told}`,
    annotations: [],
  }
}
