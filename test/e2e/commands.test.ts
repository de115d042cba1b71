import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flaw } from '../support/e2e/flaw-engine.ts'
import { code, Life, type Stage, startStage } from '../support/e2e/life.ts'
import { liveParts } from '../support/e2e/live-parts.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const file = 'src/shop.ts'
const bug = `export const stock = count // ${flaw('high', 'bug')}`

const start = (options: Parameters<typeof Life.start>[1] = {}) =>
  Life.start(stage, { baseFiles: { [file]: code() }, files: { [file]: code({ 5: bug }) }, ...options })

/** What the reviewer said in the conversation, its hidden marks left out. */
const answers = ({ pull }: Life): string[] =>
  pull
    .conversation()
    .filter(({ user }) => user.type === 'Bot')
    .map(({ body }) => body.replace(/<!--.*?-->/g, '').trim())

const reactions = ({ pull }: Life, login: string): string[] =>
  pull
    .conversation()
    .filter(({ user }) => user.login === login)
    .flatMap((comment) => comment.reactions.map(({ content }) => content))

describe('a command of a person who may give it', () => {
  test('reviews the change, and says so by reactions alone', async () => {
    await using life = await start()
    const run = await life.say('contributor', '@tech-lead-bot')
    expect(run.outputs).toMatchObject({ outcome: 'reviewed', conclusion: 'success' })
    expect(await life.threads()).toEqual([`${file}:5 open: us`])
    expect(reactions(life, 'contributor')).toEqual(['eyes', '+1'])
    expect(answers(life)).toEqual([])
  })

  test('reviews a draft: it was asked for', async () => {
    await using life = await start({ draft: true })
    await life.say('contributor', '@tech-lead-bot')
    expect(await life.threads()).toEqual([`${file}:5 open: us`])
  })

  test('says that nothing changed where nothing is left to read', async () => {
    await using life = await start()
    await life.open()
    await life.say('contributor', '@tech-lead-bot')
    expect(life.asked.calls).toBe(0)
    expect(answers(life)).toEqual([expect.stringContaining('Nothing changed since the last review')])
    expect(life.reviews()).toBe(1)
  })

  test('with --full reads everything again and says nothing twice', async () => {
    await using life = await start()
    await life.open()
    await life.say('contributor', 'Once more, please.\n\n@tech-lead-bot --full')
    expect(life.asked.calls).toBeGreaterThan(0)
    expect(await life.threads()).toEqual([`${file}:5 open: us`])
    expect(reactions(life, 'contributor')).toEqual(['eyes', '+1'])
  })

  test('with an effort reads everything with that effort', async () => {
    await using life = await start()
    await life.open()
    await life.say('maintainer', '@tech-lead-bot --effort=quick')
    expect(life.asked.calls).toBeGreaterThan(0)
    expect(life.check()?.summary).toContain('quick')
  })

  test('is obeyed as it was said: an edit and a newer comment change nothing', async () => {
    await using life = await start()
    const comment = life.pull.comment('contributor', '@tech-lead-bot --help')
    const event = life.pull.commentEvent(comment)
    life.pull.editComment(comment, '@tech-lead-bot --full')
    const run = await life.run({ eventName: 'issue_comment', event })
    expect(run.outputs.outcome).toBe('answered')
    expect(life.asked.calls).toBe(0)
    expect(answers(life)).toEqual([expect.stringContaining('These are the commands')])
  })

  test('is answered once, however often the event is run', async () => {
    await using life = await start()
    const event = life.pull.commentEvent(life.pull.comment('contributor', '@tech-lead-bot alice'))
    for (const runAttempt of [1, 2, 3]) await life.run({ eventName: 'issue_comment', event, runAttempt })
    expect(answers(life)).toHaveLength(1)
    expect(answers(life)[0]).toContain('lists no persona `alice`')
    expect(reactions(life, 'contributor')).toEqual(['eyes', 'confused'])
  })

  test('on a closed pull request is answered, and nothing is reviewed', async () => {
    await using life = await start()
    life.pull.close()
    await life.say('contributor', '@tech-lead-bot')
    expect(answers(life)).toEqual([expect.stringContaining('closed')])
    expect(life.asked.calls).toBe(0)
  })

  test('that is not understood is answered with the reason', async () => {
    await using life = await start()
    await life.say('contributor', '@tech-lead-bot --effort heroic')
    expect(answers(life)).toEqual([expect.stringContaining('`quick`, `standard` and `deep`')])
    expect(reactions(life, 'contributor')).toEqual(['eyes', 'confused'])
  })

  test('whose review fails is answered with the code and the way out', async () => {
    await using life = await start()
    await life.say('contributor', '@tech-lead-bot', {
      inputs: { 'server-url': 'http://127.0.0.1:9', 'deadline-minutes': '1' },
    })
    expect(answers(life)).toEqual([expect.stringContaining('`server-unreachable`')])
    expect(reactions(life, 'contributor')).toEqual(['eyes', 'confused'])
  })

  test('is called by another name where the workflow says so', async () => {
    await using life = await start()
    const named = { inputs: { 'mention-name': 'shop-reviewer' } }
    const other = await life.say('contributor', '@tech-lead-bot', named)
    expect(other.outputs.outcome).toBe('skipped')
    await life.say('contributor', '@Shop-Reviewer', named)
    expect(await life.threads()).toEqual([`${file}:5 open: us`])
  })
})

