import { expect, test } from 'vitest'
import { tinyModelFile } from '../../scripts/tiny-model/tiny-model-file.ts'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { liveParts } from '../support/e2e/live-parts.ts'
import { review, setScene } from '../support/e2e/scene.ts'
import { startModelServer } from '../support/model-server.ts'

test('with the embedded engine a real model reads every file, and only shown lines are flagged', {
  timeout: 180_000,
}, async () => {
  await using server = await startModelServer({
    env: {
      ENGINE: 'llama',
      MODEL: await tinyModelFile(),
      MODEL_THREADS: '1',
      MODEL_GPU: 'off',
      MODEL_CONTEXT_TOKENS: '8192',
    },
  })
  await using scene = await setScene()
  const run = await review(scene, { server, inputs: { effort: 'quick' } })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(run.outputs.outcome).toBe('reviewed')
  expect(scene.github.requests.filter(({ status }) => status === 422)).toEqual([])
  const [check] = scene.pull.checkRuns()
  expect(check?.status).toBe('completed')
  expect(check?.title).not.toContain('no model took part')
  expect(check?.summary).toMatch(/[1-9]\d* model calls?/)
  const bodies = [...scene.pull.comments(), ...scene.pull.reviews()].map(({ body }) => body)
  expect(bodies.flatMap(liveParts)).toEqual([])
})
