import { PersonaStatus } from '@ai-review/protocol/persona'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../../support/e2e/expect-clean-run.ts'
import { review, type Scene, setScene } from '../../support/e2e/scene.ts'
import type { JsonObject } from '../../support/github/json.ts'
import { type ModelServerProcess, startModelServer } from '../../support/model-server.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer({ env: { LOG_LEVEL: 'trace' } })
}, 90_000)
afterAll(() => server[Symbol.asyncDispose]())

const policyPath = '.github/ai-review.yml'
const listing = 'personas:\n  - login: maintainer\n'
const listed = { baseFiles: { [policyPath]: listing } }

const give = async (scene: Scene, event: JsonObject) => {
  const run = await review(scene, { eventName: 'issue_comment', event, server })
  expect(run.exitCode).toBe(0)
  await expectCleanRun(run, scene, [server.apiKey])
}
const eventOf = ({ pull }: Scene, login: string, body: string) => pull.commentEvent(pull.comment(login, body))
const say = (scene: Scene, login: string, body: string) => give(scene, eventOf(scene, login, body))

/** Of the scene's own repository; each scene has one of another number. */
async function statusOf({ repository }: Scene, login = 'maintainer'): Promise<PersonaStatus> {
  const { owner, name } = repository.state
  const answer = await fetch(`${server.url}/v1/personas/${owner}/${name}/${login}`, {
    headers: { authorization: `Bearer ${server.apiKey}` },
  })
  return PersonaStatus.parse(await answer.json())
}
const answers = ({ pull }: Scene): string[] =>
  pull
    .conversation()
    .filter(({ user }) => user.type === 'Bot')
    .map(({ body }) => body)

test('a pull request that lists a person in its own policy lists nobody', { timeout: 90_000 }, async () => {
  await using scene = await setScene({ files: { [policyPath]: listing, 'src/a.js': 'eval(1)\n' } })
  scene.repository.setRole('contributor', 'write')
  await say(scene, 'maintainer', '@tech-lead-bot --opt-in')
  await say(scene, 'contributor', '@tech-lead-bot maintainer')
  expect(answers(scene)).toEqual(Array(2).fill(expect.stringContaining('lists no persona')))
  expect(await statusOf(scene)).toMatchObject({ state: 'none', consent: null })
})

test('nobody agrees for another: a colleague, a bot, a bot that says so in its name', {
  timeout: 120_000,
}, async () => {
  await using scene = await setScene(listed)
  for (const login of ['contributor', 'maintainer']) scene.repository.setRole(login, 'admin')
  await say(scene, 'contributor', '@tech-lead-bot --opt-in')
  const event = eventOf(scene, 'maintainer', '@tech-lead-bot --opt-in')
  const { comment, sender } = event as { comment: { user: JsonObject }; sender: JsonObject }
  await give(scene, { ...event, comment: { ...comment, user: { ...comment.user, type: 'Bot' } }, sender })
  await say(scene, 'maintainer[bot]', '@tech-lead-bot --opt-in')
  expect(await statusOf(scene)).toMatchObject({ state: 'none', consent: null })
  await say(scene, 'contributor', '@tech-lead-bot maintainer')
  expect(answers(scene).at(-1)).toContain('have not agreed')
  expect(scene.pull.reviews()).toEqual([])
})

test('a consent that was taken back is not revived by running its event again', {
  timeout: 150_000,
}, async () => {
  await using scene = await setScene(listed)
  scene.repository.setRole('contributor', 'write')
  const event = eventOf(scene, 'maintainer', '@tech-lead-bot --opt-in')
  await give(scene, event)
  expect(await statusOf(scene)).toMatchObject({ state: 'collecting' })
  await say(scene, 'contributor', '@tech-lead-bot maintainer --forget')
  expect(await statusOf(scene), 'others may not forget it').toMatchObject({ state: 'collecting' })
  await say(scene, 'maintainer', '@tech-lead-bot --forget')
  expect(await statusOf(scene)).toMatchObject({ state: 'withdrawn' })
  const run = await review(scene, { eventName: 'issue_comment', event, server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(await statusOf(scene)).toMatchObject({ state: 'withdrawn', consent: null })
  await say(scene, 'contributor', '@tech-lead-bot maintainer')
  expect(answers(scene).at(-1)).toContain('have not agreed, or took it back')
})

test('a login is the same however it is written, and whoever only reads commands nothing', {
  timeout: 120_000,
}, async () => {
  await using scene = await setScene({ baseFiles: { [policyPath]: 'personas:\n  - login: MainTainer\n' } })
  scene.repository.setRole('outsider', 'read')
  scene.repository.setRole('contributor', 'write')
  await say(scene, 'maintainer', '@tech-lead-bot --opt-in')
  expect(await statusOf(scene, 'MAINTAINER')).toMatchObject({ state: 'collecting' })
  const before = answers(scene).length
  await say(scene, 'outsider', '@tech-lead-bot maintainer')
  expect(answers(scene).slice(before).join()).not.toMatch(/runs no model|in the style/i)
  await say(scene, 'contributor', '@tech-lead-bot mAINTAINER')
  expect(answers(scene).at(-1)).toContain('runs no model')
})

test('a name that is a path, an address or code names nobody, and is shown as code', {
  timeout: 240_000,
}, async () => {
  await using scene = await setScene(listed)
  scene.repository.setRole('contributor', 'write')
  const names = [
    '../maintainer',
    'maintainer/../../x',
    'maintainer%2f..',
    'maintainer?x=1',
    '--forget=maintainer',
  ]
  for (const name of names) await say(scene, 'contributor', `@tech-lead-bot ${name}`)
  expect(scene.pull.reviews()).toEqual([])
  expect(answers(scene).filter((body) => /agreed|usable|gone/.test(body))).toEqual([])
})

test('the log of the server at its most talkative names nobody', () => {
  expect(server.printed()).toContain('"level":')
  expect(server.printed()).not.toMatch(/maintainer|contributor|outsider|\/cards\/[0-9a-f]/i)
})
