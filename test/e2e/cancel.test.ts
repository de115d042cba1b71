import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { flawedLine, review, setScene } from '../support/e2e/scene.ts'
import { eventsWith, startScriptedServer } from '../support/e2e/scripted-server.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

test('cancelled while the model thinks: the check says so in time, and the next run does the work', async () => {
  await using scene = await setScene()
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  await using slow = await startScriptedServer((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`${eventsWith([]).split('\n\n')[0]}\n\n`)
    resolve()
  })
  const run = await review(scene, { server: slow, cancelWhen: asked })
  await expectCleanRun(run, scene, [slow.apiKey])
  expect(run.signal).toBeNull()
  expect(scene.pull.reviews()).toEqual([])
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'neutral' }])
  expect(scene.pull.checkRuns()[0]?.title).toContain('cancelled')

  const next = await review(scene, { server, runAttempt: 2 })
  expect(next.outputs).toMatchObject({ outcome: 'reviewed', conclusion: 'success' })
  expect(scene.pull.reviews()).toHaveLength(1)
  expect(scene.pull.comments()).toContainEqual(
    expect.objectContaining({ path: 'src/run.js', line: flawedLine }),
  )
})

test('cancelled while the review is being posted: the next run says nothing twice', async () => {
  await using scene = await setScene()
  const { promise: posting, resolve } = Promise.withResolvers<void>()
  scene.github.inject({
    method: 'POST',
    path: /\/pulls\/\d+\/reviews$/,
    fault: {
      before: async () => {
        resolve()
        await new Promise((wait) => setTimeout(wait, 1000))
      },
    },
  })
  const run = await review(scene, { server, cancelWhen: posting })
  expect(run.signal).toBeNull()
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed' }])

  const next = await review(scene, { server, runAttempt: 2 })
  await expectCleanRun(next, scene, [server.apiKey])
  const atFlaw = scene.pull
    .comments()
    .filter(({ path, line }) => path === 'src/run.js' && line === flawedLine)
  expect(atFlaw).toHaveLength(1)
})
