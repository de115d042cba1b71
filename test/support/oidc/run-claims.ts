import { randomUUID } from 'node:crypto'
import type { Claims } from './sign-token.ts'

interface TokenOf {
  readonly issuer: string
  readonly audience: string
  /** Milliseconds since the epoch. */
  readonly now?: number
}

/** What GitHub says of a run on pull request 3 of acme/shop, number 7 of owner 70, on a self-hosted runner. */
export function runClaims({ issuer, audience, now = Date.now() }: TokenOf, overrides: Claims = {}): Claims {
  const seconds = Math.floor(now / 1000)
  return {
    jti: randomUUID(),
    sub: 'repo:acme/shop:pull_request',
    aud: audience,
    iss: issuer,
    // As GitHub has it: good from a few minutes ago on.
    iat: seconds,
    nbf: seconds - 300,
    exp: seconds + 300,
    ref: 'refs/pull/3/merge',
    ref_type: 'branch',
    ref_protected: 'false',
    sha: 'a'.repeat(40),
    repository: 'acme/shop',
    repository_id: '7',
    repository_owner: 'acme',
    repository_owner_id: '70',
    repository_visibility: 'private',
    run_id: '1',
    run_number: '1',
    run_attempt: '1',
    actor: 'contributor',
    actor_id: '40',
    head_ref: 'topic',
    base_ref: 'main',
    event_name: 'pull_request',
    workflow: 'Review',
    workflow_ref: 'acme/shop/.github/workflows/review.yml@refs/pull/3/merge',
    workflow_sha: 'a'.repeat(40),
    job_workflow_ref: 'acme/shop/.github/workflows/review.yml@refs/pull/3/merge',
    job_workflow_sha: 'a'.repeat(40),
    runner_environment: 'self-hosted',
    ...overrides,
  }
}

/** What sets a run of a comment apart: its workflow is that of the default branch. */
export const ofComment: Claims = {
  event_name: 'issue_comment',
  ref: 'refs/heads/main',
  sub: 'repo:acme/shop:ref:refs/heads/main',
  head_ref: '',
  base_ref: '',
}
