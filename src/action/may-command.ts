import type { Policy } from '../review/policy.ts'
import { type RepositoryRole, repositoryRoles } from '../roles.ts'

/** True where the policy lets people of this role give commands and decline findings. */
export function mayCommand(role: RepositoryRole, policy: Policy): boolean {
  return repositoryRoles.indexOf(role) >= repositoryRoles.indexOf(policy.commands.allow)
}
