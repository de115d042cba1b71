import { createGitHubPublisher } from '../../../src/github/github-publisher.ts'
import { createGitHubSource } from '../../../src/github/github-source.ts'
import { createLocalGit } from '../../../src/github/local-git.ts'
import { createOctokit } from '../../../src/github/octokit.ts'
import { parseMarks } from '../../../src/review/marker.ts'
import type { StandInRepository } from '../../support/github/stand-in-repository.ts'
import type { StandInGithub } from '../../support/github/start-github.ts'

interface Wanted {
  readonly token?: string
  readonly timeLeft?: () => number
  readonly signal?: AbortSignal
  /** A checkout, and a folder for scratch. */
  readonly checkout?: { readonly gitDirectory: string; readonly temporary: string }
  readonly backoffUnitMs?: number
}

/** The adapters as a run has them, over a stand-in. */
export function adaptersFor(github: StandInGithub, repository: StandInRepository, wanted: Wanted = {}) {
  const signal = wanted.signal ?? new AbortController().signal
  const backoffUnitMs = wanted.backoffUnitMs ?? 10
  const octokit = createOctokit({
    apiUrl: github.url,
    token: wanted.token ?? github.token(),
    signal,
    timeLeft: wanted.timeLeft ?? (() => 60_000),
    backoffUnitMs,
  })
  return {
    source: createGitHubSource({
      octokit,
      repository: { owner: repository.state.owner, name: repository.state.name },
      localGit: wanted.checkout
        ? createLocalGit({ ...wanted.checkout, searchPath: process.env.PATH ?? '', signal })
        : null,
    }),
    publisher: createGitHubPublisher({
      octokit,
      check: { name: 'AI review', externalId: 'run-1' },
      parseMarks,
      backoffUnitMs,
    }),
  }
}
