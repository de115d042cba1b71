import { ReviewError } from '../../errors.ts'
import { listedPersona } from '../../review/listed-persona.ts'
import { renderAgreed, renderNotListed } from '../../review/render-persona.ts'
import { cardLink } from '../../review/voice-line.ts'
import type { RunOutcome } from '../outcome.ts'
import { personaNameOf } from './persona-name.ts'
import { type PersonaTask, serverOf } from './persona-task.ts'

/**
 * Records that the person who comments agrees to a persona of theirs: whatever their role, but only where the policy
 * lists them. The moment is that of the comment, so that the same event run again revives no consent taken back since.
 */
export async function optIn(task: PersonaTask): Promise<RunOutcome> {
  const { order, roles, talk, policy, pullRequest } = task
  const { mentionName, trigger } = order
  const { author, commentId, at } = trigger
  const listed = listedPersona(policy.policy, author.login)
  if (listed === undefined || author.id === null) {
    await talk.say(
      renderNotListed(author.login, { mentionName, policyPath: order.review.policyPath, policy }),
      `not-listed-${author.id}`,
    )
    await talk.react('confused')
    return { kind: 'answered', reason: 'not-listed' }
  }
  if (at === undefined) {
    throw new ReviewError('bad-event', 'The event does not tell when the comment was written.', {
      hint: 'Run the Action on issue_comment, with the payload that the runner wrote.',
    })
  }
  const { personas } = await roles.persona()
  const person = { id: author.id, login: author.login }
  const persona = personaNameOf(pullRequest, person)
  const { consent: earlier } = await personas.status(persona)
  const status = await personas.agree(persona, {
    kind: 'comment',
    reference: String(commentId),
    at,
  })
  const card = cardLink(serverOf(task), status.card)
  const who = { login: author.login, name: listed.name }
  await talk.say(renderAgreed(who, { mentionName, card, isRepeated: earlier !== null }))
  await talk.react('+1')
  return { kind: 'answered', reason: 'opted-in' }
}
