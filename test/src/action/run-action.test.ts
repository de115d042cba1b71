import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runAction } from '../../../src/action/run-action.ts'

const folder = await mkdtemp(join(tmpdir(), 'run-action-'))
afterAll(() => rm(folder, { recursive: true }))

const eventPath = join(folder, 'event.json')
const summaryFile = join(folder, 'summary')
process.env.GITHUB_OUTPUT = join(folder, 'output')
process.env.GITHUB_STEP_SUMMARY = summaryFile

const event = { action: 'opened', pull_request: { number: 7, head: { sha: 'a'.repeat(40) } } }
const env = {
  'INPUT_SERVER-URL': 'http://gpu-box:8787/',
  'INPUT_GITHUB-TOKEN': 'ghs_token',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_EVENT_PATH: eventPath,
  GITHUB_REPOSITORY: 'acme/parcels',
  GITHUB_RUN_ID: '42',
  GITHUB_WORKSPACE: folder,
  RUNNER_TEMP: folder,
}

test('a run that is cancelled while GitHub does not answer ends at once and says so', async () => {
  await writeFile(eventPath, JSON.stringify(event))
  for (const file of ['output', 'summary']) await writeFile(join(folder, file), '')
  const controller = new AbortController()
  const run = runAction(env, { signal: controller.signal, liveRoles: () => new Promise(() => {}) })
  controller.abort()
  expect(await run).toBe(0)
  expect(await readFile(summaryFile, 'utf8')).toContain('The run was cancelled')
})
