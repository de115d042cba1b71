import { isObject, type Json, type JsonObject } from '../github/json.ts'

interface RunContext {
  readonly apiUrl: string
  readonly eventName: string
  readonly event: JsonObject
  readonly eventPath: string
  readonly workspace: string
  readonly temporary: string
  readonly actionPath: string
  readonly runId: number
  readonly runAttempt: number
  readonly isDebug: boolean
  /** Where the payload does not tell it: the commit of a dispatched run. */
  readonly sha?: string
}

function at(value: Json | undefined, ...names: string[]): string {
  let place = value
  for (const name of names) place = isObject(place) ? place[name] : undefined
  return typeof place === 'string' || typeof place === 'number' ? String(place) : ''
}

/** Every variable that actions/runner sets for a step, and no other. There is no GITHUB_TOKEN among them. */
export function runnerEnvironment(run: RunContext): Record<string, string> {
  const { event } = run
  const fullName = at(event, 'repository', 'full_name')
  const pull = event.pull_request
  const number = at(event, 'number')
  const isPull = run.eventName === 'pull_request'
  const ref = isPull ? `refs/pull/${number}/merge` : 'refs/heads/main'
  const sender = at(event, 'sender', 'login')
  const github = {
    ACTION: '__run',
    ACTION_PATH: run.actionPath,
    ACTION_REF: '',
    ACTION_REPOSITORY: '',
    ACTOR: sender,
    ACTOR_ID: at(event, 'sender', 'id'),
    API_URL: run.apiUrl,
    BASE_REF: isPull ? at(pull, 'base', 'ref') : '',
    EVENT_NAME: run.eventName,
    EVENT_PATH: run.eventPath,
    GRAPHQL_URL: `${run.apiUrl}/graphql`,
    HEAD_REF: isPull ? at(pull, 'head', 'ref') : '',
    JOB: 'review',
    REF: ref,
    REF_NAME: isPull ? `${number}/merge` : 'main',
    REF_PROTECTED: 'false',
    REF_TYPE: 'branch',
    REPOSITORY: fullName,
    REPOSITORY_ID: at(event, 'repository', 'id'),
    REPOSITORY_OWNER: fullName.split('/')[0] ?? '',
    REPOSITORY_OWNER_ID: at(event, 'repository', 'owner', 'id'),
    RETENTION_DAYS: '90',
    RUN_ATTEMPT: String(run.runAttempt),
    RUN_ID: String(run.runId),
    RUN_NUMBER: '1',
    SERVER_URL: run.apiUrl,
    SHA: run.sha ?? (at(pull, 'merge_commit_sha') || at(pull, 'base', 'sha')),
    TRIGGERING_ACTOR: sender,
    WORKFLOW: 'Review',
    WORKFLOW_REF: `${fullName}/.github/workflows/review.yml@${ref}`,
    WORKFLOW_SHA: run.sha ?? at(pull, 'head', 'sha'),
    WORKSPACE: run.workspace,
  }
  const runner = {
    ARCH: 'X64',
    ENVIRONMENT: 'self-hosted',
    NAME: 'gpu-1',
    OS: 'Linux',
    TEMP: run.temporary,
    TOOL_CACHE: run.temporary,
    WORKSPACE: run.workspace,
    ...(run.isDebug ? { DEBUG: '1' } : {}),
  }
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    HOME: run.temporary,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    ...withPrefix('GITHUB_', github),
    ...withPrefix('RUNNER_', runner),
  }
}

function withPrefix(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]))
}
