import { z } from 'zod'
import type { CheckConclusion, CheckHandle, CheckReport, PullRequest } from '../roles.ts'
import { cancelStaleChecks } from './cancel-stale-checks.ts'
import { completeCheck } from './complete-check.ts'
import { ListedCheck } from './github-objects.ts'
import type { Octokit } from './octokit.ts'
import { takeTurn } from './posting-turn.ts'
import { translating } from './translate-error.ts'
import { writeOnce } from './write-once.ts'

export interface CheckOptions {
  readonly name: string
  /** Names this run: how a check is found again after an unclear answer. */
  readonly externalId: string
  /** Milliseconds that one unit of waiting lasts. */
  readonly backoffUnitMs?: number
}

/** The check of a name on a commit. */
export interface CheckPlace {
  readonly repository: { readonly owner: string; readonly name: string }
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
  await cancelStaleChecks(octokit, { ...repository, ref: head, ...options })
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
): Promise<ListedCheck> {
  const { parameters, backoffUnitMs } = wanted
  const operation = { doing: wanted.doing, permission }
  return await translating(operation, () =>
    writeOnce({
      operation,
      write: async () => ListedCheck.parse((await octokit.rest.checks.create(parameters)).data),
      look: () => findCheck(octokit, parameters),
      backoffUnitMs,
    }),
  )
}

async function findCheck(octokit: Octokit, wanted: CreateParameters): Promise<ListedCheck | null> {
  const { data } = await octokit.rest.checks.listForRef({
    owner: wanted.owner,
    repo: wanted.repo,
    ref: wanted.head_sha,
    check_name: wanted.name,
    filter: 'all',
    per_page: 100,
  })
  const listed = z.array(ListedCheck).parse(data.check_runs)
  return listed.find((check) => check.external_id === wanted.external_id) ?? null
}

const Concluded = z.object({
  id: z.int(),
  conclusion: z.string().nullish(),
  completed_at: z.string().nullish(),
})

const conclusions: readonly CheckConclusion[] = ['success', 'neutral', 'failure']

/** How the newest check of that name on the commit ended; null where none did. One that was cancelled ended nothing. */
export function conclusionOf(
  octokit: Octokit,
  { repository, headSha, name }: CheckPlace,
): Promise<CheckConclusion | null> {
  return translating({ doing: 'reading the check', permission: 'checks: read' }, async () => {
    const { data } = await octokit.rest.checks.listForRef({
      owner: repository.owner,
      repo: repository.name,
      ref: headSha,
      check_name: name,
      status: 'completed',
      filter: 'all',
      per_page: 100,
    })
    const newest = z
      .array(Concluded)
      .parse(data.check_runs)
      .map((check) => ({ ...check, at: check.completed_at ?? '' }))
      .sort((a, b) => b.at.localeCompare(a.at) || b.id - a.id)
      .flatMap(({ conclusion }) => conclusions.filter((known) => known === conclusion))
    return newest[0] ?? null
  })
}
