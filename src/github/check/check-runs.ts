import type { CheckConclusion, CheckHandle, CheckReport, PullRequest } from '../../roles.ts'
import type { RepositoryName } from '../client/address.ts'
import type { Octokit } from '../client/octokit.ts'
import { translating } from '../client/translate-error.ts'
import { writeOnce } from '../client/write-once.ts'
import { cancelStaleChecks } from './cancel-stale-checks.ts'
import { completeCheck } from './complete-check.ts'
import { CheckRun, listChecks } from './list-checks.ts'
import { takeTurn } from './posting-turn.ts'

export interface CheckOptions {
  readonly name: string
  /** Names this run: how a check is found again after an unclear answer. */
  readonly externalId: string
  /** Milliseconds that one unit of waiting lasts. */
  readonly backoffUnitMs?: number
}

/** The check of a name on a commit. */
interface CheckPlace {
  readonly repository: RepositoryName
  readonly headSha: string
  readonly name: string
}

type CreateParameters = NonNullable<Parameters<Octokit['rest']['checks']['create']>[0]>

const permission = 'checks: write'

/** A check run on the head of the pull request, in progress from now on. Ends those that earlier runs left behind. */
export async function createCheck(
  octokit: Octokit,
  pullRequest: PullRequest,
  options: CheckOptions,
): Promise<CheckHandle> {
  const repository = { owner: pullRequest.repository.owner, repo: pullRequest.repository.name }
  const head = pullRequest.head.sha
  const backoffUnitMs = options.backoffUnitMs ?? 1000
  await cancelStaleChecks(octokit, { ...repository, head, ...options })
  const check = await createOnce(octokit, {
    doing: 'starting the check',
    backoffUnitMs,
    parameters: {
      ...repository,
      name: options.name,
      head_sha: head,
      external_id: options.externalId,
      status: 'in_progress',
      output: { title: 'Review in progress', summary: 'The model server is reading the change.' },
    },
  })
  return {
    url: check.html_url ?? '',
    takeTurn: () =>
      takeTurn({
        octokit,
        repository,
        head,
        check: { id: check.id, name: options.name, startedAt: Date.parse(check.started_at ?? '') },
        stepMs: 2 * backoffUnitMs,
      }),
    complete: (report) =>
      completeCheck({ octokit, id: { ...repository, check_run_id: check.id }, backoffUnitMs }, report),
  }
}

/** A check run that is complete from the start, such as the one of a merge group. It holds no annotations. */
export async function reportCheck(
  octokit: Octokit,
  { repository, headSha, name, externalId, backoffUnitMs = 1000 }: CheckPlace & CheckOptions,
  report: Pick<CheckReport, 'conclusion' | 'title' | 'summary' | 'text'>,
): Promise<void> {
  const { conclusion, title, summary, text } = report
  await createOnce(octokit, {
    doing: 'reporting the check',
    backoffUnitMs,
    parameters: {
      owner: repository.owner,
      repo: repository.name,
      name,
      head_sha: headSha,
      external_id: externalId,
      status: 'completed',
      conclusion,
      output: { title, summary, ...(text === undefined ? {} : { text }) },
    },
  })
}

async function createOnce(
  octokit: Octokit,
  wanted: { readonly doing: string; readonly parameters: CreateParameters; readonly backoffUnitMs: number },
): Promise<CheckRun> {
  const { parameters, backoffUnitMs } = wanted
  const operation = { doing: wanted.doing, permission }
  return await translating(operation, () =>
    writeOnce({
      operation,
      write: async () => CheckRun.parse((await octokit.rest.checks.create(parameters)).data),
      look: () => findCheck(octokit, parameters),
      backoffUnitMs,
    }),
  )
}

async function findCheck(octokit: Octokit, wanted: CreateParameters): Promise<CheckRun | null> {
  const { owner, repo, head_sha: head, name } = wanted
  const listed = await listChecks(octokit, { owner, repo, head, name })
  return listed.find((check) => check.external_id === wanted.external_id) ?? null
}

const conclusions: readonly CheckConclusion[] = ['success', 'neutral', 'failure']

/** How the newest check of that name on the commit ended; null where none did. One that was cancelled ended nothing. */
export function conclusionOf(
  octokit: Octokit,
  { repository, headSha, name }: CheckPlace,
): Promise<CheckConclusion | null> {
  return translating({ doing: 'reading the check', permission: 'checks: read' }, async () => {
    const { owner, name: repo } = repository
    const listed = await listChecks(octokit, { owner, repo, head: headSha, name, status: 'completed' })
    const newest = listed
      .map((check) => ({ ...check, at: check.completed_at ?? '' }))
      .sort((a, b) => b.at.localeCompare(a.at) || b.id - a.id)
      .flatMap(({ conclusion }) => conclusions.filter((known) => known === conclusion))
    return newest[0] ?? null
  })
}
