import { type Answer, type Call, idOf, pageOf, type Routes, repositoryOf, textOf } from '../call.ts'
import { isObject, type JsonObject } from '../json.ts'
import { notFound, Refusal, validationFailed } from '../refusal.ts'
import { checkRunJson } from '../render.ts'
import { type AnnotationState, type CheckRunState, fullNameOf } from '../state.ts'

/** GitHub takes no more annotations than this in one request; later requests add to them. */
const maxAnnotations = 50

async function create(call: Call): Promise<Answer> {
  refusePersons(call)
  const repository = repositoryOf(call)
  const headSha = textOf(call, 'head_sha') ?? ''
  if (!/^[0-9a-f]{40}$/.test(headSha) || (await repository.git.resolve(`${headSha}^{commit}`)) === null) {
    throw validationFailed({
      resource: 'CheckRun',
      field: 'head_sha',
      code: 'custom',
      message: `No commit found for SHA: ${headSha}`,
    })
  }
  const id = call.world.nextId()
  const check: CheckRunState = {
    id,
    appId: call.token.appId,
    headSha,
    name: textOf(call, 'name') ?? '',
    status: 'queued',
    conclusion: null,
    title: null,
    summary: null,
    text: null,
    startedAt: textOf(call, 'started_at') ?? call.world.now(),
    completedAt: null,
    externalId: '',
    detailsUrl: `${call.world.base}/${fullNameOf(repository)}/runs/${id}`,
    annotations: [],
    actions: [],
  }
  apply(call, check)
  repository.checkRuns.push(check)
  return { status: 201, body: checkRunJson(call.world, repository, check) }
}

function refusePersons(call: Call): void {
  if (call.token.kind === 'personal') throw new Refusal(403, 'You must authenticate via a GitHub App.')
}

function apply(call: Call, check: CheckRunState): void {
  const output = isObject(call.body.output) ? call.body.output : {}
  const annotations = Array.isArray(output.annotations) ? output.annotations.filter(isObject) : []
  refuseLargeOutput(output, annotations.length)
  check.annotations.push(...(annotations as unknown as AnnotationState[]))
  const told: Partial<CheckRunState> = {
    name: textOf(call, 'name'),
    externalId: textOf(call, 'external_id'),
    title: stringOf(output, 'title'),
    summary: stringOf(output, 'summary'),
    text: stringOf(output, 'text'),
    status: textOf(call, 'status'),
    conclusion: textOf(call, 'conclusion'),
  } as Partial<CheckRunState>
  Object.assign(check, Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)))
  complete(call, check)
}

function refuseLargeOutput(output: JsonObject, annotations: number): void {
  if (annotations > maxAnnotations) {
    throw new Refusal(422, 'Invalid request.\n\nNo more than 50 items are allowed; more were supplied.')
  }
  const longest = Math.max(...['summary', 'text'].map((name) => stringOf(output, name)?.length ?? 0))
  if (longest > 65_535) {
    throw new Refusal(422, `Invalid request.\n\nOnly 65535 characters are allowed; ${longest} were supplied.`)
  }
}

/** A conclusion completes a check by itself. */
function complete(call: Call, check: CheckRunState): void {
  if (textOf(call, 'conclusion') === undefined && textOf(call, 'status') !== 'completed') return
  if (check.conclusion === null) {
    throw new Refusal(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.')
  }
  check.status = 'completed'
  check.completedAt = textOf(call, 'completed_at') ?? call.world.now()
}

function stringOf(object: JsonObject, name: string): string | undefined {
  const value = object[name]
  return typeof value === 'string' ? value : undefined
}

function checkOf(call: Call): CheckRunState {
  const found = repositoryOf(call).checkRuns.find((check) => check.id === idOf(call, 'check_run_id'))
  if (found === undefined) throw notFound()
  return found
}

function update(call: Call): Answer {
  refusePersons(call)
  const check = checkOf(call)
  if (check.appId !== call.token.appId)
    throw new Refusal(
      403,
      `Invalid app_id \`${call.token.appId}\` - check run can only be modified by the GitHub App that created it.`,
    )
  apply(call, check)
  return { status: 200, body: checkRunJson(call.world, repositoryOf(call), check) }
}

/** GitHub lists the latest check of a name alone, unless asked for all of them. */
function isReplaced(checks: readonly CheckRunState[], one: CheckRunState): boolean {
  return checks.some(
    ({ id, name, headSha, appId }) =>
      id > one.id && name === one.name && headSha === one.headSha && appId === one.appId,
  )
}

async function listForRef(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const ref = call.parameters.ref ?? ''
  const sha =
    (await repository.git.resolve(`${ref}^{commit}`)) ?? (await repository.git.resolve(`refs/heads/${ref}`))
  const name = call.query.get('check_name')
  const status = call.query.get('status')
  const app = call.query.get('app_id')
  const filter = call.query.get('filter')
  const found = repository.checkRuns.filter(
    (check) =>
      check.headSha === sha &&
      (name === null || check.name === name) &&
      (status === null || check.status === status) &&
      (app === null || check.appId === Number(app)) &&
      (filter === 'all' || !isReplaced(repository.checkRuns, check)),
  )
  const page = pageOf(call, found)
  const check_runs = page.items.map((check) => checkRunJson(call.world, repository, check))
  return { status: 200, body: { total_count: found.length, check_runs }, headers: page.headers }
}

function listAnnotations(call: Call): Answer {
  const check = checkOf(call)
  const page = pageOf(call, check.annotations)
  const root = `${call.world.base}/${fullNameOf(repositoryOf(call))}/blob/${check.headSha}`
  const body = page.items.map((annotation) => ({
    start_column: null,
    end_column: null,
    title: null,
    raw_details: null,
    ...(annotation as unknown as JsonObject),
    blob_href: `${root}/${encodeURI(annotation.path)}`,
  }))
  return { status: 200, body, headers: page.headers }
}

export const checkRoutes: Routes = {
  'checks/create': { needs: ['checks', 'write'], handle: create },
  'checks/update': { needs: ['checks', 'write'], handle: update },
  'checks/get': {
    needs: ['checks', 'read'],
    handle: (call) => ({ status: 200, body: checkRunJson(call.world, repositoryOf(call), checkOf(call)) }),
  },
  'checks/list-for-ref': { needs: ['checks', 'read'], handle: listForRef },
  'checks/list-annotations': { needs: ['checks', 'read'], handle: listAnnotations },
}
