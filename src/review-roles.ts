import { join } from 'node:path'
import type { Inputs } from './action/inputs.ts'
import { createLog } from './action/log.ts'
import type { ReviewRoles } from './action/review-pull-request.ts'
import type { AskedPullRequest } from './github/ask-pull-request.ts'
import { createGitHubPublisher } from './github/github-publisher.ts'
import { createGitHubSource } from './github/github-source.ts'
import { createLocalGit } from './github/local-git.ts'
import type { Octokit } from './github/octokit.ts'
import { createModelServerClient } from './model/client.ts'
import { parseLedgers, parseMarks } from './review/marker.ts'

interface Run {
  readonly octokit: Octokit
  /** GitHub's answer to the first question, asked before this file was loaded. */
  readonly asked: AskedPullRequest
  readonly signal: AbortSignal
  /** Milliseconds until the run must have ended. */
  readonly timeLeft: () => number
}

/** The roles of a run in a job: GitHub over its API and the job's checkout, and the team's model server. */
export function reviewRoles(inputs: Inputs, { octokit, asked, signal, timeLeft }: Run): ReviewRoles {
  const git = { searchPath: inputs.searchPath, temporary: inputs.temporary, signal }
  return {
    source: createGitHubSource({
      octokit,
      repository: inputs.repository,
      localGit: createLocalGit({ ...git, gitDirectory: join(inputs.workspace, '.git') }),
      git,
      timeLeft,
      asked,
    }),
    publisher: createGitHubPublisher({
      octokit,
      check: { name: 'ai-review', externalId: inputs.run },
      parseMarks,
      parseLedgers,
    }),
    model: createModelServerClient({
      url: inputs.serverUrl,
      ...(inputs.apiKey === undefined ? {} : { apiKey: inputs.apiKey }),
    }),
    log: createLog(),
    now: Date.now,
    signal,
  }
}
