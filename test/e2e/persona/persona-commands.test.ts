import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../../support/e2e/expect-clean-run.ts'
import { review, type Scene, setScene } from '../../support/e2e/scene.ts'
import { type ModelServerProcess, startModelServer } from '../../support/model-server.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer()
}, 90_000)
afterAll(() => server[Symbol.asyncDispose]())

const listing = { '.github/ai-review.yml': 'personas:\n  - login: maintainer\n' }

async function say(scene: Scene, login: string, body: string) {
  const event = scene.pull.commentEvent(scene.pull.comment(login, body))
  const run = await review(scene, { eventName: 'issue_comment', event, server })
  expect(run.exitCode).toBe(0)
  await expectCleanRun(run, scene, [server.apiKey])
}

const answers = ({ pull }: Scene): string[] =>
  pull
    .conversation()
    .filter(({ user }) => user.type === 'Bot')
    .map(({ body }) => body)

test('a person is listed, agrees, has no model to speak by, and is forgotten', {
  timeout: 180_000,
}, async () => {
  await using scene = await setScene({ baseFiles: listing })
  for (const login of ['maintainer', 'contributor']) scene.repository.setRole(login, 'write')
  await say(scene, 'contributor', '@tech-lead-bot maintainer')
  await say(scene, 'maintainer', '@tech-lead-bot --opt-in')
  await say(scene, 'contributor', '@tech-lead-bot maintainer')
  await say(scene, 'maintainer', '@tech-lead-bot --forget')
  expect(answers(scene)).toEqual([
    expect.stringContaining('have not agreed'),
    expect.stringMatching(
      /agreed that reviews[\s\S]*\[card\]\(http:\/\/127\.0\.0\.1:\d+\/cards\/[0-9a-f]{32}\)/,
    ),
    expect.stringContaining('The model server runs no model'),
    expect.stringContaining('Nothing learnt from `maintainer` is kept'),
  ])
  expect(scene.pull.reviews()).toEqual([])
})
