import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FileChanges } from '../github/git-repository.ts'
import type { LimitOptions } from '../github/secondary-limits.ts'
import type { PullRequestAction, StandInPullRequest } from '../github/stand-in-pull-request.ts'
import type { NewPullRequest, StandInRepository } from '../github/stand-in-repository.ts'
import { type GithubOptions, type NewToken, type StandInGithub, startGitHub } from '../github/start-github.ts'
import { type ActionRun, type FinishedRun, runAction } from '../runner/run-action.ts'

/** The Action as users run it: `action.yml` and the bundle beside it. */
export const actionDirectory = fileURLToPath(new URL('../../..', import.meta.url))

/** Stands in code, in names and in titles; nothing that a run prints or does may come from it. */
export const injected = 'INJECTED'

const base = Array.from({ length: 30 }, (_, index) => `export const value${index} = ${index}\n`).join('')

/** Line of `src/run.js` that every reviewer without a model flags. */
export const flawedLine = 2

/** A change with two flaws, and with commands for the runner wherever text can stand. */
export const hostileFiles: FileChanges = {
  'src/run.js': [
    'export function run(code) {',
    '  return eval(code)',
    `  // ::error file=a.js::${injected} ##[error]${injected}`,
    '}',
    `::set-output name=conclusion::${injected}`,
    `\t::add-mask::${injected}\r::warning::${injected}`,
    '',
  ].join('\n'),
  [`src/##[error]${injected} ::notice::${injected}.js`]: 'export const run = (code) => eval(code)\n',
  'src/values.js': base.replace('value3 = 3', `value3 = '##[add-mask]${injected}'`),
}

export interface Scene extends AsyncDisposable {
  readonly github: StandInGithub
  readonly repository: StandInRepository
  readonly pull: StandInPullRequest
  readonly token: string
  /** Holds what the runs of the scene leave behind; it goes with the scene. */
  readonly directory: string
}

interface SceneOptions extends NewPullRequest {
  readonly baseFiles?: FileChanges
  readonly permissions?: NewToken['permissions']
  /** GitHub's secondary limits, off unless told; `{}` for those that GitHub documents. */
  readonly limits?: LimitOptions
  /** How else the stand-in differs from github.com. */
  readonly github?: GithubOptions
}

/** GitHub with one repository and one pull request, hostile unless told otherwise. */
export async function setScene(options: SceneOptions = {}): Promise<Scene> {
  const github = await startGitHub({
    ...options.github,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })
  const files = { 'src/values.js': base, 'AGENTS.md': 'Prefer names over comments.\n', ...options.baseFiles }
  const repository = await github.repository({ files })
  const pull = await repository.openPullRequest({
    title: `::error::${injected} ##[warning]${injected}`,
    body: `##[error]${injected}`,
    files: hostileFiles,
    ...options,
  })
  const token = github.token(options.permissions === undefined ? {} : { permissions: options.permissions })
  const directory = await mkdtemp(join(tmpdir(), 'scene-'))
  return {
    github,
    repository,
    pull,
    token,
    directory,
    async [Symbol.asyncDispose]() {
      await rm(directory, { recursive: true, force: true })
      await github[Symbol.asyncDispose]()
    },
  }
}

interface ReviewOptions extends Partial<ActionRun> {
  readonly on?: PullRequestAction
  readonly server: { readonly url: string; readonly apiKey: string }
}

/** One run of the Action on the scene's pull request: `opened` unless told. */
export async function review(scene: Scene, options: ReviewOptions): Promise<FinishedRun> {
  const { on, server, inputs, ...rest } = options
  return await runAction({
    action: actionDirectory,
    github: scene.github,
    token: scene.token,
    eventName: 'pull_request',
    event: await scene.pull.event(on ?? 'opened'),
    inputs: { 'server-url': server.url, 'api-key': server.apiKey, ...inputs },
    secrets: [server.apiKey],
    temporary: await mkdtemp(join(scene.directory, 'run-')),
    ...rest,
  })
}

/** An address where nobody listens, and a key that nobody knows. */
export const nowhere = { url: 'http://127.0.0.1:9', apiKey: randomBytes(24).toString('hex') }
