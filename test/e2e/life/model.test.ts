import { expect, test } from 'vitest'
import { flaw } from '../../support/e2e/flaw-engine.ts'
import { code, Life, startServerFor } from '../../support/e2e/life.ts'
import { both, bothOpen, bug, file, leak, setStage, startShop } from '../../support/e2e/shop-life.ts'

const stage = setStage()

async function opened(policy?: string): Promise<Life> {
  const life = await startShop(stage, policy === undefined ? {} : { policy })
  await life.open()
  return life
}

const aroundBug = { [file]: code({ ...both, 4: '// Counted at night.' }) }

test.concurrent('worded anew on code that did not change: nothing is said twice, no thread is closed', async () => {
  await using life = await opened()
  await life.say('maintainer', '@tech-lead-bot --full')
  await life.say('maintainer', '@tech-lead-bot --full')
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.reviews()).toBe(1)
})

test.concurrent('worded anew on a hunk that changed: nothing is said twice, its thread stands', async () => {
  await using life = await opened()
  for (const note of ['// One.', '// Two.', '// Three.']) {
    await life.push({ [file]: code({ ...both, 4: note }) })
    expect(life.asked.flagged).toContain(bug)
  }
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.reviews()).toBe(1)
})

test.concurrent('not found again in a hunk that did not change: its thread stands', async () => {
  await using life = await opened()
  life.engine.mood = 'silent'
  await life.say('maintainer', '@tech-lead-bot --full')
  expect(life.asked.calls).toBeGreaterThan(0)
  expect(await life.threads()).toEqual(bothOpen)
})

test.concurrent('not found again in a hunk that changed, found once more later: closed, then open again, said once', async () => {
  await using life = await opened()
  life.engine.mood = 'silent'
  await life.push(aroundBug)
  expect(await life.threads()).toEqual([`${file}:5 resolved by us: us`, `${file}:45 open: us`])
  life.engine.mood = 'steady'
  await life.push({ [file]: code({ ...both, 4: '// Counted at noon.' }) })
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.reviews()).toBe(1)
})

test.concurrent('a model that answers nothing usable: what was said stands, and the check is not green', async () => {
  await using life = await opened()
  life.engine.mood = 'broken'
  await life.push(aroundBug)
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.conclusion()).toBe('neutral')
  life.engine.mood = 'steady'
  await life.push({ 'src/more.ts': 'export const more = 1\n' })
  expect(life.filesRead()).toEqual(['src/more.ts', file])
  expect(life.conclusion()).toBe('success')
})

test.concurrent('a model that forgets every other finding: over many pushes each is said once', async () => {
  await using life = await opened()
  life.engine.mood = 'flaky'
  for (const note of ['// One.', '// Two.', '// Three.', '// Four.'])
    await life.push({ [file]: code({ ...both, 4: note, 44: note }) })
  expect(life.pull.comments().length).toBe(2)
  expect(life.reviews()).toBe(1)
})

test.concurrent('a rule that came to the base: on code that was read only what is severe is added', async () => {
  await using life = await opened()
  const rule = (id: string, severity: string, text: string): string =>
    `id: ${id}\nlanguage: typescript\nseverity: ${severity}\nmessage: Not in a shop.\nrule:\n  pattern: ${text}\n`
  await life.repository.commit({
    '.github/ai-review/rules/hint.yml': rule('no-count', 'hint', 'count'),
    '.github/ai-review/rules/error.yml': rule('no-read', 'error', 'read()'),
  })
  await life.push({ 'src/more.ts': 'export const more = 1\n' })
  const said = life.pull.comments().filter(({ isReply }) => !isReply)
  expect(said.map(({ path, line }) => `${path}:${line}`)).toEqual([`${file}:5`, `${file}:45`, `${file}:45`])
})

test.concurrent('all is read again by command: what is new there is said, whatever its severity', async () => {
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles: { [file]: code() },
    files: { [file]: code({ 5: `export const stock = count // ${flaw('low', 'style')}` }) },
  })
  life.engine.mood = 'silent'
  await life.open()
  expect(await life.threads()).toEqual([])
  life.engine.mood = 'steady'
  await life.push({ 'src/more.ts': 'export const more = 1\n' })
  expect(await life.threads()).toEqual([])
  await life.say('maintainer', '@tech-lead-bot --full')
  expect(await life.threads()).toEqual([`${file}:5 open: us`])
})

