import type { PersonaStatus } from '@ai-review/protocol/persona'
import type { ListedPersona } from '../../review/listed-persona.ts'
import type { PullRequest } from '../../roles.ts'
import { goodToHave } from '../good-to-have.ts'
import { loadPolicy } from '../load-policy.ts'
import type { ReviewOrder } from '../review-pull-request.ts'
import type { CommandRoles } from '../run-command.ts'
import { collectHistory } from './collect-history.ts'
import { personaNameOf } from './persona-name.ts'
import type { PersonaRoles } from './persona-roles.ts'
import { isTraining, isWorthTraining } from './train-adapter.ts'

type Order = Pick<ReviewOrder, 'number' | 'policyPath' | 'run' | 'startedAt' | 'deadlineMs'>

interface Refresh {
  readonly listed: ListedPersona
  readonly pullRequest: PullRequest
  readonly kit: PersonaRoles
  readonly order: Order
}

const weekMs = 7 * 24 * 3600 * 1000
/** Kept so that the run ends by itself. */
const keptMs = 20_000

/**
 * Reads the newer comments of every persona that the policy wants refreshed each week and that is due, and starts a
 * training on them. A run that finds no time for all goes on the next night; one that fails costs a line in the log.
 */
export async function refreshPersonas(order: Order, roles: CommandRoles): Promise<void> {
  await goodToHave(async () => {
    const pullRequest = await roles.source.pullRequest(order.number)
    const { policy } = await loadPolicy(roles.source, pullRequest, order.policyPath)
    const weekly = policy.personas.filter(({ refresh }) => refresh === 'weekly')
    if (weekly.length === 0) return
    const kit = await roles.persona()
    for (const listed of weekly) {
      await goodToHave(() => refresh({ listed, pullRequest, kit, order }, roles), roles.log)
    }
  }, roles.log)
}

async function refresh({ listed, pullRequest, kit, order }: Refresh, roles: CommandRoles): Promise<void> {
  const person = await kit.history.account(listed.login)
  if (person === null) return
  const persona = personaNameOf(pullRequest, person)
  const status = await kit.personas.status(persona)
  if (!isDue(status, roles.now())) return
  const until = order.startedAt + order.deadlineMs - keptMs
  const silent = { tell: async () => {}, tellLast: async () => {} }
  const collected = await collectHistory(
    { persona, called: listed, status, afresh: false, session: order.run, until },
    { ...kit, ...roles, teller: silent },
  )
  if (!collected.isWhole || !isWorthTraining({ status: collected.status, force: true })) return
  await kit.personas.train(persona, { force: false, refresh: 'weekly' })
  roles.log.info('A persona was refreshed and its training asked for.')
}

/** Somebody agreed and can speak, nothing is being learnt, and the history was last read in another week. */
function isDue({ state, training, readAt, collection }: PersonaStatus, now: number): boolean {
  if (state !== 'ready' || isTraining(training)) return false
  return collection !== null || now - Date.parse(readAt ?? '1970-01-01') >= weekMs
}
