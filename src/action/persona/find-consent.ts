import type { PersonaStatus } from '@ai-review/protocol/persona'
import { ReviewError } from '../../errors.ts'
import { listedPersona } from '../../review/listed-persona.ts'
import { parsePolicy } from '../../review/parse-policy.ts'
import type { PersonaName } from '../../roles.ts'
import type { PersonaRoles } from './persona-roles.ts'

interface Policy {
  readonly path: string
  /** Where commits of the policy are looked for: the base commit, so that nothing later counts. */
  readonly ref: string
}

/**
 * The status after a consent that stands: the one that the server holds, else one by a verified commit of the person's
 * own that put them into the policy. Null where there is none, or the person took it back since.
 */
export async function findConsent(
  persona: PersonaName,
  status: PersonaStatus,
  { policy, personas, history }: PersonaRoles & { readonly policy: Policy },
): Promise<PersonaStatus | null> {
  if (status.state === 'ready' || status.state === 'collecting') return status
  const consent = await history.ownCommit(persona.person, {
    ...policy,
    lists: (text) => listedPersona(parsePolicy(text, policy.path).policy, persona.person.login) !== undefined,
  })
  if (consent === null) return null
  try {
    return await personas.agree(persona, consent)
  } catch (error) {
    if (error instanceof ReviewError && error.code === 'no-consent') return null
    throw error
  }
}
