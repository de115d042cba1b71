import { ReviewError } from '../errors.ts'
import type { Trigger } from './event.ts'

/**
 * Throws `unsafe-runner` for a fork's own event on a self-hosted runner of a public repository: there anybody could
 * have such a job run, and whatever a job leaves behind on the machine meets the next one.
 * https://docs.github.com/en/actions/reference/security/secure-use#hardening-for-self-hosted-runners
 */
export function refuseUnsafeRunner(trigger: Trigger, isSelfHosted: boolean): void {
  if (!isSelfHosted || trigger.kind !== 'pull-request') return
  if (!trigger.isFork || !trigger.repositoryIsPublic) return
  throw new ReviewError(
    'unsafe-runner',
    "This is a fork's own event on a self-hosted runner of a public repository, where anybody could start a job.",
    {
      hint: 'Keep forks out by "if: github.event.pull_request.head.repo.id == github.event.repository.id"; a person with write permission reviews a fork by a comment command, see examples/workflows/comment-command.yml.',
    },
  )
}
