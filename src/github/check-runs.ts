import type { CheckHandle, CheckReport, PullRequest } from '../roles.ts'
import { ListedCheck } from './github-objects.ts'
import type { Octokit } from './octokit.ts'
import { takeTurn } from './posting-turn.ts'
import { isUnclear, translating } from './translate-error.ts'

export interface CheckOptions {
  readonly name: string
  /** Names this run: how a check is found again after an unclear answer. */
  readonly externalId: string
  /** Milliseconds that one unit of waiting lasts. */
  readonly backoffUnitMs?: number
}

type CreateParameters = NonNullable<Parameters<Octokit['rest']['checks']['create']>[0]>
type UpdateParameters = NonNullable<Parameters<Octokit['rest']['checks']['update']>[0]>

const attempts = 3
/** https://docs.github.com/en/rest/checks/runs: 50 annotations a request; further requests append. */
const annotationsPerRequest = 50
const startCheck = { doing: 'starting the check', permission: 'checks: write' }
const completeCheck = { doing: 'completing the check', permission: 'checks: write' }

/** A check run on the head of the pull request, in progress from now on. */
export async function createCheck(
  octokit: Octokit,
  pullRequest: PullRequest,
  options: CheckOptions,
): Promise<CheckHandle> {
  const repository = { owner: pullRequest.repository.owner, repo: pullRequest.repository.name }
  const parameters: CreateParameters = {
    ...repository,
    name: options.name,
    head_sha: pullRequest.head.sha,
    external_id: options.externalId,
    status: 'in_progress',
    output: { title: 'Review in progress', summary: 'The model server is reading the change.' },
  }
  const check = await translating(startCheck, async () => {
    for (let attempt = 1; ; attempt++) {
      try {
        return ListedCheck.parse((await octokit.rest.checks.create(parameters)).data)
      } catch (error) {
        if (!isUnclear(error) || attempt === attempts) throw error
        const landed = await findCheck(octokit, parameters)
        if (landed !== null) return landed
      }
    }
  })
  return {
    url: check.html_url ?? '',
    takeTurn: () =>
      takeTurn({
        octokit,
        repository,
        head: pullRequest.head.sha,
        check: { id: check.id, name: options.name, startedAt: Date.parse(check.started_at ?? '') },
        stepMs: 2 * (options.backoffUnitMs ?? 1000),
      }),
    complete: (report) => complete(octokit, { ...repository, check_run_id: check.id }, report),
  }
}

async function findCheck(octokit: Octokit, wanted: CreateParameters): Promise<ListedCheck | null> {
  const { data } = await octokit.rest.checks.listForRef({
    owner: wanted.owner,
    repo: wanted.repo,
    ref: wanted.head_sha,
    check_name: wanted.name,
    per_page: 100,
  })
  const listed = data.check_runs.map((check) => ListedCheck.parse(check))
  return listed.find((check) => check.external_id === wanted.external_id) ?? null
}

type CheckId = Pick<UpdateParameters, 'owner' | 'repo' | 'check_run_id'>

/** Annotations beyond the first fifty go ahead of the conclusion, so that a completed check is a whole one. */
function complete(octokit: Octokit, id: CheckId, report: CheckReport): Promise<void> {
  return translating(completeCheck, async () => {
    const batches = batchesOf(report.annotations, annotationsPerRequest)
    const last = batches.pop() ?? []
    const text = { title: report.title, summary: report.summary }
    for (const batch of batches) {
      // Annotations append, so this one is not repeated after an unclear answer.
      await octokit.rest.checks.update({ ...id, output: { ...text, annotations: batch.map(toAnnotation) } })
    }
    await updateSafely(octokit, {
      ...id,
      status: 'completed',
      conclusion: report.conclusion,
      output: { ...text, ...(last.length === 0 ? {} : { annotations: last.map(toAnnotation) }) },
    })
  })
}

/** Sets the same state again until GitHub says that it is set; only the annotations are left to the first attempt. */
async function updateSafely(octokit: Octokit, update: UpdateParameters): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await octokit.rest.checks.update(attempt === 1 ? update : withoutAnnotations(update))
      return
    } catch (error) {
      if (!isUnclear(error) || attempt === attempts) throw error
    }
  }
}

function withoutAnnotations(update: UpdateParameters): UpdateParameters {
  const { title, summary = '' } = update.output ?? {}
  return { ...update, output: { summary, ...(title === undefined ? {} : { title }) } }
}

function toAnnotation(annotation: CheckReport['annotations'][number]) {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
  }
}

function batchesOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
