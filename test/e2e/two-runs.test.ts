import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { flawedLine, review, setScene } from '../support/e2e/scene.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

test('a push during the review: the newer run reviews, the older posts nothing on its head', async () => {
  await using scene = await setScene()
  const { head: oldHead } = scene.pull
  const { promise: begun, resolve } = Promise.withResolvers<void>()
  scene.github.inject({
    method: 'POST',
    path: /\/graphql$/,
    fault: {
      before: async () => {
        await scene.repository.push(scene.pull, {
          'src/late.js': 'export const late = (text) => eval(text)\n',
        })
        resolve()
      },
    },
  })
  const older = review(scene, { server, runId: 1 })
  await begun
  const newer = await review(scene, { server, runId: 2, on: 'synchronize' })
  await expectCleanRun(await older, scene, [server.apiKey])
  await expectCleanRun(newer, scene, [server.apiKey])
  expect(scene.pull.reviews().map(({ commit }) => commit)).toEqual([scene.pull.head])
  expect(scene.pull.checkRuns(oldHead)).toMatchObject([{ status: 'completed', conclusion: 'neutral' }])
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'success' }])
})

test('a server without its database knows what was said: the state of record is on GitHub', async () => {
  await using scene = await setScene()
  const sealKey = 'a seal key that is the same on every replica'
  {
    await using first = await startModelServer({ env: { SEAL_KEY: sealKey } })
    await review(scene, { server: first })
  }
  const said = scene.pull.comments().length
  expect(said).toBeGreaterThan(0)
  await using second = await startModelServer({ env: { SEAL_KEY: sealKey } })
  const run = await review(scene, { server: second, runAttempt: 2 })
  await expectCleanRun(run, scene, [second.apiKey])
  expect(scene.pull.comments()).toHaveLength(said)
})

test('a mark that somebody else wrote silences nothing', async () => {
  await using scene = await setScene()
  await review(scene, { server })
  const [ours] = scene.pull.comments()
  const forged = (ours?.body ?? '').replace(/seal=[0-9a-f]{64}/, `seal=${'0'.repeat(64)}`)
  await using other = await setScene()
  const copied = forged.replace(/head=[0-9a-f]{40}/, `head=${other.pull.head}`)
  await other.pull.addReviewComment(
    'outsider',
    { path: 'src/run.js', side: 'RIGHT', line: flawedLine },
    copied,
  )
  await review(other, { server })
  const atFlaw = other.pull
    .comments()
    .filter(({ path, line, login }) => path === 'src/run.js' && line === flawedLine && login !== 'outsider')
  expect(atFlaw).toHaveLength(1)
})
