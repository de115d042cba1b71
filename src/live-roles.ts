import type { Inputs } from './action/inputs.ts'
import type { ActionRoles } from './action/tell-story.ts'
import { askPullRequest } from './github/change/ask-pull-request.ts'
import { createOctokit } from './github/client/octokit.ts'

interface Run {
  /** Null where the event names no pull request: then GitHub is asked nothing in advance. */
  readonly number: number | null
  readonly signal: AbortSignal
  /** Milliseconds since the epoch. */
  readonly startedAt: number
}

/**
 * The roles of a run. GitHub is asked for the pull request at once; the greater part of the program, which is not
 * needed for that, is loaded afterwards.
 */
export async function liveRoles(inputs: Inputs, { number, signal, startedAt }: Run): Promise<ActionRoles> {
  const timeLeft = () => startedAt + inputs.deadlineMs - Date.now()
  const octokit = createOctokit({
    apiUrl: inputs.apiUrl,
    token: inputs.githubToken,
    proxy: inputs.proxy,
    signal,
    timeLeft,
  })
  const asked = number === null ? null : askPullRequest(octokit, { repository: inputs.repository, number })
  await Promise.allSettled([asked?.answer])
  const { reviewRoles } = await import('./review-roles.ts')
  return reviewRoles(inputs, { octokit, asked, signal, timeLeft })
}
