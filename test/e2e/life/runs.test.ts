import { expect, test } from 'vitest'
import { code, type Life, type LifeOptions } from '../../support/e2e/life.ts'
import { both, bothOpen, bug, file, leak, setStage, startShop } from '../../support/e2e/shop-life.ts'

const stage = setStage()

function begun(options: LifeOptions = {}): Promise<Life> {
  return startShop(stage, options)
}

test.concurrent('the same run once more: nothing is said twice, one check stands', async () => {
  await using life = await begun()
  await life.open({ runId: 7 })
  await life.open({ runId: 7, runAttempt: 2 })
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.reviews()).toBe(1)
  expect(life.conclusion()).toBe('success')
})

test.concurrent('two runs at once: each finding is said once', async () => {
  await using life = await begun()
  const [one, two] = await Promise.all([
    life.open({ runId: 1, isAmongOthers: true }),
    life.open({ runId: 2, isAmongOthers: true }),
  ])
  expect([one.exitCode, two.exitCode]).toEqual([0, 0])
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.pull.checkRuns().map(({ status }) => status)).not.toContain('in_progress')
  await life.open({ runId: 3 })
  expect(await life.threads()).toEqual(bothOpen)
})

test.concurrent('a push while the model thinks: nothing is said on the old head, everything on the new one', async () => {
  await using life = await begun()
  const { head } = life.pull
  let pushed: Promise<unknown> | null = null
  life.engine.onAsked = () => {
    pushed ??= life.pull.push({ [file]: code({ 45: leak }) })
  }
  const before = await life.pull.event('opened')
  await life.run({ event: before })
  life.engine.onAsked = null
  expect(pushed).not.toBeNull()
  expect(await life.threads()).toEqual([])
  expect(life.check(head)).toMatchObject({ status: 'completed', conclusion: 'neutral' })
  await life.run()
  expect(await life.threads()).toEqual([`${file}:45 open: us`])
})

test.concurrent('cancelled while the model thinks: nothing is said, the next run says it', async () => {
  await using life = await begun()
  const { promise, resolve } = Promise.withResolvers<void>()
  life.engine.onAsked = resolve
  await life.open({ cancelWhen: promise, mayFail: true })
  life.engine.onAsked = null
  expect(life.check()).toMatchObject({ status: 'completed', conclusion: 'neutral' })
  await life.open({ runAttempt: 2 })
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.conclusion()).toBe('success')
})

test.concurrent('cancelled in the middle of posting: the next run says nothing twice and loses nothing', async () => {
  await using life = await begun()
  const { promise, resolve } = Promise.withResolvers<void>()
  const slow = async (): Promise<void> => {
    resolve()
    await new Promise((wait) => setTimeout(wait, 800))
  }
  life.github.inject({ method: 'POST', path: /\/reviews$/, fault: { before: slow } })
  await life.open({ cancelWhen: promise, mayFail: true })
  await life.open({ runAttempt: 2 })
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.reviews()).toBe(1)
  expect(life.conclusion()).toBe('success')
})

test.concurrent('a draft is left alone until it is ready', async () => {
  await using life = await begun({ draft: true })
  await life.open()
  expect(await life.threads()).toEqual([])
  expect(life.check()).toBeNull()
  expect(life.asked.calls).toBe(0)
  life.pull.state.draft = false
  await life.run({ on: 'ready_for_review' })
  expect(await life.threads()).toEqual(bothOpen)
})

test.concurrent('closed, and opened again without a change: the model is not asked', async () => {
  await using life = await begun()
  await life.open()
  life.pull.close()
  life.pull.state.state = 'open'
  await life.run({ on: 'reopened' })
  expect(life.asked.calls).toBe(0)
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.reviews()).toBe(1)
})

test.concurrent('aimed at another base with the same files: nothing is read or said again', async () => {
  await using life = await begun()
  await life.open()
  await life.repository.commit({ 'NOTES.md': '# Notes\n' }, { branch: 'release' })
  await life.change((pull) => pull.retarget('release'), { on: 'edited' })
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.asked.calls).toBe(0)
  expect(life.reviews()).toBe(1)
})

