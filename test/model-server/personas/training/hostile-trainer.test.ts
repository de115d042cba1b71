import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runTrainer } from '../../../../runner/model-server/src/personas/training/run-trainer.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hostile-trainer-'))
  await writeFile(join(directory, 'config.toml'), '')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/** A trainer that is a line of shell; `$1` is its configuration. */
function start(line: string, more: { signal?: AbortSignal; silenceMs?: number } = {}) {
  const command = ['/bin/sh', '-c', line, '{job}']
  return runTrainer({
    trainer: { command, folder: directory, environment: { PATH: process.env.PATH ?? '' } },
    directory,
    signal: more.signal ?? new AbortController().signal,
    graceMs: 300,
    onProgress: () => {},
    ...(more.silenceMs === undefined ? {} : { silenceMs: more.silenceMs }),
  })
}

async function pidIn(name: string): Promise<number> {
  for (let round = 0; round < 400; round += 1) {
    const pid = Number(await readFile(join(directory, name), 'utf8').catch(() => ''))
    if (pid > 0) return pid
    await sleep(25)
  }
  throw new Error('the helper never began')
}

async function hasEnded(pid: number): Promise<boolean> {
  for (let round = 0; round < 400; round += 1) {
    // One that nobody waits for stays as a zombie where nothing reaps it.
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    if (state === '' || /\) Z /.test(state)) return true
    await sleep(25)
  }
  return false
}

const helper = (name: string) => `sleep 300 & echo $! > {job}/${name}`

describe('a trainer whose helper outlives it', () => {
  test('has ended when it has said its last word', async () => {
    const done = JSON.stringify({ event: 'done', hash: 'a'.repeat(64) })
    expect(await start(`${helper('helper')}; echo '${done}'`)).toEqual({ kind: 'done', hash: 'a'.repeat(64) })
    expect(await hasEnded(await pidIn('helper'))).toBe(true)
  }, 20_000)

  test('is stopped with it', async () => {
    const stop = new AbortController()
    const end = start(`${helper('helper')}; exit 1`, { signal: stop.signal })
    const pid = await pidIn('helper')
    stop.abort()
    expect((await end).kind).toMatch(/stopped|failed/)
    expect(await hasEnded(pid)).toBe(true)
  }, 20_000)
})

test('a helper that left its group keeps nobody waiting', async () => {
  const began = 'until [ -s {job}/away ]; do sleep 0.05; done'
  const away = `setsid sh -c "echo \\$\\$ > {job}/away; exec sleep 20" & ${began}; exit 1`
  expect(await start(away)).toEqual({ kind: 'failed', code: 'no-word' })
  process.kill(await pidIn('away'), 'SIGKILL')
}, 15_000)

describe('a trainer that says', () => {
  test('ten million characters without a line is only one that made nothing', async () => {
    expect(await start("head -c 10000000 /dev/zero | tr '\\0' x")).toEqual({
      kind: 'failed',
      code: 'no-word',
    })
  }, 20_000)

  test('that it is done and then fails has failed', async () => {
    const done = JSON.stringify({ event: 'done', hash: 'a'.repeat(64) })
    expect(await start(`echo '${done}'; exit 3`)).toEqual({ kind: 'failed', code: 'no-word' })
  })

  test('nothing for too long is ended', async () => {
    const end = await start('echo $$ > {job}/own; exec sleep 300', { silenceMs: 1000 })
    expect(end).toEqual({ kind: 'failed', code: 'silent' })
    expect(await hasEnded(await pidIn('own'))).toBe(true)
  }, 20_000)
})

test('a number that another process has by now ends nobody', async () => {
  await writeFile(join(directory, 'trainer.pid'), String(process.pid))
  expect(await start('exit 1')).toEqual({ kind: 'failed', code: 'no-word' })
  expect(process.exitCode).toBeUndefined()
})

test('a trainer that cannot be followed does not go on unseen', async () => {
  await mkdir(join(directory, 'trainer.pid'))
  await expect(start('sleep 1; touch {job}/late; sleep 300')).rejects.toThrow()
  await sleep(1500)
  await expect(stat(join(directory, 'late'))).rejects.toThrow()
})
