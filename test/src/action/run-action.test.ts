import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { runAction } from '../../../src/action/run-action.ts'

const folder = await mkdtemp(join(tmpdir(), 'run-action-'))
afterAll(() => rm(folder, { recursive: true }))

const eventPath = join(folder, 'event.json')
const summaryFile = join(folder, 'summary')
process.env.GITHUB_OUTPUT = join(folder, 'output')
process.env.GITHUB_STEP_SUMMARY = summaryFile

const env = {
  'INPUT_SERVER-URL': 'http://gpu-box:8787/',
  'INPUT_GITHUB-TOKEN': 'ghs_token',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_EVENT_PATH: eventPath,
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_RUN_ID: '42',
  GITHUB_WORKSPACE: folder,
  RUNNER_TEMP: folder,
}
const signal = new AbortController().signal

beforeEach(async () => {
  for (const file of ['output', 'summary']) await writeFile(join(folder, file), '')
})

const opened = {
  action: 'opened',
  pull_request: {
    number: 7,
    head: { sha: 'a'.repeat(40), repo: { id: 2 } },
    base: { repo: { id: 1 } },
  },
  repository: { private: false },
}
const noRoles = () => Promise.reject(new Error('nobody is to be asked'))

test('a run that is cancelled while GitHub does not answer ends at once and says so', async () => {
  await writeFile(eventPath, JSON.stringify(opened))
  const controller = new AbortController()
  const run = runAction(env, { signal: controller.signal, liveRoles: () => new Promise(() => {}) })
  controller.abort()
  expect(await run).toBe(0)
  expect(await readFile(summaryFile, 'utf8')).toContain('The run was cancelled')
})

test.each([
  ['pull_request', { ...opened, action: 'labeled' }, 'needs no review'],
  ['issue_comment', { action: 'edited' }, 'needs no review'],
  ['issue_comment', { action: 'created', issue: { number: 7 } }, 'not on a pull request'],
  ['merge_group', { action: 'destroyed' }, 'needs no review'],
])('an event that asks for nothing (%s) costs nothing', async (name, event, sentence) => {
  await writeFile(eventPath, JSON.stringify(event))
  expect(await runAction({ ...env, GITHUB_EVENT_NAME: name }, { signal, liveRoles: noRoles })).toBe(0)
  expect(await readFile(summaryFile, 'utf8')).toContain(sentence)
})

test("a fork's event on a self-hosted runner of a public repository fails before anybody is asked", async () => {
  await writeFile(eventPath, JSON.stringify(opened))
  const selfHosted = { ...env, RUNNER_ENVIRONMENT: 'self-hosted' }
  expect(await runAction(selfHosted, { signal, liveRoles: noRoles })).toBe(1)
  const summary = await readFile(summaryFile, 'utf8')
  expect(summary).toContain('`unsafe-runner`')
  expect(summary).toContain('comment-command.yml')
})

test('a merge group whose branch names no pull request is served without one', async () => {
  const head_ref = 'refs/heads/gh-readonly-queue/main/group'
  const merge_group = { head_sha: 'c'.repeat(40), head_ref }
  await writeFile(eventPath, JSON.stringify({ action: 'checks_requested', merge_group }))
  const numbers: (number | null)[] = []
  await runAction(
    { ...env, GITHUB_EVENT_NAME: 'merge_group' },
    {
      signal,
      liveRoles: (_, { number }) => {
        numbers.push(number)
        return noRoles()
      },
    },
  )
  expect(numbers).toEqual([null])
})
