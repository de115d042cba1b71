import { expect, test } from 'vitest'
import { code, type Life, type LifeOptions } from '../../support/e2e/life.ts'
import { bothOpen, file, leak, setStage, startShop } from '../../support/e2e/shop-life.ts'

const stage = setStage()

const all = { contents: 'write', 'pull-requests': 'write', checks: 'write' } as const
const readOnly = { contents: 'read', 'pull-requests': 'read', checks: 'read' } as const

function begun(options: LifeOptions): Promise<Life> {
  return startShop(stage, options)
}

test.concurrent('contents only to read: nothing is resolved, and the check says so', async () => {
  await using life = await begun({ permissions: { ...all, contents: 'read' } })
  await life.open()
  await life.push({ [file]: code({ 45: leak }) })
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated open: us`])
  expect(life.conclusion()).toBe('success')
  expect(`${life.check()?.title} ${life.check()?.summary}`).toContain('contents: write')
  // It stays so, and nothing is repeated.
  await life.push({ 'src/more.ts': 'export const more = 1\n' })
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated open: us`])
  expect(life.reviews()).toBe(1)
})

test.concurrent('checks not at all: threads live on as ever', async () => {
  await using life = await begun({ permissions: { contents: 'write', 'pull-requests': 'write' } })
  await life.open()
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.check()).toBeNull()
  await life.push({ [file]: code({ 45: leak }) })
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated resolved by us: us`])
  // What was read is told by the review, too.
  expect(life.asked.calls).toBe(0)
  expect(life.reviews()).toBe(1)
})

test.concurrent('pull requests only to read: the findings stand in check and job summary', async () => {
  await using life = await begun({ permissions: { ...all, 'pull-requests': 'read' } })
  const run = await life.open()
  expect(await life.threads()).toEqual([])
  expect(run.summary).toContain(file)
  expect(run.log).toContain('pull-requests: write')
  expect(life.check()).toMatchObject({ status: 'completed' })
})

test.concurrent('pull requests not at all: one clear message, nothing is written', async () => {
  await using life = await begun({ permissions: { contents: 'write', checks: 'write' } })
  const run = await life.open()
  expect(run.outputs).toMatchObject({ outcome: 'failed' })
  expect(run.log).toContain('pull-requests: read')
  expect(life.writes()).toEqual([])
})

test.concurrent('contents not at all: nothing is reviewed, and that is said', async () => {
  await using life = await begun({ permissions: { 'pull-requests': 'write', checks: 'write' } })
  const run = await life.open()
  expect(run.log).toContain('contents: read')
  expect(await life.threads()).toEqual([])
  expect(life.conclusion()).not.toBe('success')
})

test.concurrent.each([
  ['a fork', { fork: true, author: 'outsider' }],
  ['Dependabot', { author: 'dependabot[bot]' }],
])(
  '%s: with a read-only token the findings stand in the job summary, and every run ends well',
  async (_, who) => {
    await using life = await begun({ ...who, permissions: readOnly })
    const first = await life.open()
    expect(first.summary).toContain(file)
    expect(first.annotations.length).toBeGreaterThan(0)
    const second = await life.push({ [file]: code({ 45: leak }) })
    expect(second.summary).toContain(file)
    expect(await life.threads()).toEqual([])
    expect(life.check()).toBeNull()
    expect(life.pull.conversation()).toEqual([])
  },
)

test.concurrent('a fork reviewed on the command of a maintainer: full function, and the next push says nothing twice', async () => {
  await using life = await begun({ fork: true, author: 'outsider', permissions: { ...all, issues: 'write' } })
  await life.say('maintainer', '@tech-lead-bot')
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.conclusion()).toBe('success')
  await life.pull.push({ [file]: code({ 45: leak }) })
  await life.say('maintainer', '@tech-lead-bot')
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated resolved by us: us`])
  expect(life.reviews()).toBe(1)
})

test.concurrent('a right that is given later: what could not be resolved is resolved then', async () => {
  await using life = await begun({ permissions: { ...all, contents: 'read' } })
  await life.open()
  await life.push({ [file]: code({ 45: leak }) })
  life.token = life.github.token({ permissions: all })
  await life.push({ 'src/more.ts': 'export const more = 1\n' })
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated resolved by us: us`])
})
