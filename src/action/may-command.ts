import { type Conversation, type Person, type RepositoryRole, repositoryRoles } from '../roles.ts'

/** True where the account's own role, as the host tells it, is `least` or above. */
export async function mayCommand(
  { roleOf }: Pick<Conversation, 'roleOf'>,
  person: Person,
  least: RepositoryRole,
): Promise<boolean> {
  return repositoryRoles.indexOf(await roleOf(person)) >= repositoryRoles.indexOf(least)
}
