import { answerReply, type ReplyRoles } from './answer-reply.ts'
import type { Trigger } from './event.ts'
import type { Inputs } from './inputs.ts'
import type { RunOutcome } from './outcome.ts'
import { type MergeGroupRoles, reportMergeGroup } from './report-merge-group.ts'
import { type ReviewOrder, reviewPullRequest } from './review-pull-request.ts'
import { type CommandRoles, runCommand } from './run-command.ts'

/** What the stories of all triggers need. */
export type ActionRoles = CommandRoles & ReplyRoles & MergeGroupRoles

/** What a trigger sets off, from what was asked to what was done. */
export async function tellStory(
  trigger: Trigger,
  inputs: Inputs & { readonly startedAt: number },
  roles: ActionRoles,
): Promise<RunOutcome> {
  switch (trigger.kind) {
    case 'ignored':
      return { kind: 'skipped', reason: trigger.reason }
    case 'pull-request':
      return await reviewPullRequest({ ...inputs, ...orderOf(trigger) }, roles)
    case 'dispatch': {
      const order = { ...inputs, ...orderOf(trigger) }
      const outcome = await reviewPullRequest(order, roles)
      if (trigger.learns === true) {
        const { refreshPersonas } = await import('./persona/refresh-personas.ts')
        await refreshPersonas(order, roles)
      }
      return outcome
    }
    case 'command': {
      const review = { ...inputs, number: trigger.number }
      return await runCommand({ trigger, review, mentionName: inputs.event.mentionName }, roles)
    }
    case 'reply':
      return await answerReply({ ...inputs, trigger }, roles)
    case 'merge-group':
      return await reportMergeGroup(trigger, roles)
  }
}

type Heads = Pick<ReviewOrder, 'number' | 'expectedHead' | 'previousHead' | 'asked'>

function orderOf(trigger: Extract<Trigger, { kind: 'pull-request' | 'dispatch' }>): Heads {
  const { number } = trigger
  if (trigger.kind === 'dispatch') return { number, asked: true }
  const { headSha, previousHead } = trigger
  return { number, expectedHead: headSha, ...(previousHead === undefined ? {} : { previousHead }) }
}
