import { renderForgetRefusal, renderForgotten } from '../../review/render-persona.ts'
import { mayCommand } from '../may-command.ts'
import type { RunOutcome } from '../outcome.ts'
import type { PersonaCommand } from './obey-persona.ts'
import type { PersonaTask } from './persona-task.ts'

/** Removes a persona: one's own whatever the policy lists and whatever one's role, another's as an admin. */
export async function forgetPersona(
  { username }: Extract<PersonaCommand, { kind: 'forget' }>,
  { order, roles, talk, pullRequest }: PersonaTask,
): Promise<RunOutcome> {
  const { author, at } = order.trigger
  const login = username ?? author.login
  if (!isSameLogin(login, author.login) && !(await mayCommand(roles.conversation, author, 'admin'))) {
    await talk.say(renderForgetRefusal(), `forget-refused-${author.id}`)
    await talk.react('confused')
    return { kind: 'answered', reason: 'not-permitted' }
  }
  const { id, owner, name } = pullRequest.repository
  const { personas } = await roles.persona()
  // Who took over a login has nothing there to forget; an admin may also mean an account that is gone.
  const isOwn = isSameLogin(login, author.login)
  const person = { login, ...(isOwn && author.id !== null ? { id: author.id } : {}) }
  const repository = { id, owner, name }
  const forgotten = await personas.forget({ repository, person, ...(at === undefined ? {} : { at }) })
  await talk.say(renderForgotten(login, forgotten))
  await talk.react('+1')
  return { kind: 'answered', reason: 'forgotten' }
}

/** As the host compares them. */
function isSameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
