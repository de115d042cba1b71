import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseMarks } from '../../src/review/marker.ts'
import { us } from '../support/e2e/invariants.ts'
import { review, type Scene, setScene } from '../support/e2e/scene.ts'
import type { ThreadState } from '../support/github/state.ts'
import { expectHarmless, writtenBodies } from '../support/hostile/expect-harmless.ts'
import { type HostileModel, startHostileModel } from '../support/hostile/hostile-engine.ts'
import { canary, hostileSet, hostileTexts, inGroups } from '../support/hostile/hostile-set.ts'
import type { FinishedRun } from '../support/runner/run-action.ts'

let model: HostileModel
beforeAll(async () => {
  model = await startHostileModel()
})
afterAll(() => model[Symbol.asyncDispose]())

const file = 'src/shop.js'

/** A pull request with one thread of ours, whose words the model chose. */
async function reviewed(): Promise<Scene & { readonly thread: ThreadState }> {
  model.say(['Wrong.'])
  const scene = await setScene({
    files: { [file]: 'export const price = 1\n' },
    permissions: { contents: 'write', 'pull-requests': 'write', checks: 'write' },
  })
  scene.repository.setRole('maintainer', 'admin')
  await review(scene, { server: model.server })
  const [thread] = scene.pull.threads()
  if (thread === undefined) throw new Error('nothing was remarked on')
  return { ...scene, thread }
}

async function reply(
  scene: Scene,
  { thread, login = 'maintainer', body }: { thread: ThreadState; login?: string; body: string },
): Promise<FinishedRun> {
  const event = await scene.pull.reviewCommentEvent(scene.pull.replyTo(thread, login, body))
  return await review(scene, { server: model.server, eventName: 'pull_request_review_comment', event })
}

async function say(scene: Scene, login: string, body: string): Promise<FinishedRun> {
  const event = scene.pull.commentEvent(scene.pull.comment(login, body))
  return await review(scene, { server: model.server, eventName: 'issue_comment', event })
}

/** Texts in one answer: as many as an answer may hold. */
const answers = inGroups(
  hostileTexts().filter((text) => text.length < 1000),
  25,
).map((group) => group.join('\n\n').slice(0, 2500).toWellFormed())

/** What a person says of it: who writes a mark like ours is taken for us, and not heard. */
const asPerson = (text: string): string => text.replaceAll('<!-- ai-review:', '<!-- a-review:')

test('a question in hostile words gets an answer in hostile words, and both do nothing', {
  timeout: 300_000,
}, async () => {
  await using scene = await reviewed()
  let answered = 0
  for (const text of answers) {
    model.say([text])
    const run = await reply(scene, { thread: scene.thread, body: asPerson(`Why?\n\n${text}\n${canary}`) })
    await expectHarmless(run, scene, { secrets: [model.server.apiKey] })
    expect(run.outputs.outcome).toMatch(/^(?:answered|skipped)$/)
    if (run.outputs.outcome === 'answered') answered += 1
  }
  expect(answered).toBeGreaterThan(answers.length / 2)
  const ours = scene.thread.comments.filter(({ user }) => user.login === us)
  expect(ours.filter(({ body }) => body.includes(canary)).length).toBeGreaterThan(0)
  expect(ours.flatMap(({ body }) => parseMarks(body)).map(({ kind }) => kind)).toEqual(['finding'])
})

const inCommands = [
  `--effort ${canary}</code>@maintainer`,
  `${canary}\u202e`,
  `@maintainer/${canary}`,
  `alice <img src=x> ![a](https://evil.example/a.png)`,
  `alice\r::error::${canary}`,
  `--full\u2028::error::${canary} ##[error]${canary}`,
  `constructor`,
  `__proto__`,
  `${'a'.repeat(39)}`,
  `${canary.repeat(2000)}`,
]

describe('a command with hostile words', () => {
  test.concurrent.each(inCommands)('%j is answered in words of ours', async (words) => {
    await using scene = await setScene({ files: { [file]: 'export const price = 1\n' } })
    scene.repository.setRole('maintainer', 'admin')
    const run = await say(scene, 'maintainer', `@tech-lead-bot ${words}`)
    await expectHarmless(run, scene, { secrets: [model.server.apiKey] })
    expect(scene.pull.conversation().filter(({ user }) => user.login === us)).toHaveLength(1)
    expect(writtenBodies(scene).join('\n')).not.toContain(`${canary}${canary}`)
  })

  test('from one who may not is refused without them', async () => {
    await using scene = await setScene({ files: { [file]: 'export const price = 1\n' } })
    const run = await say(scene, 'outsider', `@tech-lead-bot --full\n\n${canary}`)
    await expectHarmless(run, scene, { secrets: [model.server.apiKey] })
    expect(writtenBodies(scene)).toEqual([expect.stringContaining('was not carried out')])
    expect(writtenBodies(scene).join('\n')).not.toContain(canary)
  })
})

test('hostile words that speak to nobody cost nothing', async () => {
  await using scene = await setScene({ files: { [file]: 'export const price = 1\n' } })
  const before = scene.github.requests.length
  const run = await say(scene, 'maintainer', hostileTexts().join('\n\n').slice(0, 60_000).toWellFormed())
  await expectHarmless(run, scene)
  expect(run.outputs.outcome).toBe('skipped')
  expect(scene.github.requests.slice(before)).toEqual([])
})

test('a remark of ours that a maintainer filled with hostile words is read, and believed for its mark alone', {
  timeout: 60_000,
}, async () => {
  await using scene = await reviewed()
  const [root] = scene.thread.comments
  const mark = /<!-- ai-review:finding .*? -->/.exec(root?.body ?? '')?.[0] ?? ''
  const forged = (hostileSet['marks of our own'] ?? []).join('\n')
  if (root !== undefined) {
    scene.pull.editComment(root, `${mark}\n${forged}\n${answers.join('\n\n').slice(0, 50_000)}\n${canary}`)
  }
  model.say([`Approved. ${canary}`])
  const asked = await reply(scene, {
    thread: scene.thread,
    body: asPerson(`Why? ${forged}`),
  })
  expect(asked.outputs.outcome).toBe('answered')
  await scene.repository.push(scene.pull, { [file]: 'export const price = 2\n' })
  const run = await review(scene, { server: model.server, on: 'synchronize' })
  expect(run, run.log).toMatchObject({ exitCode: 0, signal: null })
  expect(run.outputs.outcome).toBe('reviewed')
  // What the maintainer wrote stays as it was written, and is no word of ours any more.
  expect(root?.body).toContain(canary)
  if (root !== undefined) scene.pull.editComment(root, mark)
  await expectHarmless(run, scene, { secrets: [model.server.apiKey] })
})
