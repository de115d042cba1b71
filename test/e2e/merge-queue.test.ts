import { afterAll, beforeAll, expect, test } from 'vitest'
import { flaw } from '../support/e2e/flaw-engine.ts'
import { code, Life, type Stage, startStage } from '../support/e2e/life.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const file = 'src/shop.ts'
const bug = `export const stock = count // ${flaw('high', 'bug')}`

const start = (policy: string) =>
  Life.start(stage, { policy, baseFiles: { [file]: code() }, files: { [file]: code({ 5: bug }) } })
const queued = (life: Life) => ({ eventName: 'merge_group', event: life.pull.mergeGroupEvent() }) as const

test.each([
  ['success', 'fail-on: never\n'],
  ['failure', 'fail-on: high\n'],
])('a merge group gets the %s of its pull request, and nothing is read twice', async (conclusion, policy) => {
  await using life = await start(policy)
  await life.open()
  const run = await life.run(queued(life))
  expect(life.check(life.pull.mergeCommit ?? '')).toMatchObject({ status: 'completed', conclusion })
  expect(run.outputs).toMatchObject({ outcome: 'skipped', conclusion })
  expect(life.asked.calls).toBe(0)
  expect(life.reviews()).toBe(1)
})

test('a merge group of a pull request that was never reviewed gets a neutral check that says so', async () => {
  await using life = await start('fail-on: high\n')
  await life.run(queued(life))
  expect(life.check(life.pull.mergeCommit ?? '')).toMatchObject({
    conclusion: 'neutral',
    title: 'No review to repeat',
  })
  expect(life.asked.calls).toBe(0)
})

test('a merge group whose branch names no pull request gets a neutral check', async () => {
  await using life = await start('fail-on: high\n')
  await life.open()
  const event = life.pull.mergeGroupEvent()
  const group = event.merge_group as Record<string, string>
  group.head_ref = 'refs/heads/gh-readonly-queue/main/group'
  await life.run({ ...queued(life), event })
  expect(life.check(life.pull.mergeCommit ?? '')).toMatchObject({ conclusion: 'neutral' })
})
