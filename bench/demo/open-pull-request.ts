import { resolve } from 'node:path'
import type { StandInPullRequest } from '../../test/support/github/stand-in-pull-request.ts'
import type { StandInRepository } from '../../test/support/github/stand-in-repository.ts'
import type { StandInGithub } from '../../test/support/github/start-github.ts'
import type { DemoOptions } from './options.ts'
import { sample } from './sample-change.ts'

export interface OpenedPullRequest {
  readonly repository: StandInRepository
  readonly pull: StandInPullRequest
}

/** Puts the chosen change on the stand-in as a pull request. A local repository is only read. */
export async function openPullRequest(
  github: StandInGithub,
  change: DemoOptions['change'],
): Promise<OpenedPullRequest> {
  if (change.kind === 'sample') {
    const { owner, name, title } = sample
    const repository = await github.repository({ owner, name, files: sample.base() })
    return { repository, pull: await repository.openPullRequest({ title, files: sample.head() }) }
  }
  const repository = await github.repository({ owner: 'local', name: 'repository' })
  const { git } = repository.state
  const remote = resolve(change.path)
  const commitOf = async (option: string, ref: string): Promise<string> => {
    try {
      return await git.text(
        `--git-dir=${await gitDirectory(git, remote)}`,
        'rev-parse',
        '--verify',
        '--end-of-options',
        `${ref}^{commit}`,
      )
    } catch (cause) {
      throw new TypeError(`${option} ${ref} names no commit of ${remote}.`, { cause })
    }
  }
  const base = await commitOf('--base', change.base)
  const head = await commitOf('--head', change.head)
  await git.run(
    'fetch',
    '--quiet',
    '--no-tags',
    await gitDirectory(git, remote),
    `+${base}:refs/heads/main`,
    `${head}:refs/demo/head`,
  )
  return {
    repository,
    pull: await repository.openPullRequest({ title: `${change.head} into ${change.base}`, head }),
  }
}

async function gitDirectory(git: StandInRepository['state']['git'], folder: string): Promise<string> {
  try {
    return await git.text('-C', folder, 'rev-parse', '--path-format=absolute', '--git-common-dir')
  } catch (cause) {
    throw new TypeError(`--repo ${folder} is no git repository.`, { cause })
  }
}
