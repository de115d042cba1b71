import { afterAll, beforeAll, expect, test } from 'vitest'
import { flaw } from '../../support/e2e/flaw-engine.ts'
import { code, Life, type Stage, startStage } from '../../support/e2e/life.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const file = 'src/shop.ts'
const bug = `export const stock = count // ${flaw('high', 'bug')}`
const race = `export const order = next() // ${flaw('medium', 'concurrency')}`
const leak = `export const token = read() // ${flaw('high', 'security')}`
const three = { 5: bug, 25: race, 45: leak }
const base = { [file]: code() }

test('opened with three flaws: three threads, one review, a green check', async () => {
  await using life = await Life.start(stage, { baseFiles: base, files: { [file]: code(three) } })
  await life.open()
  expect(await life.threads()).toEqual([`${file}:5 open: us`, `${file}:25 open: us`, `${file}:45 open: us`])
  expect(life.reviews()).toBe(1)
  expect(life.conclusion()).toBe('success')
})
