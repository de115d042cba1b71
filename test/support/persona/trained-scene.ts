import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PersonaStatus } from '@ai-review/protocol/persona'
import { tinyBaseDirectory } from '../../../scripts/tiny-model/tiny-base-directory.ts'
import { tinyModelFile } from '../../../scripts/tiny-model/tiny-model-file.ts'
import { actionDirectory } from '../e2e/scene.ts'
import type { StandInPullRequest } from '../github/stand-in-pull-request.ts'
import type { StandInRepository } from '../github/stand-in-repository.ts'
import { type LoggedRequest, type StandInGithub, startGitHub } from '../github/start-github.ts'
import { type ModelServerProcess, startModelServer } from '../model-server.ts'
import { type FinishedRun, runAction } from '../runner/run-action.ts'
import { addLeadHistory, habitualChange, untouchedFiles } from './lead-history.ts'

/** Rank of the adapters: with less, how well one is learnt hangs on the seed. */
export const adapterRank = 64

/**
 * Settings by which a model of a tenth of a million weights learns in a minute and a half what a larger one learns with
 * the defaults: small steps and many, so that what is learnt hangs neither on the seed nor on how a processor rounds. One
 * sample at once needs no padding, which costs more than a second sample saves; each look at the validation loss costs as
 * much as twenty steps.
 */
const trainerSettings = `[model]
precision = "fp32"
device = "cpu"
threads = 1

[lora]
r = ${adapterRank}
alpha = ${2 * adapterRank}
dropout = 0.0

[train]
epochs = 5.0
learning_rate = 0.003
batch = 2
device_batch = 1
gradient_checkpointing = false
checkpoint_every = 300
patience = 0

[publish]
dtype = "fp32"
`

/** Pull requests of the history, each with four comments of the lead. */
const pastPulls = 75

/** A run of the bundle on a command, with what it asked of GitHub and what it left there. */
export interface CommandRun {
  readonly run: FinishedRun
  readonly requests: readonly LoggedRequest[]
  /** When the process was started, in milliseconds of the clock. */
  readonly startedAt: number
}

/** The lead's repository, a real model server that trains, and the bundle. */
export interface TrainedScene extends AsyncDisposable {
  readonly github: StandInGithub
  readonly repository: StandInRepository
  readonly server: ModelServerProcess
  /** DATA_DIR of the server. */
  readonly data: string
  /** TMPDIR of the server and of all that it starts. */
  readonly temporary: string
  /** Numbers of the lead's past comments. */
  readonly pastComments: Set<number>
  openPullRequest(): Promise<StandInPullRequest>
  /** More of the lead's past comments, on pull requests of now. */
  addHistory(pullRequests: number): Promise<void>
  say(pull: StandInPullRequest, login: string, body: string): Promise<CommandRun>
  status(): Promise<PersonaStatus>
  /** Files of adapters that the engine's process holds open or mapped. */
  openAdapters(): Promise<string[]>
}

export async function startTrainedScene(python: string): Promise<TrainedScene> {
  const directory = await mkdtemp(join(tmpdir(), 'trained-'))
  const settings = join(directory, 'trainer.toml')
  await writeFile(settings, trainerSettings)
  const temporary = join(directory, 'tmp')
  await mkdir(temporary)
  const server = await startModelServer({
    env: {
      ENGINE: 'llama',
      MODEL: await tinyModelFile(),
      MODEL_THREADS: '1',
      MODEL_GPU: 'off',
      MODEL_CONTEXT_TOKENS: '8192',
      TRAINING: 'here',
      TRAINER_COMMAND: JSON.stringify([python, '-m', 'trainer']),
      TRAINER_BASE_MODEL: await tinyBaseDirectory(),
      TRAINER_CONFIG: settings,
      TRAINER_GPU: 'none',
      TMPDIR: temporary,
    },
  })
  const github = await startGitHub()
  const policy = 'personas:\n  - login: lead\n'
  const repository = await github.repository({
    name: 'shop',
    files: { ...untouchedFiles, '.github/ai-review.yml': policy },
  })
  repository.setRole('maintainer', 'admin')
  repository.setRole('lead', 'read')
  const history = await addLeadHistory(github, repository, { from: 1, pullRequests: pastPulls })
  const pastComments = new Set(history.comments)
  const token = github.token({
    permissions: { contents: 'read', 'pull-requests': 'write', checks: 'write' },
    remaining: 5000,
  })
  let runs = 0

  return {
    github,
    repository,
    server,
    data: join(server.dataDirectory, 'data'),
    temporary,
    pastComments,
    openPullRequest: () =>
      repository.openPullRequest({
        title: 'Change',
        files: habitualChange(repository.state.lastNumber),
      }),
    addHistory: async (pullRequests) => {
      const from = repository.state.lastNumber + 1
      const { comments } = await addLeadHistory(github, repository, { from, pullRequests })
      for (const id of comments) pastComments.add(id)
    },
    say: async (pull, login, body) => {
      runs += 1
      const workspace = join(directory, `workspace-${runs}`)
      await repository.checkout(workspace, pull, { ref: 'base', depth: 0 })
      const before = github.requests.length
      const startedAt = Date.now()
      const run = await runAction({
        action: actionDirectory,
        github,
        token,
        workspace,
        eventName: 'issue_comment',
        event: pull.commentEvent(pull.comment(login, body)),
        inputs: {
          'server-url': server.url,
          'api-key': server.apiKey,
          'deadline-minutes': '10',
          effort: 'quick',
        },
        secrets: [server.apiKey],
        temporary: await mkdtemp(join(directory, 'run-')),
        runId: runs,
      })
      return { run, requests: github.requests.slice(before), startedAt }
    },
    status: async () => {
      const answer = await fetch(`${server.url}/v1/personas/acme/shop/lead`, {
        headers: { authorization: `Bearer ${server.apiKey}` },
      })
      return PersonaStatus.parse(await answer.json())
    },
    openAdapters: async () => {
      const maps = await readFile(`/proc/${await enginePid(server)}/maps`, 'utf8')
      return maps.split('\n').filter((line) => line.includes('adapter'))
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await rm(directory, { recursive: true, force: true })
      await github[Symbol.asyncDispose]()
    },
  }
}

/** When the first `POST /v1/reviews` after `since` reached the server, by its log; milliseconds of the clock. */
export function firstReviewAt({ printed }: Pick<ModelServerProcess, 'printed'>, since: number): number {
  const arrivals = printed()
    .split('\n')
    .filter((line) => line.includes('"method":"POST","route":"/v1/reviews"'))
    .map((line) => JSON.parse(line) as { readonly time: number; readonly milliseconds: number })
    .map(({ time, milliseconds }) => time - milliseconds)
    .filter((at) => at >= since)
  return Math.min(...arrivals)
}

/** The process of llama.cpp that belongs to a server, by Linux's proc(5). */
export async function enginePid({ pid }: Pick<ModelServerProcess, 'pid'>): Promise<number | undefined> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')
  for (const child of children) {
    const line = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')
    if (line.includes('llama-child')) return Number(child)
  }
  return undefined
}

/** Files below a directory that hold one of these texts, as they lie on the disk. */
export async function filesWith(directory: string, texts: readonly string[]): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    for (const text of texts) if (bytes.includes(text)) found.push(`${path}: ${text}`)
  }
  return found
}
