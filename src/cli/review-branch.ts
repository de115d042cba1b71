import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reviewPullRequest } from '../action/review-pull-request.ts'
import { ReviewError } from '../errors.ts'
import { createLocalGit } from '../github/change/local-git.ts'
import { type FindingsFile, findingsFileOf } from '../review/findings-file.ts'
import type { Log } from '../roles.ts'
import { localChange } from './local-change.ts'
import { createLocalRefs } from './local-refs.ts'
import { createLocalSource } from './local-source.ts'
import { modelServerOf } from './model-server-of.ts'
import type { CliOptions } from './options.ts'
import { silentPublisher } from './silent-publisher.ts'

interface BranchReview {
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
  await using model = modelServerOf({ options, env, log, folder: temporary.path })
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
      roleOf: async () => 'none',
      model,
      log,
      now: Date.now,
      signal,
    },
  )
  // A local branch is neither closed nor a draft, and nothing can overtake it.
  if (outcome.kind === 'skipped') throw new Error(`a local branch was skipped: ${outcome.reason}`)
  return findingsFileOf(outcome.summary)
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
