import { expect, test } from 'vitest'
import { review, setScene } from '../support/e2e/scene.ts'
import { startModelServer, withoutDatabase } from '../support/model-server.ts'

const minute = 60_000

// The shortest deadline there is: the test takes as long.
test('while GitHub leaves the review unanswered, the check still tells everything in time', async () => {
  await using server = await startModelServer(withoutDatabase)
  await using scene = await setScene()
  const never = { before: () => new Promise(() => {}) }
  scene.github.inject({ method: 'POST', path: /\/reviews$/, times: 9, fault: never })
  const started = Date.now()
  const run = await review(scene, { server, inputs: { 'deadline-minutes': '1' } })
  expect(run.outputs).toMatchObject({ outcome: 'failed', 'findings-posted': '0' })
  expect(run.log).toContain('(deadline)')
  expect(scene.pull.reviews()).toEqual([])
  const [check] = scene.pull.checkRuns()
  expect(check).toMatchObject({ status: 'completed', conclusion: 'neutral' })
  expect(check?.summary).toContain('Code built from a value is executed')
  expect(run.summary).toContain('Code built from a value is executed')
  const late = scene.github.requests.filter(({ method, at }) => method !== 'GET' && at > started + minute)
  expect(late).toEqual([])
}, 120_000)
