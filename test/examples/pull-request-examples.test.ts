import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { actionDirectory, flawedLine, nowhere, type Scene, setScene } from '../support/e2e/scene.ts'
import type { PullRequestAction } from '../support/github/stand-in-pull-request.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'
import { runWorkflow } from '../support/workflow/run-workflow.ts'
import type { WorkflowEvent } from '../support/workflow/workflow.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

const policyOf = (name: string): string =>
  readFileSync(join(actionDirectory, 'examples/policies', `${name}.yml`), 'utf8')

async function pullRequest({ pull }: Scene, action: PullRequestAction = 'opened'): Promise<WorkflowEvent> {
  return { name: 'pull_request', payload: await pull.event(action), sha: pull.mergeCommit ?? pull.head }
}

const flaw = 'export function run(code) {\n  return eval(code)\n}\n'

describe.each(['minimal', 'fork-safe', 'ghes', 'monorepo', 'strict-gate', 'self-hosted-labels'])(
  '%s.yml',
  (name) => {
    test('a pull request of the same repository gets one review and one check', async () => {
      await using scene = await setScene({ files: { 'services/run.js': flaw } })
      const event = await pullRequest(scene)
      const { reviews, jobs } = await runWorkflow(`${name}.yml`, event, { scene, server })
      expect(reviews).toHaveLength(1)
      for (const run of reviews) await expectCleanRun(run, scene, [server.apiKey])
      expect(scene.pull.comments()).toMatchObject([{ path: 'services/run.js', line: flawedLine }])
      expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', name: 'ai-review' }])
      expect(jobs.flatMap(({ groups }) => groups)).toEqual([
        { name: `ai-review-${scene.pull.number}`, cancels: true },
      ])
    })

    test("a fork's own event starts nothing", async () => {
      await using scene = await setScene({ fork: true })
      const run = await runWorkflow(`${name}.yml`, await pullRequest(scene), { scene, server })
      expect(run).toEqual({ jobs: [], reviews: [] })
      expect(scene.github.requests).toEqual([])
    })

    test('an event that is none of its own starts nothing', async () => {
      await using scene = await setScene()
      const events = [
        await pullRequest(scene, 'labeled'),
        await pullRequest(scene, 'closed'),
        { ...(await pullRequest(scene)), name: 'pull_request_target' },
        { name: 'push', payload: {}, sha: scene.pull.head },
      ]
      for (const event of events) {
        expect(await runWorkflow(`${name}.yml`, event, { scene, server })).toEqual({ jobs: [], reviews: [] })
      }
    })
  },
)

describe('minimal.yml', () => {
  test("Dependabot's token only reads: the findings stand in the job summary", async () => {
    await using scene = await setScene({ author: 'dependabot[bot]', files: { 'src/run.js': flaw } })
    const { reviews } = await runWorkflow('minimal.yml', await pullRequest(scene), { scene, server })
    expect(reviews.map(({ exitCode }) => exitCode)).toEqual([0])
    expect(reviews[0]?.summary).toContain('src/run.js')
    expect(reviews[0]?.annotations.map(({ properties }) => properties.file)).toContain('src/run.js')
    expect([scene.pull.reviews(), scene.pull.checkRuns()]).toEqual([[], []])
  })
})

describe('monorepo.yml', () => {
  test('reviews what its policy includes, and the check lists what it leaves alone', async () => {
    await using scene = await setScene({
      baseFiles: { '.github/ai-review.yml': policyOf('monorepo') },
      files: {
        'services/payments/run.js': flaw,
        'services/legacy/run.js': flaw,
        'tools/run.js': flaw,
      },
    })
    await runWorkflow('monorepo.yml', await pullRequest(scene), { scene, server })
    expect(scene.pull.comments().map(({ path }) => path)).toEqual(['services/payments/run.js'])
    const [check] = scene.pull.checkRuns()
    expect(check?.summary).toContain('tools/run.js')
    expect(check?.summary).toContain('services/legacy/run.js')
  })
})

describe('strict-gate.yml', () => {
  const gated = { baseFiles: { '.github/ai-review.yml': policyOf('strict-gate') } }

  test('the check is red on a severe finding, and the job is not', async () => {
    await using scene = await setScene({ ...gated, files: { 'src/run.js': flaw } })
    const { reviews } = await runWorkflow('strict-gate.yml', await pullRequest(scene), { scene, server })
    expect(reviews.map(({ exitCode }) => exitCode)).toEqual([0])
    expect(scene.pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }])
  })

  test('the job is red when no review could be made', async () => {
    await using scene = await setScene(gated)
    const { reviews } = await runWorkflow('strict-gate.yml', await pullRequest(scene), {
      scene,
      server: nowhere,
    })
    expect(reviews.map(({ exitCode }) => exitCode)).toEqual([1])
    expect(scene.pull.checkRuns()).toMatchObject([{ conclusion: 'neutral' }])
  })

  test('another title starts nothing, another base does', async () => {
    await using scene = await setScene(gated)
    const edited = await pullRequest(scene, 'edited')
    const surroundings = { scene, server }
    expect(await runWorkflow('strict-gate.yml', edited, surroundings)).toEqual({ jobs: [], reviews: [] })
    await scene.repository.commit({ 'more.txt': 'more\n' }, { branch: 'next' })
    await scene.pull.retarget('next')
    const { jobs } = await runWorkflow('strict-gate.yml', await pullRequest(scene, 'edited'), surroundings)
    expect(jobs).toHaveLength(1)
  })

  test.each(['failure', 'neutral'] as const)(
    'a merge group gets the conclusion that its pull request has, and nothing is read twice: %s',
    async (conclusion) => {
      await using scene = await setScene({ ...gated, files: { 'src/run.js': flaw } })
      if (conclusion === 'failure') {
        await runWorkflow('strict-gate.yml', await pullRequest(scene), { scene, server })
      }
      const reviews = scene.pull.reviews().length
      const sha = scene.pull.mergeCommit ?? ''
      const group = { name: 'merge_group', payload: scene.pull.mergeGroupEvent(), sha }
      const { jobs } = await runWorkflow('strict-gate.yml', group, { scene, server: nowhere })
      expect(scene.pull.checkRuns(sha)).toMatchObject([{ name: 'ai-review', conclusion }])
      expect(scene.pull.reviews()).toHaveLength(reviews)
      expect(jobs.flatMap(({ groups }) => groups)).toEqual([{ name: `ai-review-${sha}`, cancels: true }])
    },
  )

  test('the thread of a fixed finding is marked as resolved', async () => {
    await using scene = await setScene({ ...gated, files: { 'src/run.js': flaw } })
    await runWorkflow('strict-gate.yml', await pullRequest(scene), { scene, server })
    await scene.pull.push({ 'src/run.js': 'export function run(code) {\n  return code\n}\n' })
    await runWorkflow('strict-gate.yml', await pullRequest(scene, 'synchronize'), { scene, server })
    expect(scene.pull.comments()).toMatchObject([{ isResolved: true }])
    expect(scene.pull.checkRuns()).toMatchObject([{ conclusion: 'success' }])
  })
})