test.concurrent('aimed at a base that holds one of the flaws already: that one is no longer part of the change', async () => {
  await using life = await begun()
  await life.open()
  await life.repository.commit({ [file]: code({ 5: bug }) }, { branch: 'release' })
  await life.change(async (pull) => {
    await pull.retarget('release')
    await pull.rebase()
  })
  const threads = await life.threads()
  expect(threads).toHaveLength(2)
  expect(threads).toContain(`${file}:45 open: us`)
  expect(life.reviews()).toBe(1)
})

test.concurrent('an edit of title or description: nothing is reviewed', async () => {
  await using life = await begun()
  await life.open()
  const before = life.github.requests.length
  await life.run({ on: 'edited' })
  expect(life.github.requests.length).toBe(before)
})

test.concurrent('a stricter policy on the base: it holds from the next push on, and closes nothing', async () => {
  await using life = await begun()
  await life.open()
  await life.repository.commit({ '.github/ai-review.yml': 'min-severity: critical\n' })
  await life.push({ [file]: code(both), 'src/late.ts': `${leak}\n` })
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.filesRead()).toEqual(['src/late.ts'])
  expect(life.reviews()).toBe(1)
})

test.concurrent('a policy on the base that leaves the file out: what was said there is left as it is', async () => {
  await using life = await begun()
  await life.open()
  await life.repository.commit({ '.github/ai-review.yml': 'exclude: ["src/shop.ts"]\n' })
  await life.push({ 'src/late.ts': `${bug} late\n` })
  expect(await life.threads()).toEqual(['src/late.ts:1 open: us', ...bothOpen])
})

test.concurrent('a policy in the pull request itself changes nothing', async () => {
  await using life = await begun()
  await life.open()
  await life.push({ '.github/ai-review.yml': 'exclude: ["**"]\n', 'src/late.ts': `${leak}\n` })
  expect(await life.threads()).toEqual(['src/late.ts:1 open: us', ...bothOpen])
})

test.concurrent('the check fails while a severe finding stands, said before or not, and passes once it is fixed', async () => {
  await using life = await begun({ policy: 'fail-on: high\n' })
  await life.open()
  expect(life.conclusion()).toBe('failure')
  await life.push({ 'src/more.ts': 'export const more = 1\n' })
  expect(life.conclusion()).toBe('failure')
  expect(life.asked.lines.filter((line) => line.includes('FLAW'))).toEqual([])
  await life.push({ [file]: code() })
  expect(life.conclusion()).toBe('success')
  expect((await life.threads()).filter((thread) => thread.includes(' open'))).toEqual([])
})

test.concurrent('a pull request of many steps: every thread ends as its finding did', async () => {
  await using life = await begun()
  await life.open()
  await life.push({ [file]: code({ ...both, 25: `${bug} again` }) })
  await life.repository.commit({ [file]: `// Shop.\n${code()}` })
  await life.change((pull) => pull.rebase())
  await life.push({ [file]: `// Shop.\n${code({ 25: `${bug} again`, 45: leak })}` })
  life.pull.replyTo(life.threadAt(file, 45), 'contributor', 'Later, please.')
  await life.change((pull) => pull.squash())
  await life.push({ [file]: `// Shop.\n${code()}` })
  expect(await life.threads()).toEqual([
    `${file}:outdated resolved by us: us`,
    `${file}:outdated open: us, contributor`,
    `${file}:outdated resolved by us: us`,
  ])
  expect(life.reviews()).toBe(2)
  expect(life.conclusion()).toBe('success')
})

test.concurrent('the model server is away at first: the check says so, and the next run says everything', async () => {
  await using life = await begun()
  await life.open({ inputs: { 'server-url': 'http://127.0.0.1:9' } })
  expect(await life.threads()).toEqual([])
  expect(life.conclusion()).toBe('neutral')
  await life.push({ 'src/more.ts': 'export const more = 1\n' })
  expect(await life.threads()).toEqual(bothOpen)
  expect(life.conclusion()).toBe('success')
})

test.concurrent('the model server is away later: what was said stands, and nothing counts as fixed', async () => {
  await using life = await begun()
  await life.open()
  await life.push({ [file]: code({ 45: leak }) }, { inputs: { 'server-url': 'http://127.0.0.1:9' } })
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated open: us`])
  expect(life.conclusion()).toBe('neutral')
  await life.run()
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated resolved by us: us`])
  expect(life.conclusion()).toBe('success')
})
