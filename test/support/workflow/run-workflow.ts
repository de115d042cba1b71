import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { actionDirectory, type Scene } from '../e2e/scene.ts'
import { isObject, type Json } from '../github/json.ts'
import type { Access, Permissions } from '../github/state.ts'
import { type ActionRun, type FinishedRun, runAction } from '../runner/run-action.ts'
import { readWorkflow, type StartedJob, type StartedStep, startedBy, type WorkflowEvent } from './workflow.ts'

const folder = join(actionDirectory, 'examples/workflows')

interface Surroundings {
  readonly scene: Scene
  readonly server: { readonly url: string; readonly apiKey: string }
  /** The repository's variables beside the address of the server. */
  readonly vars?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

export interface WorkflowRun {
  readonly jobs: readonly StartedJob[]
  /** Runs of our step, in the order of the jobs. */
  readonly reviews: readonly FinishedRun[]
}

/** Runs an example as GitHub would on an event: whichever jobs it starts, with the token and the secrets they get. */
export async function runWorkflow(
  name: string,
  event: WorkflowEvent,
  surroundings: Surroundings,
): Promise<WorkflowRun> {
  const { server, vars } = surroundings
  const isFork = isOfFork(event)
  const jobs = startedBy(await readWorkflow(join(folder, name)), event, {
    vars: { AI_REVIEW_SERVER_URL: server.url, ...vars },
    secrets: isFork ? {} : { AI_REVIEW_API_KEY: server.apiKey },
  })
  const reviews: FinishedRun[] = []
  for (const job of jobs) {
    const permissions = isFork || isOfDependabot(event) ? readOnly(job.permissions) : job.permissions
    for (const step of job.steps.filter(({ uses }) => uses.startsWith('org/ai-review-action@'))) {
      const run = { step, job: { ...job, permissions }, event }
      reviews.push(await runStep(run, surroundings))
    }
  }
  return { jobs, reviews }
}

async function runStep(
  { step, job, event }: { step: StartedStep; job: StartedJob; event: WorkflowEvent },
  { scene, server, env }: Surroundings,
): Promise<FinishedRun> {
  const temporary = await mkdtemp(join(scene.directory, 'job-'))
  const checkout = job.steps.find(({ uses }) => uses.startsWith('actions/checkout@'))
  const workspace = join(temporary, 'workspace')
  if (checkout !== undefined) {
    const depth = Number(checkout.with['fetch-depth'] ?? '1')
    await scene.repository.checkout(workspace, scene.pull, { depth })
  }
  return await runAction({
    action: actionDirectory,
    github: scene.github,
    token: scene.github.token({ permissions: job.permissions }),
    eventName: event.name as ActionRun['eventName'],
    event: event.payload,
    inputs: step.with,
    env: { ...step.env, ...env },
    secrets: [server.apiKey],
    sha: event.sha,
    workspace,
    temporary,
  })
}

/** Its events get a token that may only read as well, and the secrets that were set for it. */
function isOfDependabot({ payload }: WorkflowEvent): boolean {
  const { sender } = payload
  return isObject(sender) && sender.login === 'dependabot[bot]'
}

/** GitHub gives the events of a fork's pull request no secrets and a token that may only read. */
function isOfFork({ payload }: WorkflowEvent): boolean {
  const idOf = (...keys: string[]): Json | undefined =>
    keys.reduce<Json | undefined>((place, key) => (isObject(place) ? place[key] : undefined), payload)
  const head = idOf('pull_request', 'head', 'repo', 'id')
  return head !== undefined && head !== idOf('repository', 'id')
}

function readOnly(permissions: Permissions): Permissions {
  const entries = Object.entries(permissions) as [keyof Permissions, Access][]
  return Object.fromEntries(entries.map(([name, access]) => [name, access === 'none' ? 'none' : 'read']))
}
