import { z } from 'zod'
import { type Person, type RepositoryRole, repositoryRoles } from '../../roles.ts'
import type { RepositoryName } from '../client/address.ts'
import type { Octokit } from '../client/octokit.ts'
import { asHttpError, translating } from '../client/translate-error.ts'

/** Logins of people, of managed users (`name_company`) and of apps: what may stand in an address. */
const loginPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(\[bot\])?$/

const Permission = z.object({
  permission: z.string(),
  role_name: z.string().nullish(),
  user: z.object({ id: z.int() }).nullable(),
})

/** The finer roles that GitHub reports under each of its three older permissions. */
const rolesUnder: Readonly<Record<string, readonly RepositoryRole[]>> = {
  admin: ['admin'],
  write: ['write', 'maintain'],
  read: ['read', 'triage'],
}

/** What the account with this number may do: `none` for a stranger, for one that is gone, and for another one under its login. */
export function readRole(
  octokit: Octokit,
  repository: RepositoryName,
  person: Person,
): Promise<RepositoryRole> {
  const operation = { doing: 'reading what a person may do', permission: 'metadata: read' }
  return translating(operation, async () => {
    if (person.id === null || !loginPattern.test(person.login)) return 'none'
    try {
      const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
        owner: repository.owner,
        repo: repository.name,
        username: person.login,
      })
      return roleFrom(Permission.parse(data), person.id)
    } catch (error) {
      if (asHttpError(error)?.status === 404) return 'none'
      throw error
    }
  })
}

/** A role of the organisation's own making is known by the permission that it builds on. */
function roleFrom({ permission, role_name, user }: z.infer<typeof Permission>, id: number): RepositoryRole {
  if (user?.id !== id) return 'none'
  const under = rolesUnder[permission] ?? []
  const named = repositoryRoles.find((role) => role === role_name && under.includes(role))
  return named ?? under[0] ?? 'none'
}
