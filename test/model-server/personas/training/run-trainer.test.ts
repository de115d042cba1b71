import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { trainerPidName } from '../../../../runner/model-server/src/personas/training/end-orphan.ts'
import { runTrainer } from '../../../../runner/model-server/src/personas/training/run-trainer.ts'
import { scriptedTrainer, type TrainerScript, trainerNotes } from '../../../support/trainer/trainer-script.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'training-'))
  await writeFile(join(directory, 'config.toml'), '')
  await writeFile(
    join(directory, 'samples.jsonl'),
    `${JSON.stringify({ id: 'c1', split: 'test', pull_request: 1, prompt: 'MARKER' })}\n`,
  )
})
afterEach(() => rm(directory, { recursive: true, force: true }))

function start(script: TrainerScript, more: { signal?: AbortSignal; graceMs?: number } = {}) {
  const steps: number[] = []
  const end = runTrainer({
    trainer: scriptedTrainer(script),
    directory,
    signal: more.signal ?? new AbortController().signal,
    graceMs: more.graceMs ?? 10_000,
    onProgress: ({ step }) => steps.push(step),
  })
  return { end, steps }
}

/** A process begins in a moment, and in seconds on a machine that has much else to do. */
const patient = { timeout: 20_000 }

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function noteOf(path: string) {
  for (let round = 0; round < 400; round += 1) {
    const [note] = await trainerNotes(path)
    if (note !== undefined) return note
    await sleep(25)
  }
  throw new Error('the trainer never began')
}

describe('a trainer', () => {
  test('tells its steps and the adapter that it made', async () => {
    const { end, steps } = start({})
    expect(await end).toMatchObject({ kind: 'done', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(steps).toEqual([1, 2, 3, 4])
  })

  test('that says what is no event is heard for the rest', async () => {
    const { end, steps } = start({ noise: true })
    expect(await end).toMatchObject({ kind: 'done', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(steps).toEqual([1, 2, 3, 4])
  })

  test.each([
    [{ fail: 'out-of-memory' }, 'out-of-memory'],
    [{ fail: 'MARKER' }, 'internal'],
    [{ crash: true }, 'no-word'],
  ])('that ends with %o failed with the code %s and no word of its own', async (script, code) => {
    const end = await start(script).end
    expect(end).toEqual({ kind: 'failed', code })
  })

  test('that cannot be started is told apart', async () => {
    const trainer = { ...scriptedTrainer(), command: ['/nowhere/python'] }
    const signal = new AbortController().signal
    const end = runTrainer({ trainer, directory, signal, graceMs: 1000, onProgress: () => {} })
    expect(await end).toEqual({ kind: 'failed', code: 'no-program' })
  })

  test('gets the path of its job in the words of its command', async () => {
    const trainer = { ...scriptedTrainer(), command: ['/bin/sh', '-c', 'touch {job}/seen', 'sh'] }
    const signal = new AbortController().signal
    await runTrainer({ trainer, directory, signal, graceMs: 1000, onProgress: () => {} })
    expect((await stat(join(directory, 'seen'))).isFile()).toBe(true)
  })

  test('stops when it is told to, and goes on from its checkpoint', async () => {
    const notes = join(directory, 'notes')
    const stop = new AbortController()
    const { end, steps } = start({ steps: 500, stepMs: 20, notes }, { signal: stop.signal })
    // A checkpoint follows each step that it tells of.
    await expect.poll(() => steps.length, patient).toBeGreaterThan(1)
    stop.abort()
    expect(await end).toEqual({ kind: 'stopped' })
    const done = Number(await readFile(join(directory, 'checkpoints.json'), 'utf8'))
    expect(done).toBeGreaterThan(0)
    await start({ steps: done + 2, notes }).end
    expect((await trainerNotes(notes)).map(({ first }) => first)).toEqual([0, done])
  })

  test('that does not listen is ended by force', async () => {
    const notes = join(directory, 'notes')
    const stop = new AbortController()
    const { end } = start({ steps: 100_000, deaf: true, notes }, { signal: stop.signal, graceMs: 200 })
    const { pid } = await noteOf(notes)
    stop.abort()
    expect(await end).toEqual({ kind: 'stopped' })
    expect(isAlive(pid)).toBe(false)
  })

  test('that a killed server has left behind is ended before the next one starts', async () => {
    const notes = join(directory, 'notes')
    const { end } = start({ steps: 100_000, stepMs: 20, notes })
    const { pid } = await noteOf(notes)
    await expect.poll(() => existsSync(join(directory, trainerPidName)), patient).toBe(true)
    const next = await start({ steps: 3 }).end
    expect(isAlive(pid)).toBe(false)
    expect(next).toMatchObject({ kind: 'done' })
    expect(await end).toMatchObject({ kind: 'failed' })
  })
})
