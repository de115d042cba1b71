import { join } from 'node:path'
import type { Inputs } from './action/inputs.ts'
import { createLog } from './action/log.ts'
import type { ActionRoles } from './action/tell-story.ts'
import type { AskedPullRequest } from './github/change/ask-pull-request.ts'
import { createGitHubSource } from './github/change/github-source.ts'
import { createLocalGit } from './github/change/local-git.ts'
import { conclusionOf, reportCheck } from './github/check/check-runs.ts'
import type { Octokit, RequestCount } from './github/client/octokit.ts'
import { createGitHubPublisher } from './github/post/github-publisher.ts'
import { createConversation } from './github/talk/conversation.ts'
import { createModelServerClient } from './model/client.ts'
import { runTokenFor } from './model/run-token.ts'
import { holdsRunMark, parseLedgers, parseMarks } from './review/marker.ts'

interface Run {
  readonly octokit: Octokit & RequestCount
  /** GitHub's answer to the first question, asked before this file was loaded; null where there was none to ask. */
  readonly asked: AskedPullRequest | null
  readonly signal: AbortSignal
  /** Milliseconds until the run must have ended. */
  readonly timeLeft: () => number
}

/** The roles of a run in a job: GitHub over its API and the job's checkout, and the team's model server. */
export function reviewRoles(inputs: Inputs, { octokit, asked, signal, timeLeft }: Run): ActionRoles {
  const { repository } = inputs
  const git = { searchPath: inputs.searchPath, temporary: inputs.temporary, signal }
  const check = { name: 'ai-review', externalId: inputs.run }
  const conversation = createConversation({ octokit, repository, holdsRunMark })
  const address = {
    url: inputs.serverUrl,
    ...(inputs.apiKey === undefined ? {} : { apiKey: inputs.apiKey }),
    ...(inputs.hasRunToken ? { token: runTokenFor(inputs.serverUrl) } : {}),
  }
  const server = createModelServerClient(address)
  const gitDirectory = join(inputs.workspace, '.git')
  return {
    source: createGitHubSource({
      octokit,
      repository,
      localGit: createLocalGit({ ...git, gitDirectory }),
      git,
      timeLeft,
      ...(asked === null ? {} : { asked }),
    }),
    publisher: createGitHubPublisher({ octokit, check, parseMarks, parseLedgers, holdsRunMark }),
    conversation,
    roleOf: conversation.roleOf,
    checks: {
      conclusionOf: (headSha) => conclusionOf(octokit, { repository, headSha, name: check.name }),
      reportCheck: (headSha, report) => reportCheck(octokit, { repository, headSha, ...check }, report),
    },
    model: server,
    replies: server,
    persona: async () => {
      const { livePersona } = await import('./live-persona.ts')
      return livePersona({
        github: { octokit, repository },
        checkout: { ...git, gitDirectory },
        server: { ...address, signal, timeLeft },
      })
    },
    log: createLog(),
    now: Date.now,
    signal,
    githubRequests: octokit.requestCount,
  }
}
