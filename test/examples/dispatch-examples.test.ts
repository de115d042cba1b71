import { join } from 'node:path'
import { Octokit } from '@octokit/rest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { actionDirectory, flawedLine, type Scene, setScene } from '../support/e2e/scene.ts'
import { isObject } from '../support/github/json.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'
import { runWorkflow } from '../support/workflow/run-workflow.ts'
import { readWorkflow, startedBy, type WorkflowEvent } from '../support/workflow/workflow.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

async function dispatch({ github, repository, pull }: Scene, number: string): Promise<WorkflowEvent> {
  const payload = github.dispatchEvent(repository, { 'pull-request': number })
  return { name: 'workflow_dispatch', payload, sha: pull.base }
}

const nightly = join(actionDirectory, 'examples/workflows/nightly-learning.yml')

/** Runs the script of nightly-learning.yml as actions/github-script does, and gives back the starts it asked for. */
async function runNight({ github, repository, pull }: Scene): Promise<unknown[]> {
  const event = { name: 'schedule', payload: { schedule: '17 2 * * *' }, sha: pull.base }
  const [job] = startedBy(await readWorkflow(nightly), event, { vars: {}, secrets: {} })
  const script = job?.steps[0]?.with.script ?? ''
  const octokit = new Octokit({
    auth: github.token({ permissions: job?.permissions ?? {} }),
    baseUrl: github.url,
  })
  const context = {
    repo: { owner: repository.state.owner, repo: repository.state.name },
    ref: 'refs/heads/main',
  }
  const AsyncFunction = Object.getPrototypeOf(runNight).constructor as new (
    ...parts: string[]
  ) => (...given: unknown[]) => Promise<void>
  github.inject({ method: 'POST', path: /\/dispatches$/, fault: { status: 204 }, times: 10 })
  await new AsyncFunction('github', 'context', 'core', script)(octokit, context, { info: () => {} })
  return github.requests.filter(({ path }) => path.endsWith('/dispatches')).map(({ body }) => body)
}

test('dispatch.yml: reviews the pull request of that number', async () => {
  await using scene = await setScene()
  const event = await dispatch(scene, String(scene.pull.number))
  const { jobs, reviews } = await runWorkflow('dispatch.yml', event, { scene, server })
  expect(reviews).toHaveLength(1)
  for (const run of reviews) await expectCleanRun(run, scene, [server.apiKey])
  expect(scene.pull.comments()).toContainEqual(
    expect.objectContaining({ path: 'src/run.js', line: flawedLine }),
  )
  expect(jobs.flatMap(({ groups }) => groups)).toEqual([
    { name: `ai-review-dispatch-${scene.pull.number}`, cancels: false },
  ])
})

test('dispatch.yml: a number that is none is refused before GitHub is asked', async () => {
  await using scene = await setScene()
  const event = await dispatch(scene, '1; echo')
  const { reviews } = await runWorkflow('dispatch.yml', event, { scene, server })
  expect(reviews.map(({ exitCode }) => exitCode)).toEqual([1])
  expect(reviews[0]?.log).toContain('pull-request')
  expect(scene.github.requests).toEqual([])
})

test('dispatch.yml: a pull request event starts nothing', async () => {
  await using scene = await setScene()
  const event = { name: 'pull_request', payload: await scene.pull.event('opened'), sha: scene.pull.head }
  expect(await runWorkflow('dispatch.yml', event, { scene, server })).toEqual({ jobs: [], reviews: [] })
})

test('nightly-learning.yml: asks for each pull request of the last day, which dispatch.yml then reviews', async () => {
  await using scene = await setScene()
  const { repository, pull } = scene
  const old = await repository.openPullRequest()
  const draft = await repository.openPullRequest({ draft: true })
  const closed = await repository.openPullRequest()
  old.state.updatedAt = '2020-01-01T00:00:00Z'
  closed.close()
  const asked = await runNight(scene)
  const inputs = { 'pull-request': String(pull.number), learn: 'true' }
  expect(asked).toEqual([{ ref: 'refs/heads/main', inputs }])
  expect([old.number, draft.number, closed.number]).not.toContain(pull.number)
  for (const body of asked) {
    const inputs = isObject(body) && isObject(body.inputs) ? body.inputs : {}
    const event = await dispatch(scene, String(inputs['pull-request']))
    await runWorkflow('dispatch.yml', event, { scene, server })
  }
  expect(pull.reviews()).toHaveLength(1)
})

test('nightly-learning.yml: no other event starts it, and it cannot write to a pull request', async () => {
  await using scene = await setScene()
  const event = { name: 'pull_request', payload: await scene.pull.event('opened'), sha: scene.pull.head }
  const workflow = await readWorkflow(nightly)
  expect(startedBy(workflow, event, { vars: {}, secrets: {} })).toEqual([])
  expect(workflow.permissions).toEqual({ actions: 'write', 'pull-requests': 'read' })
})
