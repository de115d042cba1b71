import { tmpdir } from 'node:os'
import { createGitHubSource } from '../../../src/github/change/github-source.ts'
import { createLocalGit } from '../../../src/github/change/local-git.ts'
import { createOctokit } from '../../../src/github/client/octokit.ts'
import { createGitHubPublisher } from '../../../src/github/post/github-publisher.ts'
import { holdsRunMark, parseLedgers, parseMarks } from '../../../src/review/marker.ts'
import type { StandInRepository } from '../../support/github/stand-in-repository.ts'
import type { StandInGithub } from '../../support/github/start-github.ts'

interface Wanted {
  readonly token?: string
  readonly timeLeft?: () => number
  readonly signal?: AbortSignal
  /** A checkout, and a folder for scratch. */
  readonly checkout?: { readonly gitDirectory: string; readonly temporary: string }
  readonly backoffUnitMs?: number
  /** Where git is looked for. */
  readonly searchPath?: string
}

/** The adapters as a run has them, over a stand-in. */
export function adaptersFor(github: StandInGithub, repository: StandInRepository, wanted: Wanted = {}) {
  const signal = wanted.signal ?? new AbortController().signal
  const backoffUnitMs = wanted.backoffUnitMs ?? 10
  const timeLeft = wanted.timeLeft ?? (() => 60_000)
  const git = {
    searchPath: wanted.searchPath ?? process.env.PATH ?? '',
    temporary: wanted.checkout?.temporary ?? tmpdir(),
    signal,
  }
  const octokit = createOctokit({
    apiUrl: github.url,
    token: wanted.token ?? github.token(),
    signal,
    timeLeft,
    backoffUnitMs,
    isPaced: false,
  })
  return {
    source: createGitHubSource({
      octokit,
      repository: { owner: repository.state.owner, name: repository.state.name },
      localGit: wanted.checkout ? createLocalGit({ ...git, ...wanted.checkout }) : null,
      git,
      timeLeft,
    }),
    publisher: createGitHubPublisher({
      octokit,
      check: { name: 'AI review', externalId: 'run-1' },
      parseMarks,
      parseLedgers,
      holdsRunMark,
      backoffUnitMs,
    }),
  }
}
