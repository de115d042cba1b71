import { z } from 'zod'
import type { OidcConfig } from '../oidc-settings.ts'
import type { WorkflowRun } from './caller.ts'

/** GitHub writes its numbers as text. */
const id = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
const seconds = z.number().min(0).max(1e11)

/** https://docs.github.com/en/actions/reference/security/oidc: what is read of a token; `sub` is not, as its form may be changed. */
const RunClaims = z.object({
  // One audience: a token for several is good at a server that is not this one.
  aud: z.string(),
  jti: z.string().min(1).max(200),
  iat: seconds,
  nbf: seconds,
  exp: seconds,
  repository: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
  repository_id: id,
  repository_owner_id: id,
  event_name: z.string(),
  ref: z.string().max(1000),
  ref_protected: z.enum(['true', 'false']).optional(),
  runner_environment: z.string().optional(),
})
export type RunClaims = z.infer<typeof RunClaims>

/** Null where a claim is missing or of another form. */
export function readRunClaims(payload: unknown): RunClaims | null {
  return RunClaims.safeParse(payload).data ?? null
}

/** Why a token of the issuer is not for this server; null where it is. Words of our own, for the log. */
export function strangerBy(claims: RunClaims, { owners, repositories, selfHostedOnly }: OidcConfig) {
  if (owners !== null && !owners.has(claims.repository_owner_id)) return 'owner' as const
  if (repositories !== null && !repositories.has(claims.repository_id)) return 'repository' as const
  if (selfHostedOnly && claims.runner_environment !== 'self-hosted') return 'runner' as const
  return null
}

/**
 * The run behind a token; null where the Action asks for nothing on its event. `issue_comment` runs the workflow of the
 * default branch. `pull_request` and `pull_request_review_comment` run that of the merge commit, which whoever pushes the
 * head has written, and their `ref` names the pull request. A dispatched run is that of any branch.
 */
export function runOf(claims: RunClaims, branches: OidcConfig['branches']): WorkflowRun | null {
  const [owner = '', name = ''] = claims.repository.split('/')
  const repository = { id: claims.repository_id, owner, name }
  switch (claims.event_name) {
    case 'issue_comment':
      return { repository, pullRequest: null, isTrusted: true }
    case 'workflow_dispatch':
      return { repository, pullRequest: null, isTrusted: isTrustedRef(claims, branches) }
    case 'pull_request':
    case 'pull_request_review_comment': {
      const number = /^refs\/pull\/([1-9]\d{0,9})\/merge$/.exec(claims.ref)?.[1]
      return number === undefined ? null : { repository, pullRequest: Number(number), isTrusted: false }
    }
    default:
      return null
  }
}

function isTrustedRef({ ref, ref_protected }: RunClaims, branches: OidcConfig['branches']): boolean {
  if (branches === null) return ref_protected === 'true' && ref.startsWith('refs/heads/')
  return branches.some((branch) => ref === `refs/heads/${branch}`)
}
