import type { PersonaName, PullRequest } from '../../roles.ts'

/** Whose persona in the repository of a pull request. */
export function personaNameOf(
  { repository: { id, owner, name } }: Pick<PullRequest, 'repository'>,
  person: PersonaName['person'],
): PersonaName {
  return { repository: { id, owner, name }, person: { id: person.id, login: person.login } }
}
