import { setSecret } from '@actions/core'
import { ReviewError } from '../errors.ts'
import { type Inputs, readInputs, secretsOf } from './inputs.ts'
import { createLog } from './log.ts'
import type { Outcome } from './outcome.ts'
import { reportFailure } from './report-failure.ts'
import type { Reporting } from './report-outcome.ts'
import type { ReviewRoles } from './review-pull-request.ts'
import { unlessStopped } from './unless-stopped.ts'

interface Surroundings {
  readonly signal: AbortSignal
  readonly liveRoles: (
    inputs: Inputs,
    run: { number: number; signal: AbortSignal; startedAt: number },
  ) => Promise<ReviewRoles>
}

/**
 * One run of the Action: environment in, exit code out. Everything that can go wrong is reported here, once.
 * What is not needed to ask GitHub the first question is imported when it is.
 */
export async function runAction(
  env: Readonly<Record<string, string | undefined>>,
  { signal, liveRoles }: Surroundings,
): Promise<number> {
  const startedAt = Date.now()
  const log = createLog()
  let failOnError = false
  try {
    for (const secret of secretsOf(env)) setSecret(secret)
    const inputs = readInputs(env)
    failOnError = inputs.failOnError
    const { trigger } = inputs
    if (trigger.kind === 'ignored') {
      return await report({ kind: 'skipped', reason: trigger.reason }, { ...inputs, log })
    }
    if (trigger.kind !== 'pull-request' && trigger.kind !== 'dispatch') {
      throw new ReviewError('bad-event', 'This event is not handled.', { hint: 'Use pull_request.' })
    }
    const order = {
      ...inputs,
      number: trigger.number,
      ...(trigger.kind === 'pull-request' ? { expectedHead: trigger.headSha } : {}),
      startedAt,
    }
    log.info(`Reviewing pull request ${trigger.number}.`)
    const roles = await unlessStopped(signal, liveRoles(inputs, { ...order, signal }))
    const { reviewPullRequest } = await import('./review-pull-request.ts')
    const outcome = await reviewPullRequest(order, roles)
    return await report(outcome, { ...inputs, log })
  } catch (error) {
    return reportFailure(error, { log, failOnError })
  }
}

async function report(outcome: Outcome, reporting: Reporting): Promise<number> {
  const { reportOutcome } = await import('./report-outcome.ts')
  return reportOutcome(outcome, reporting)
}
