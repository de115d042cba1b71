import { setSecret } from '@actions/core'
import { readTrigger, type Trigger } from './event.ts'
import { type Inputs, readInputs, secretsOf } from './inputs.ts'
import { createLog } from './log.ts'
import type { RunOutcome } from './outcome.ts'
import { refuseUnsafeRunner } from './refuse-unsafe-runner.ts'
import { reportFailure } from './report-failure.ts'
import type { ActionRoles } from './tell-story.ts'
import { unlessStopped } from './unless-stopped.ts'

interface Run {
  /** Null where the event names no pull request. */
  readonly number: number | null
  readonly signal: AbortSignal
  readonly startedAt: number
}

interface Surroundings {
  readonly signal: AbortSignal
  readonly liveRoles: (inputs: Inputs, run: Run) => Promise<ActionRoles>
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
    log.info(announcementOf(trigger))
    const outcome = await outcomeOf(trigger, { ...inputs, startedAt }, (number) =>
      unlessStopped(signal, liveRoles(inputs, { number, signal, startedAt })),
    )
    const { reportOutcome } = await import('./report-outcome.ts')
    return await reportOutcome(outcome, { ...inputs, log })
  } catch (error) {
    return reportFailure(error, { log, failOnError })
  }
}

/** An event that asks nothing of us costs no request. */
async function outcomeOf(
  trigger: Trigger,
  inputs: Inputs & { readonly startedAt: number },
  rolesFor: (number: number | null) => Promise<ActionRoles>,
): Promise<RunOutcome> {
  if (trigger.kind === 'ignored') return { kind: 'skipped', reason: trigger.reason }
  const roles = await rolesFor(trigger.number)
  const { tellStory } = await import('./tell-story.ts')
  return await tellStory(trigger, inputs, roles)
}

function announcementOf(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'ignored':
      return 'Nothing is asked of the reviewer.'
    case 'pull-request':
    case 'dispatch':
      return `Reviewing pull request ${trigger.number}.`
    case 'command':
      return `Pull request ${trigger.number} was given a command.`
    case 'reply':
      return `Pull request ${trigger.number} got a reply in a thread.`
    case 'merge-group':
      return 'A merge group needs its check.'
  }
}
