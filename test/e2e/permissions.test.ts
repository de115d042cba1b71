import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { flawedLine, review, setScene } from '../support/e2e/scene.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

test("a fork's read-only token: the findings stand in the job summary, and nothing is retried", async () => {
  await using scene = await setScene({
    fork: true,
    permissions: { contents: 'read', 'pull-requests': 'read', checks: 'read' },
  })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.pull.comments()).toEqual([])
  expect(scene.pull.checkRuns()).toEqual([])
  expect(run.summary).toContain('src/run.js')
  expect(run.summary).toContain(`line ${flawedLine}`)
  expect(run.outputs).toMatchObject({
    outcome: 'reviewed',
    'findings-posted': '0',
    'check-url': '',
    'review-url': '',
  })
  expect(Number(run.outputs['findings-total'])).toBeGreaterThan(0)
  const writes = scene.github.requests.filter(isWrite)
  expect(writes.map(({ operation, status }) => [operation, status])).toEqual([
    ['checks/create', 403],
    ['pulls/create-review', 403],
  ])
})

test('a token that may not write checks: the review is posted all the same', async () => {
  await using scene = await setScene({ permissions: { contents: 'read', 'pull-requests': 'write' } })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.pull.comments()).not.toEqual([])
  expect(scene.pull.checkRuns()).toEqual([])
  expect(run.outputs).toMatchObject({ outcome: 'reviewed', 'check-url': '' })
  expect(run.log).toContain('checks: write')
})

test('a token that may not read the pull request: one clear message, nothing written', async () => {
  await using scene = await setScene({ permissions: { contents: 'read' } })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ outcome: 'failed', conclusion: 'neutral' })
  expect(run.log).toContain('pull-requests: read')
  expect(scene.github.requests.filter(isWrite)).toEqual([])
})

test('a token that GitHub does not know: one clear message', async () => {
  await using scene = await setScene()
  const run = await review(scene, { server, token: 'ghs_000000000000000000000000000000000000' })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.outputs).toMatchObject({ outcome: 'failed' })
  expect(run.annotations).toHaveLength(1)
})

/** GraphQL is asked by POST; nothing of ours writes by it in these scenes. */
function isWrite({
  method,
  operation,
}: {
  readonly method: string
  readonly operation: string | null
}): boolean {
  return method !== 'GET' && operation !== 'graphql'
}