test.concurrent('more findings than comments: the rest is told once, and a fix makes no new noise', async () => {
  const four = { 5: bug, 20: `${bug} 2`, 35: `${bug} 3`, 50: `${bug} 4` }
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles: { [file]: code() },
    policy: 'max-comments: 2\n',
    files: { [file]: code(four) },
  })
  await life.open()
  expect(await life.threads()).toHaveLength(2)
  const [first] = life.pull.comments()
  const { [Number(first?.line)]: _fixed, ...left } = four as Record<number, string>
  await life.push({ [file]: code(left) })
  const threads = await life.threads()
  expect(threads.filter((thread) => thread.includes('resolved by us'))).toHaveLength(1)
  expect(threads).toHaveLength(2)
  expect(life.reviews()).toBe(1)
})

test.concurrent('60 findings: one review, at most ten comments, the rest in the check, no limit of GitHub reached', async () => {
  // Long enough for a batch of its own: one answer of the model holds five findings.
  const flawed = (part: number): string =>
    [5, 20, 35, 50].reduce(
      (text, line) =>
        text.replace(`price${line} = ${line}\n`, `price${line} = ${part} // ${flaw('medium', 'bug')}\n`),
      code() + code(),
    )
  const files = Object.fromEntries(
    Array.from({ length: 15 }, (_, part) => [`src/part${part}.ts`, flawed(part)]),
  )
  await using life = await Life.start(stage, { isAmongOthers: true, files, github: { limits: {} } })
  const run = await life.open()
  expect(life.reviews()).toBe(1)
  expect(await life.threads()).toHaveLength(10)
  expect(run.outputs).toMatchObject({ 'findings-total': '60', 'findings-posted': '10' })
  expect(life.github.requests.filter(({ status }) => (status ?? 500) >= 400)).toEqual([])
})

test.concurrent('the server starts anew with an empty data directory: everything is known as before', {
  timeout: 120_000,
}, async () => {
  await using first = await startServerFor(stage.engine, { DATABASE_URL: '' })
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles: { [file]: code() },
    files: { [file]: code(both) },
  })
  life.server = first
  await life.open()
  await first.stop()
  await using second = await startServerFor(stage.engine, { DATABASE_URL: '' })
  life.server = second
  await life.push({ [file]: code({ 45: leak }) })
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated resolved by us: us`])
  expect(life.asked.calls).toBe(0)
  expect(life.reviews()).toBe(1)
})

test.concurrent('another seal key: nothing is believed, everything is said once more, and never a third time', async () => {
  await using other = await startServerFor(stage.engine, {
    SEAL_KEY: 'another key that nobody has seen before',
  })
  await using life = await opened()
  life.server = other
  life.disown()
  await life.push({ 'src/more.ts': 'export const more = 1\n' })
  const twice = [`${file}:5 open: us`, `${file}:5 open: us`, `${file}:45 open: us`, `${file}:45 open: us`]
  expect(await life.threads()).toEqual(twice)
  await life.push(aroundBug)
  expect(await life.threads()).toEqual(twice)
  expect(life.reviews()).toBe(2)
})

test.concurrent('no model at all: findings of the other reviewers are said once and closed when fixed', async () => {
  await using server = await startServerFor(stage.engine, {
    ENGINE: 'none',
    OPENAI_BASE_URL: '',
    OPENAI_MODEL: '',
  })
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles: { 'src/run.js': 'export const run = 1\n' },
    files: { 'src/run.js': 'export const run = (text) => eval(text)\n' },
  })
  life.server = server
  await life.open()
  const said = await life.threads()
  expect(said.length).toBeGreaterThan(0)
  await life.push({ 'src/more.js': 'export const more = 1\n' })
  expect(await life.threads()).toEqual(said)
  await life.push({ 'src/run.js': 'export const run = 2\n' })
  expect((await life.threads()).filter((thread) => thread.includes(' open'))).toEqual([])
  expect(life.reviews()).toBe(1)
})
