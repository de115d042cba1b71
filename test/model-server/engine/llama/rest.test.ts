import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { LlamaEngine } from '../../../../runner/model-server/src/engine/llama/llama-engine.ts'
import { writeTinyAdapter } from '../../../support/tiny-model/tiny-adapter.ts'
import { aCall, longText, startTinyEngine } from '../../../support/tiny-model/tiny-engine.ts'

function isAlive(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? 0, 0)
  } catch {
    return false
  }
}

const silent = { info: () => {}, warn: () => {} }

/** Whether the call is still not answered after a while. */
async function waits(call: Promise<unknown>): Promise<boolean> {
  return (await Promise.race([call.then(() => 'answered'), sleep(300).then(() => 'waits')])) === 'waits'
}

describe('an engine that rests', () => {
  it('has no process, says so, and answers as before when it is over', async () => {
    const warnings: object[] = []
    await using engine = await startTinyEngine({
      log: { ...silent, warn: (fields) => warnings.push(fields) },
    })
    const before = await engine.complete(aCall())
    const pid = engine.pid
    const resume = await engine.rest?.()
    expect(isAlive(pid)).toBe(false)
    expect(await engine.health()).toMatchObject({ state: 'resting' })
    const call = engine.complete(aCall())
    expect(await waits(call)).toBe(true)
    await resume?.()
    expect(await engine.health()).toEqual({ state: 'ready' })
    expect((await call).text).toBe(before.text)
    expect(warnings).toEqual([])
  })

  it('lets the calls under way end and opens its adapters again', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rest-'))
    await using engine = await startTinyEngine()
    try {
      await engine.adapters.load(await writeTinyAdapter(directory, { seed: 1 }, 'a-one'))
      await engine.adapters.load(await writeTinyAdapter(directory, { seed: 2 }, 'a-two'))
      const call = aCall({ adapter: 'a-one', text: longText(1500) })
      const running = engine.complete(call)
      await sleep(20)
      const resume = await engine.rest?.()
      const before = await running
      await engine.adapters.unload('a-two')
      await resume?.()
      expect((await engine.complete(call)).text).toBe(before.text)
      expect(await engine.adapters.list()).toEqual(['a-one'])
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  it('rests until the last of those who asked for it resumes, each once', async () => {
    await using engine = await startTinyEngine()
    const [first, second] = await Promise.all([engine.rest?.(), engine.rest?.()])
    await first?.()
    await first?.()
    expect(await engine.health()).toMatchObject({ state: 'resting' })
    await second?.()
    expect((await engine.complete(aCall())).finish).toBe('stop')
  })

  it('leaves waiting calls to their signals', async () => {
    await using engine = await startTinyEngine()
    const resume = await engine.rest?.()
    const call = engine.complete(aCall({ signal: AbortSignal.timeout(50) }))
    await expect(call).rejects.toMatchObject({ code: 'aborted' })
    await resume?.()
  })

  it('does not take a crash before its rest for one in it', async () => {
    await using engine = await startTinyEngine()
    process.kill(engine.pid ?? 0, 'SIGKILL')
    await expect.poll(async () => (await engine.health()).state).toBe('restarting')
    const resume = await engine.rest?.()
    await sleep(500)
    expect(await engine.health()).toMatchObject({ state: 'resting' })
    expect(isAlive(engine.pid)).toBe(false)
    await resume?.()
    expect((await engine.complete(aCall())).finish).toBe('stop')
  })

  it('starts one process where a rest is shorter than the wait before a start', async () => {
    const loads: object[] = []
    const log = { ...silent, info: (fields: object) => loads.push(fields) }
    await using engine: LlamaEngine = await startTinyEngine({ log })
    process.kill(engine.pid ?? 0, 'SIGKILL')
    await expect.poll(async () => (await engine.health()).state).toBe('restarting')
    await (await engine.rest?.())?.()
    expect((await engine.complete(aCall())).finish).toBe('stop')
    await sleep(600)
    expect(loads).toHaveLength(2)
  })

  it('is refused to callers once it is closed', async () => {
    const engine = await startTinyEngine()
    const resume = await engine.rest?.()
    const waiting = engine.complete(aCall())
    const refused = expect(waiting).rejects.toMatchObject({ code: 'unavailable' })
    await engine[Symbol.asyncDispose]()
    await refused
    await resume?.()
    expect(await engine.health()).toMatchObject({ state: 'down' })
  })
})
