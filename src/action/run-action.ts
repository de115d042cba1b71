import { setSecret } from '@actions/core'
import type { ReplyRoles } from './answer-reply.ts'
import { readTrigger, type Trigger } from './event.ts'
import { type Inputs, readInputs, secretsOf } from './inputs.ts'
import { createLog } from './log.ts'
import type { RunOutcome } from './outcome.ts'
import { refuseUnsafeRunner } from './refuse-unsafe-runner.ts'
import { reportFailure } from './report-failure.ts'
import type { MergeGroupRoles } from './report-merge-group.ts'
import type { ReviewOrder } from './review-pull-request.ts'
import type { CommandRoles } from './run-command.ts'
import { unlessStopped } from './unless-stopped.ts'

/** What the stories of all triggers need. */
export type ActionRoles = CommandRoles & ReplyRoles & MergeGroupRoles

interface Surroundings {
  readonly signal: AbortSignal
  /** `number` is null where the event names no pull request. */
  readonly liveRoles: (
    inputs: Inputs,
    run: { number: number | null; signal: AbortSignal; startedAt: number },
  ) => Promise<ActionRoles>
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
    const trigger = await readTrigger(inputs.event)
    refuseUnsafeRunner(trigger, inputs.isSelfHosted)
    const rolesFor = (number: number | null, announcement: string) => {
      log.info(announcement)
      return unlessStopped(signal, liveRoles(inputs, { number, signal, startedAt }))
    }
    const outcome = await tell(trigger, { ...inputs, startedAt }, rolesFor)
    const { reportOutcome } = await import('./report-outcome.ts')
    return await reportOutcome(outcome, { ...inputs, log })
  } catch (error) {
    return reportFailure(error, { log, failOnError })
  }
}

type RolesFor = (number: number | null, announcement: string) => Promise<ActionRoles>

/** The story of a trigger, from what was asked to what was done. One that asks nothing of us costs no request. */
async function tell(
  trigger: Trigger,
  inputs: Inputs & { readonly startedAt: number },
  rolesFor: RolesFor,
): Promise<RunOutcome> {
  const { mentionName } = inputs.event
  switch (trigger.kind) {
    case 'ignored':
      return { kind: 'skipped', reason: trigger.reason }
    case 'pull-request':
    case 'dispatch': {
      const roles = await rolesFor(trigger.number, `Reviewing pull request ${trigger.number}.`)
      const { reviewPullRequest } = await import('./review-pull-request.ts')
      return await reviewPullRequest({ ...inputs, ...orderOf(trigger) }, roles)
    }
    case 'command': {
      const roles = await rolesFor(trigger.number, `Pull request ${trigger.number} was given a command.`)
      const { runCommand } = await import('./run-command.ts')
      const review = { ...inputs, number: trigger.number }
      return await runCommand({ trigger, review, mentionName }, roles)
    }
    case 'reply': {
      const roles = await rolesFor(trigger.number, `Pull request ${trigger.number} got a reply in a thread.`)
      const { answerReply } = await import('./answer-reply.ts')
      return await answerReply({ ...inputs, trigger, mentionName }, roles)
    }
    case 'merge-group': {
      const roles = await rolesFor(trigger.number, 'A merge group needs its check.')
      const { reportMergeGroup } = await import('./report-merge-group.ts')
      return await reportMergeGroup(trigger, roles)
    }
  }
}

type Heads = Pick<ReviewOrder, 'number' | 'expectedHead' | 'previousHead' | 'asked'>

function orderOf(trigger: Extract<Trigger, { kind: 'pull-request' | 'dispatch' }>): Heads {
  const { number } = trigger
  if (trigger.kind === 'dispatch') return { number, asked: true }
  const { headSha, previousHead } = trigger
  return { number, expectedHead: headSha, ...(previousHead === undefined ? {} : { previousHead }) }
}
