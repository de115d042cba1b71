import { afterAll, beforeAll, vi } from 'vitest'
import { flaw } from './flaw-engine.ts'
import { code, Life, type LifeOptions, type Stage, startStage } from './life.ts'

/** The file of most scenarios, and two flaws in it, each in a hunk of its own. */
export const file = 'src/shop.ts'
export const bug = `export const stock = count // ${flaw('high', 'bug')}`
export const leak = `export const token = read() // ${flaw('high', 'security')}`
export const both = { 5: bug, 45: leak }
export const bothOpen = [`${file}:5 open: us`, `${file}:45 open: us`]

/** The stage of all scenarios of a test file, which wait side by side; set before the first, struck after the last. */
export function setStage(): Stage {
  // A run waits a second between its writes, as GitHub asks.
  vi.setConfig({ testTimeout: 120_000 })
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage()
  })
  afterAll(() => stage[Symbol.asyncDispose]())
  return {
    get server() {
      return stage.server
    },
    get engine() {
      return stage.engine
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  }
}

/** A pull request, not yet reviewed, that brings both flaws into the file. */
export function startShop(stage: Stage, options: LifeOptions = {}): Promise<Life> {
  return Life.start(stage, {
    isAmongOthers: true,
    baseFiles: { [file]: code() },
    files: { [file]: code(both) },
    ...options,
  })
}
