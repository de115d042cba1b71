import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseMarks } from '../../src/review/marker.ts'
import { flaw } from '../support/e2e/flaw-engine.ts'
import { code, Life, type Stage, startStage } from '../support/e2e/life.ts'
import { liveParts } from '../support/e2e/live-parts.ts'
import { startModelServer, withoutDatabase } from '../support/model-server.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const file = 'src/shop.ts'
const bug = `export const stock = count // ${flaw('high', 'bug')}`

/** A pull request with one flaw, reviewed; its thread waits for what people say. */
async function reviewed(options: Parameters<typeof Life.start>[1] = {}): Promise<Life> {
  const life = await Life.start(stage, {
    baseFiles: { [file]: code() },
    files: { [file]: code({ 5: bug }) },
    ...options,
  })
  await life.open()
  return life
}

const thread = (life: Life) => life.threadAt(file, 5)
const last = (life: Life) => thread(life).comments.at(-1)?.body ?? ''
const shape = (life: Life) =>
  thread(life).comments.map(({ user }) => (user.type === 'Bot' ? 'us' : user.login))

describe('a question in a thread of ours', () => {
  test('is answered there by the model, inert, with the name of the model', async () => {
    await using life = await reviewed()
    const run = await life.reply(thread(life), 'contributor', 'Why is that wrong?')
    expect(run.outputs).toMatchObject({ outcome: 'answered', conclusion: 'skipped' })
    expect(shape(life)).toEqual(['us', 'contributor', 'us'])
    expect(last(life)).toContain('Written by `scripted`')
    expect(liveParts(last(life))).toEqual([])
    expect(thread(life).comments[1]?.reactions.map(({ content }) => content)).toEqual(['eyes'])
  })

  test('is answered once, however often the event is run', async () => {
    await using life = await reviewed()
    const event = await life.pull.reviewCommentEvent(
      life.pull.replyTo(thread(life), 'contributor', 'Why is that wrong?'),
    )
    for (const runAttempt of [1, 2]) {
      await life.run({ eventName: 'pull_request_review_comment', event, runAttempt })
    }
    expect(shape(life)).toEqual(['us', 'contributor', 'us'])
  })

  test('is answered to the one who opened the pull request, whatever the role', async () => {
    await using life = await reviewed({ author: 'outsider' })
    await life.reply(thread(life), 'outsider', 'Why is that wrong?')
    expect(shape(life)).toEqual(['us', 'outsider', 'us'])
  })

  test('is not answered to others, and nothing is said', async () => {
    await using life = await reviewed()
    const run = await life.reply(thread(life), 'outsider', 'Why is that wrong?')
    expect(run.outputs.outcome).toBe('skipped')
    expect(shape(life)).toEqual(['us', 'outsider'])
    expect(thread(life).comments[1]?.reactions).toEqual([])
  })

  test('between people is theirs, until they call the reviewer', async () => {
    await using life = await reviewed()
    life.pull.replyTo(thread(life), 'maintainer', 'Have a look, please.')
    await life.reply(thread(life), 'contributor', 'Should I change it?')
    expect(shape(life)).toEqual(['us', 'maintainer', 'contributor'])
    await life.reply(thread(life), 'maintainer', 'What does @tech-lead-bot think?')
    expect(shape(life)).toEqual(['us', 'maintainer', 'contributor', 'maintainer', 'us'])
  })

  test('on a closed pull request is left alone', async () => {
    await using life = await reviewed()
    life.pull.close()
    const run = await life.reply(thread(life), 'contributor', 'Why is that wrong?')
    expect(run.outputs.outcome).toBe('skipped')
    expect(shape(life)).toEqual(['us', 'contributor'])
  })

  test('without a model is answered honestly, once in a thread', async () => {
    await using server = await startModelServer(withoutDatabase)
    await using life = await Life.start(stage, {
      baseFiles: { 'src/run.js': 'export {}\n' },
      files: { 'src/run.js': 'export const run = (code) => eval(code)\n' },
    })
    life.server = server
    await life.open()
    const rule = life.threadAt('src/run.js', 1)
    await life.reply(rule, 'contributor', 'Why is that wrong?')
    await life.reply(rule, 'contributor', 'And what instead?')
    const ours = rule.comments.slice(1).filter(({ user }) => user.type === 'Bot')
    expect(ours.map(({ body }) => body)).toEqual([expect.stringContaining('No model is configured')])
  })

  test('in a thread of somebody else is left alone', async () => {
    await using life = await reviewed()
    const foreign = await life.pull.addReviewComment(
      'maintainer',
      { path: file, side: 'RIGHT', line: 6 },
      'Please rename.',
    )
    const run = await life.reply(foreign, 'contributor', 'To what? @tech-lead-bot')
    expect(run.outputs.outcome).toBe('skipped')
    expect(foreign.comments).toHaveLength(2)
  })
})

describe('words of declining', () => {
  test('of a person who may: the finding is declined under a seal, its thread resolved, and never raised again', async () => {
    await using life = await reviewed()
    const run = await life.reply(thread(life), 'maintainer', "Won't fix: the caller checks it.")
    expect(run.outputs.outcome).toBe('answered')
    expect(parseMarks(last(life)).map(({ kind }) => kind)).toEqual(['declined'])
    expect(await life.threads()).toEqual([`${file}:5 resolved by us: us, maintainer, us`])
    await life.say('maintainer', '@tech-lead-bot --full')
    expect(await life.threads()).toEqual([`${file}:5 resolved by us: us, maintainer, us`])
  })

  test('of a person who may not decline nothing', async () => {
    await using life = await reviewed()
    await life.reply(thread(life), 'outsider', 'False positive.')
    expect(await life.threads()).toEqual([`${file}:5 open: us, outsider`])
  })

  test('of the one who opened the pull request, without the role, are answered and decline nothing', async () => {
    await using life = await reviewed({ author: 'outsider' })
    await life.reply(thread(life), 'outsider', 'False positive.')
    expect(await life.threads()).toEqual([`${file}:5 open: us, outsider, us`])
    expect(parseMarks(last(life))).toEqual([])
  })

  test('in a question are a question', async () => {
    await using life = await reviewed()
    await life.reply(thread(life), 'maintainer', 'Is this a false positive?')
    expect(await life.threads()).toEqual([`${file}:5 open: us, maintainer, us`])
  })

  test('where the token may not resolve threads decline all the same', async () => {
    await using life = await reviewed({
      permissions: { contents: 'read', 'pull-requests': 'write', checks: 'write' },
    })
    await life.reply(thread(life), 'maintainer', 'By design.')
    expect(await life.threads()).toEqual([`${file}:5 open: us, maintainer, us`])
    expect(parseMarks(last(life)).map(({ kind }) => kind)).toEqual(['declined'])
  })
})

test('a model server that is not there: a reaction, one warning, no word in the thread', async () => {
  await using life = await reviewed()
  const event = await life.pull.reviewCommentEvent(
    life.pull.replyTo(thread(life), 'contributor', 'Why is that wrong?'),
  )
  const run = await life.run({
    eventName: 'pull_request_review_comment',
    event,
    inputs: { 'server-url': 'http://127.0.0.1:9', 'deadline-minutes': '1' },
  })
  expect(run.outputs).toMatchObject({ outcome: 'failed', conclusion: 'neutral' })
  expect(shape(life)).toEqual(['us', 'contributor'])
  expect(thread(life).comments[1]?.reactions.map(({ content }) => content)).toEqual(['eyes', 'confused'])
})
