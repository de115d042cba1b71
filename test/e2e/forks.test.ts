import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { flawedLine, review, type Scene, setScene } from '../support/e2e/scene.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

const readOnly = { contents: 'read', 'pull-requests': 'read', checks: 'read' } as const
const hosted = { RUNNER_ENVIRONMENT: 'github-hosted' }

/** The payload as it is where everybody can see the repository. */
async function publicEvent({ pull }: Scene) {
  const event = await pull.event('opened')
  return { ...event, repository: { ...(event.repository as object), private: false } }
}

test("a fork's own event on a self-hosted runner of a public repository is refused before anybody is asked", async () => {
  await using scene = await setScene({ fork: true })
  const run = await review(scene, { server, event: await publicEvent(scene) })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ outcome: 'failed' })
  expect(run.annotations).toMatchObject([
    { level: 'error', message: expect.stringContaining('unsafe-runner') },
  ])
  expect(run.log).toContain('comment-command.yml')
  expect(scene.github.requests).toEqual([])
})

test('the same on a runner of GitHub, in a private repository, or from a branch is reviewed', async () => {
  await using ofFork = await setScene({ fork: true })
  const onHosted = await review(ofFork, { server, env: hosted, event: await publicEvent(ofFork) })
  expect(onHosted.outputs.outcome).toBe('reviewed')
  const inPrivate = await review(ofFork, { server })
  expect(inPrivate.outputs.outcome).toBe('reviewed')
  await using ofBranch = await setScene()
  const fromBranch = await review(ofBranch, { server, event: await publicEvent(ofBranch) })
  expect(fromBranch.outputs.outcome).toBe('reviewed')
})

test('a read-only token: findings stand as annotations and in the job summary, and the log shows the way', async () => {
  await using scene = await setScene({ fork: true, permissions: readOnly })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.pull.comments()).toEqual([])
  expect(run.annotations).toContainEqual(
    expect.objectContaining({
      properties: expect.objectContaining({ file: 'src/run.js', line: String(flawedLine) }),
    }),
  )
  expect(run.log.match(/comment-command\.yml/g)).toHaveLength(1)
  expect(run.summary).toContain('src/run.js')
})

test('fifty findings make eight annotations of a level, and all stand in the job summary', async () => {
  const many = Array.from({ length: 50 }, (_, index) => `export const run${index} = (code) => eval(code)\n`)
  await using scene = await setScene({
    permissions: readOnly,
    files: { 'src/many.js': many.join('') },
  })
  const run = await review(scene, { server })
  const onFiles = run.annotations.filter(({ properties }) => properties.file !== undefined)
  expect(onFiles).toHaveLength(8)
  expect(run.summary).toContain('line 50')
})

test('a fork is reviewed in full by the comment of a person who may, at the head of that moment', async () => {
  await using scene = await setScene({ fork: true })
  scene.repository.setRole('maintainer', 'write')
  const event = scene.pull.commentEvent(scene.pull.comment('maintainer', '@tech-lead-bot'))
  const head = scene.pull.head
  const run = await review(scene, { server, eventName: 'issue_comment', event: { ...event } })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.outputs).toMatchObject({ outcome: 'reviewed', conclusion: 'success' })
  expect(scene.pull.comments()).toContainEqual(
    expect.objectContaining({ path: 'src/run.js', line: flawedLine, commit: head }),
  )
})

test('a fork is not reviewed by the comment of the one who opened it', async () => {
  await using scene = await setScene({ fork: true })
  const author = scene.pull.state.author.login
  const event = scene.pull.commentEvent(scene.pull.comment(author, '@tech-lead-bot'))
  const run = await review(scene, { server, eventName: 'issue_comment', event })
  expect(run.outputs.outcome).toBe('answered')
  expect(scene.pull.comments()).toEqual([])
  expect(scene.pull.checkRuns()).toEqual([])
})