describe('who may not', () => {
  test('is refused once, politely, and the model is not asked', async () => {
    await using life = await start()
    await life.say('outsider', '@tech-lead-bot')
    await life.say('outsider', '@tech-lead-bot --full')
    expect(answers(life)).toEqual([expect.stringMatching(/`write` or above/)])
    expect(reactions(life, 'outsider')).toEqual(['confused', 'confused'])
    expect(life.asked.calls).toBe(0)
    expect(await life.threads()).toEqual([])
    expect(life.pull.checkRuns()).toEqual([])
  })

  test('may where the policy of the base allows the role', async () => {
    await using life = await start({ policy: 'commands:\n  allow: read\n' })
    life.repository.setRole('outsider', 'read')
    await life.say('outsider', '@tech-lead-bot')
    expect(await life.threads()).toEqual([`${file}:5 open: us`])
  })

  test('gets no further by a policy in the pull request itself', async () => {
    await using life = await start({
      files: { [file]: code({ 5: bug }), '.github/ai-review.yml': 'commands:\n  allow: read\n' },
    })
    life.repository.setRole('outsider', 'read')
    await life.say('outsider', '@tech-lead-bot')
    expect(answers(life)).toEqual([expect.stringContaining('was not carried out')])
  })
})

describe('nothing is asked of GitHub', () => {
  test.each([
    ['a quote', '> @tech-lead-bot --full'],
    ['code', '```\n@tech-lead-bot --full\n```'],
    ['an HTML comment', '<!--\n@tech-lead-bot --full\n-->'],
    ['another name', '@tech-lead-bot-2 --full'],
    ['talk', 'Ask @tech-lead-bot for a review.'],
  ])('by a comment that holds the mention in %s', async (_, body) => {
    await using life = await start()
    const run = await life.say('maintainer', body)
    expect(run.outputs).toMatchObject({ outcome: 'skipped', conclusion: 'skipped' })
    expect(life.github.requests).toEqual([])
  })

  test('by what a bot says', async () => {
    await using life = await start()
    await life.say('renovate[bot]', '@tech-lead-bot --full')
    await life.say('github-actions[bot]', '@tech-lead-bot --full')
    expect(life.github.requests).toEqual([])
  })
})

test('without the right to react and reply the review happens all the same, and the log names the right', async () => {
  await using life = await start()
  for (const path of [/\/reactions$/, /\/issues\/\d+\/comments$/]) {
    const body = { message: 'Resource not accessible by integration' }
    life.github.inject({ method: 'POST', path, fault: { status: 403, body }, times: 20 })
  }
  const run = await life.say('contributor', '@tech-lead-bot')
  expect(await life.threads()).toEqual([`${file}:5 open: us`])
  expect(run.log).toContain('pull-requests: write')
})

test('whatever a command holds, nothing in the answer acts', async () => {
  await using life = await start()
  for (const text of [
    '@tech-lead-bot @maintainer',
    '@tech-lead-bot --x</code>@maintainer',
    '@tech-lead-bot a b #1',
  ]) {
    const run = await life.say('contributor', text)
    expect(run.commands.filter(({ name }) => !['add-mask', 'warning'].includes(name))).toEqual([])
  }
  expect(answers(life)).toHaveLength(3)
  for (const { body, user } of life.pull.conversation())
    if (user.type === 'Bot') expect(liveParts(body)).toEqual([])
})
