import { setSecret } from '@actions/core'
import { type Inputs, readInputs, secretsOf } from './inputs.ts'
import { createLog } from './log.ts'
import { reportFailure, reportOutcome } from './report.ts'
import { type ReviewRoles, reviewPullRequest } from './review-pull-request.ts'

interface Surroundings {
  readonly signal: AbortSignal
  readonly liveRoles: (inputs: Inputs, run: { signal: AbortSignal; startedAt: number }) => ReviewRoles
}

/** One run of the Action: environment in, exit code out. Everything that can go wrong is reported here, once. */
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
      return await reportOutcome({ kind: 'skipped', reason: trigger.reason }, { ...inputs, log })
    }
    const order = {
      ...inputs,
      number: trigger.number,
      ...(trigger.kind === 'pull-request' ? { expectedHead: trigger.headSha } : {}),
      startedAt,
    }
    log.info(`Reviewing pull request ${trigger.number}.`)
    const outcome = await reviewPullRequest(order, liveRoles(inputs, { signal, startedAt }))
    return await reportOutcome(outcome, { ...inputs, log })
  } catch (error) {
    return reportFailure(error, { log, failOnError })
  }
}
