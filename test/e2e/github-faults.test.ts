import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { flawedLine, review, setScene } from '../support/e2e/scene.ts'
import { type Fault, secondaryLimit } from '../support/github/faults.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

const reviewsPath = /\/pulls\/\d+\/reviews$/
const post = { method: 'POST', path: reviewsPath }

const unclear: Readonly<Record<string, Fault>> = {
  'stored, then 502': 'store-then-502',
  'stored, then the connection drops': 'store-then-drop',
  'the connection drops before anything is stored': 'drop',
  'a 502 without anything stored': { status: 502 },
  'a 503': { status: 503 },
}

describe.each(Object.entries(unclear))('posting the review: %s', (_, fault) => {
  test('exactly one review stands on the pull request', async () => {
    await using scene = await setScene()
    scene.github.inject({ ...post, fault })
    const run = await review(scene, { server })
    await expectCleanRun(run, scene, [server.apiKey])
    expect(run.exitCode).toBe(0)
    expect(scene.pull.reviews()).toHaveLength(1)
    const atFlaw = scene.pull
      .comments()
      .filter(({ path, line }) => path === 'src/run.js' && line === flawedLine)
    expect(atFlaw).toHaveLength(1)
    expect(scene.pull.checkRuns()).toMatchObject([{ conclusion: 'success' }])
    expect(run.outputs['review-url']).toContain(`#pullrequestreview-${scene.pull.reviews()[0]?.id}`)
  })
})

test('a refusal of one line: the rest is posted, the refused one is told in the summary', async () => {
  await using scene = await setScene()
  scene.github.inject({
    ...post,
    fault: {
      status: 422,
      body: { message: 'Unprocessable Entity', errors: ['Line could not be resolved'], status: '422' },
    },
  })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.pull.reviews()).toHaveLength(1)
  const posted = scene.pull.comments().length
  expect(run.outputs['findings-posted']).toBe(String(posted))
  expect(run.summary).toContain('src/run.js')
})

test('a new head in the middle: nothing is posted on the old one', async () => {
  await using scene = await setScene()
  const { head } = scene.pull
  const push = () => scene.repository.push(scene.pull, { 'src/late.js': 'export const late = 1\n' })
  scene.github.inject({ method: 'GET', path: /\/pulls\/\d+$/, skip: 2, fault: { before: push } })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.pull.head).not.toBe(head)
  expect(scene.pull.reviews()).toEqual([])
  expect(scene.pull.comments()).toEqual([])
  expect(scene.pull.checkRuns(head)).toMatchObject([{ status: 'completed', conclusion: 'neutral' }])
  expect(run.log).toContain('new head')
})

test('a run for a head that is gone leaves the review to the newer run', async () => {
  await using scene = await setScene()
  const event = await scene.pull.event('opened')
  await scene.repository.push(scene.pull, { 'src/late.js': 'export const late = 1\n' }, { force: true })
  const run = await review(scene, { server, event })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.outputs).toMatchObject({ outcome: 'skipped' })
  expect(scene.pull.reviews()).toEqual([])
})

test('the secondary limit: it waits as long as GitHub says, and posts once', async () => {
  await using scene = await setScene()
  scene.github.inject({ ...post, fault: secondaryLimit(2) })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(scene.pull.reviews()).toHaveLength(1)
  const posts = scene.github.requests.filter(({ operation }) => operation === 'pulls/create-review')
  expect(posts.map(({ status }) => status)).toEqual([403, 200])
})

test('a limit that outlasts the deadline: no waiting, the summary holds the findings', async () => {
  await using scene = await setScene()
  scene.github.inject({ ...post, times: 9, fault: secondaryLimit(3600) })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.pull.reviews()).toEqual([])
  expect(run.summary).toContain('src/run.js')
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'neutral' }])
})

test('GitHub stumbles while the change is read: it is asked again', async () => {
  await using scene = await setScene()
  scene.github.inject({ method: 'GET', path: /\/git\/trees\//, fault: { status: 502 } })
  scene.github.inject({ method: 'GET', path: /\/pulls\/\d+$/, skip: 1, fault: 'drop' })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(scene.pull.reviews()).toHaveLength(1)
  expect(scene.pull.checkRuns()).toMatchObject([{ conclusion: 'success' }])
})

test('a check that cannot be completed at first is completed in the end', async () => {
  await using scene = await setScene()
  scene.github.inject({ method: 'PATCH', path: /\/check-runs\/\d+$/, fault: 'store-then-502' })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'success' }])
})

test('an own pending review that another run left behind does not block', async () => {
  await using scene = await setScene()
  scene.pull.state.reviews.push({
    id: 1,
    user: { id: 41_898_282, login: 'github-actions[bot]', type: 'Bot' },
    body: '',
    state: 'PENDING',
    commit: scene.pull.head,
    submittedAt: null,
  })
  const run = await review(scene, { server })
  expect(run.exitCode).toBe(0)
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed' }])
  expect(run.summary).toContain('src/run.js')
})

test('an archived repository: nothing is written, and that is said', async () => {
  await using scene = await setScene()
  scene.repository.state.archived = true
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.pull.reviews()).toEqual([])
  expect(run.annotations.length).toBeGreaterThan(0)
})
