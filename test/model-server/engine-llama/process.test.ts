import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { llamaEnvironment } from '../../../runner/model-server/src/engine/llama/llama-environment.ts'
import { aCall, longText, startTinyEngine } from '../../support/tiny-model/tiny-engine.ts'

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(20)
}

function pidOf(engine: { readonly pid: number | undefined }): number {
  if (engine.pid === undefined) throw new Error('The engine has no process.')
  return engine.pid
}

describe('a crash of llama.cpp', () => {
  it('rejects what was under way, starts again by itself and answers the next call', async () => {
    await using engine = await startTinyEngine()
    const before = await engine.complete(aCall())
    const pid = pidOf(engine)
    const running = [aCall(), aCall({ text: longText(2000) })].map((call) => engine.complete(call))
    process.kill(pid, 'SIGKILL')
    for (const outcome of await Promise.allSettled(running)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'EngineError', code: 'crashed' } })
    }
    expect(await engine.health()).toMatchObject({
      state: 'restarting',
      detail: expect.stringContaining('SIGKILL'),
    })
    expect((await engine.complete(aCall())).text).toBe(before.text)
    expect(await engine.health()).toEqual({ state: 'ready' })
    expect(engine.pid).not.toBe(pid)
  })

  it('that comes again with every answer waits longer each time, however well tokens are counted', async () => {
    const delays: unknown[] = []
    const warn = (fields: object) => delays.push('delayMs' in fields ? fields.delayMs : undefined)
    await using engine = await startTinyEngine({ log: { info: () => {}, warn } })
    for (let crash = 0; crash < 3; crash += 1) {
      await engine.countTokens(aCall().messages)
      const running = engine.complete(aCall({ text: longText(2000) }))
      const crashed = expect(running).rejects.toMatchObject({ code: 'crashed' })
      process.kill(pidOf(engine), 'SIGKILL')
      await crashed
    }
    expect(delays).toEqual([250, 500, 1000])
    await engine.complete(aCall())
    process.kill(pidOf(engine), 'SIGKILL')
    await expect.poll(() => delays.at(-1)).toBe(250)
  })

  it('can be waited for no longer than the signal says', async () => {
    await using engine = await startTinyEngine()
    process.kill(pidOf(engine), 'SIGKILL')
    await untilGone(pidOf(engine))
    const call = engine.complete(aCall({ signal: AbortSignal.timeout(50) }))
    await expect(call).rejects.toMatchObject({ code: 'aborted' })
  })

  it('is forced on a process that hangs', async () => {
    await using engine = await startTinyEngine({ hangAfterMs: 2000 })
    const pid = pidOf(engine)
    process.kill(pid, 'SIGSTOP')
    await expect(engine.complete(aCall())).rejects.toMatchObject({ code: 'crashed' })
    expect((await engine.complete(aCall())).finish).toBe('stop')
  })
})

describe('the process of the model', () => {
  it('is gone after disposal, and calls are refused', async () => {
    const engine = await startTinyEngine()
    const pid = pidOf(engine)
    const running = engine.complete(aCall({ text: longText(2000) }))
    const outcome = expect(running).rejects.toMatchObject({ code: 'unavailable' })
    await engine[Symbol.asyncDispose]()
    await outcome
    expect(isAlive(pid)).toBe(false)
    await expect(engine.complete(aCall())).rejects.toMatchObject({ code: 'unavailable' })
    expect(await engine.health()).toMatchObject({ state: 'down' })
  })

  it('ends when the server is killed', async () => {
    const script = join(import.meta.dirname, '../../support/tiny-model/hold-engine.ts')
    const server = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(server.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    expect(isAlive(pid)).toBe(true)
    server.kill('SIGKILL')
    await untilGone(pid)
  })

  it.runIf(process.platform === 'linux')('sees only the environment it was given', async () => {
    await using engine = await startTinyEngine({
      environment: llamaEnvironment({ PATH: '/bin', API_KEYS: 'x' }),
    })
    const names = (await readFile(`/proc/${engine.pid}/environ`, 'utf8'))
      .split('\0')
      .map((entry) => entry.split('=')[0])
    expect(names).toContain('PATH')
    expect(names.filter((name) => !/^(PATH|NODE_CHANNEL_.*|)$/.test(name ?? ''))).toEqual([])
  })
})
