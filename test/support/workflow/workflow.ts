import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import type { JsonObject } from '../github/json.ts'
import type { Permissions } from '../github/state.ts'
import { type Contexts, filled, holds } from './expression.ts'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly if?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string | number | boolean>>
}

interface Concurrency {
  readonly group: string
  readonly 'cancel-in-progress'?: boolean
}

interface Job {
  readonly if?: string
  readonly permissions?: Permissions
  readonly concurrency?: Concurrency
  readonly env?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
  readonly 'timeout-minutes'?: number
}

interface Workflow {
  readonly name: string
  readonly on: Readonly<Record<string, { readonly types?: readonly string[] } | null>>
  readonly permissions?: Permissions
  readonly concurrency?: Concurrency
  readonly jobs: Readonly<Record<string, Job>>
}

export interface WorkflowEvent {
  readonly name: string
  readonly payload: JsonObject
  /** The commit that the event belongs to. */
  readonly sha: string
}

/** A job that GitHub would start, with what it would hand to it. */
export interface StartedJob {
  readonly name: string
  readonly permissions: Permissions
  /** Runs of one group wait for each other; the workflow's and the job's own, those without left out. */
  readonly groups: readonly { readonly name: string; readonly cancels: boolean }[]
  readonly steps: readonly StartedStep[]
}

export interface StartedStep {
  readonly uses: string
  readonly with: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
}

/** Actions of an event that start a workflow which names none. */
const usualTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
}

export async function readWorkflow(path: string): Promise<Workflow> {
  return parse(await readFile(path, 'utf8')) as Workflow
}

/** The jobs that an event starts, with every expression evaluated; none where the event is not the workflow's. */
export function startedBy(
  workflow: Workflow,
  event: WorkflowEvent,
  given: { vars: JsonObject; secrets: JsonObject },
): StartedJob[] {
  if (!isStartedBy(workflow, event)) return []
  const inputs = event.payload.inputs
  const contexts: Contexts = {
    github: { event_name: event.name, event: event.payload, sha: event.sha },
    inputs: typeof inputs === 'object' && inputs !== null ? (inputs as JsonObject) : {},
    ...given,
  }
  return Object.entries(workflow.jobs)
    .filter(([, job]) => holds(job.if, contexts))
    .map(([name, job]) => startedJob(workflow, { name, job }, contexts))
}

function isStartedBy(workflow: Workflow, event: WorkflowEvent): boolean {
  const trigger = workflow.on[event.name]
  if (trigger === undefined) return false
  const types = trigger?.types ?? usualTypes[event.name]
  return types === undefined || types.includes(String(event.payload.action))
}

function startedJob(
  workflow: Workflow,
  { name, job }: { name: string; job: Job },
  contexts: Contexts,
): StartedJob {
  const groups = [workflow.concurrency, job.concurrency].flatMap((one) =>
    one === undefined
      ? []
      : [{ name: filled(one.group, contexts), cancels: one['cancel-in-progress'] ?? false }],
  )
  const steps = job.steps
    .filter((step) => holds(step.if, contexts))
    .map((step) => ({
      uses: step.uses ?? '',
      with: filledAll(step.with, contexts),
      env: filledAll({ ...job.env, ...step.env }, contexts),
    }))
  return { name, permissions: job.permissions ?? workflow.permissions ?? {}, groups, steps }
}

function filledAll(
  texts: Readonly<Record<string, string | number | boolean>> | undefined,
  contexts: Contexts,
): Record<string, string> {
  return Object.fromEntries(Object.entries(texts ?? {}).map(([name, text]) => [name, filled(text, contexts)]))
}
