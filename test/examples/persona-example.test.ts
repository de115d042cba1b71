import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { type Scene, setScene } from '../support/e2e/scene.ts'
import { type ModelServerProcess, startModelServer } from '../support/model-server.ts'
import { type OpenAiServer, startOpenAiServer } from '../support/openai-engine.ts'
import { runWorkflow } from '../support/workflow/run-workflow.ts'

const policy = readFileSync(join(import.meta.dirname, '../../examples/policies/persona.yml'), 'utf8')

let engine: OpenAiServer
let server: ModelServerProcess
beforeAll(async () => {
  engine = await startOpenAiServer({ script: () => ({ kind: 'answer', text: '{"findings":[]}' }) })
  server = await startModelServer({ env: { OPENAI_BASE_URL: `${engine.url}/v1`, OPENAI_MODEL: 'scripted' } })
}, 90_000)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await engine[Symbol.asyncDispose]()
})

async function say(scene: Scene, login: string, body: string) {
  const payload = scene.pull.commentEvent(scene.pull.comment(login, body))
  const event = { name: 'issue_comment', payload, sha: scene.pull.base }
  const run = await runWorkflow('persona.yml', event, { scene, server })
  for (const one of run.reviews) await expectCleanRun(one, scene, [server.apiKey])
  return run
}

test('persona.yml with its policy lets a person agree, reads what they said, and forgets them', {
  timeout: 180_000,
}, async () => {
  await using scene = await setScene({ baseFiles: { '.github/ai-review.yml': policy } })
  for (const login of ['maintainer', 'contributor']) scene.repository.setRole(login, 'write')
  const runs = [
    await say(scene, 'maintainer', '@tech-lead-bot --opt-in'),
    await say(scene, 'contributor', '@tech-lead-bot maintainer'),
    await say(scene, 'maintainer', '@tech-lead-bot --forget'),
  ]
  expect(runs.map(({ reviews }) => reviews.map(({ exitCode }) => exitCode))).toEqual([[0], [0], [0]])
  const answers = scene.pull.conversation().filter(({ user }) => user.type === 'Bot')
  expect(answers.map(({ body }) => body)).toEqual([
    expect.stringContaining('The maintainer agreed'),
    expect.stringContaining('The maintainer has 0 usable review comments'),
    expect.stringContaining('Nothing learnt from'),
  ])
  const chat = await say(scene, 'contributor', 'Looks good to me.')
  expect(chat).toEqual({ jobs: [], reviews: [] })
})
