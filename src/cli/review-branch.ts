import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reviewPullRequest } from '../action/review-pull-request.ts'
import type { Log } from '../action/roles.ts'
import { ReviewError } from '../errors.ts'
import { createLocalGit } from '../github/local-git.ts'
import { createModelServerClient } from '../model/client.ts'
import { type FindingsFile, findingsFileOf } from '../review/findings-file.ts'
import { drawDownload } from './download-bar.ts'
import { localChange } from './local-change.ts'
import { createLocalRefs } from './local-refs.ts'
import { startLocalServer } from './local-server.ts'
import { createLocalSource } from './local-source.ts'
import type { CliOptions } from './options.ts'
import { silentPublisher } from './silent-publisher.ts'

export interface BranchReview {
  readonly options: CliOptions
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
  readonly signal: AbortSignal
}

/** Reviews a local branch. Throws a ReviewError where it cannot be read or no server can be asked. */
export async function reviewBranch({ options, env, log, signal }: BranchReview): Promise<FindingsFile> {
  const refs = createLocalRefs(options.repository)
  const gitDirectory = await refs.gitDirectory()
  if (gitDirectory === null) throw noRepository()
  const change = await localChange(refs, options)
  await using temporary = await temporaryFolder()
  const git = createLocalGit({ gitDirectory, searchPath: env.PATH ?? '', temporary: temporary.path, signal })
  await using started = options.server === undefined ? await startServer(options, env, log) : null
  const server = options.server ?? { url: started?.url ?? '' }
  const outcome = await reviewPullRequest(
    {
      number: change.number,
      policyPath: '.github/ai-review.yml',
      deadlineMs: options.deadlineMs,
      startedAt: Date.now(),
      run: 'local',
      ...(options.effort === undefined ? {} : { effort: options.effort }),
    },
    {
      source: createLocalSource(git, change),
      publisher: silentPublisher,
      model: createModelServerClient(server),
      log,
      now: Date.now,
      signal,
    },
  )
  // A local branch is neither closed nor a draft, and nothing can overtake it.
  if (outcome.kind === 'skipped') throw new Error(`a local branch was skipped: ${outcome.reason}`)
  return findingsFileOf(outcome.summary)
}

async function startServer({ model }: CliOptions, env: BranchReview['env'], log: Log) {
  log.info('Starting a model server for this run.')
  return startLocalServer({ env, onDownload: drawDownload, ...(model === undefined ? {} : { model }) })
}

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'ai-review-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

function noRepository(): ReviewError {
  return new ReviewError('bad-input', '--repo is no git repository.', {
    hint: 'Run ai-review inside of one, or name its folder: ai-review --repo PATH.',
  })
}
