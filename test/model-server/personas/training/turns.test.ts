import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { trainInTurns } from '../../../../runner/model-server/src/personas/training/train-in-turns.ts'
import { takeTurns } from '../../../../runner/model-server/src/personas/training/turns.ts'
import { createAdaptingEngine } from '../../../support/adapting-engine.ts'
import { scriptedTrainer, type TrainerScript, trainerNotes } from '../../../support/trainer/trainer-script.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'turns-'))
  await writeFile(join(directory, 'config.toml'), '')
  await writeFile(join(directory, 'samples.jsonl'), '')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const question = {
  messages: [{ role: 'user', content: 'MARKER' }] as const,
  schema: { type: 'object', properties: {} },
  maxTokens: 10,
  seed: 1,
  priority: 1,
}

function train(script: TrainerScript, idleMs = 100) {
  const engine = createAdaptingEngine({ answer: () => '{}' })
  const turns = takeTurns(engine)
  const stop = new AbortController()
  const waits: number[] = []
  const steps: number[] = []
  const end = trainInTurns(
    {
      trainer: scriptedTrainer(script),
      directory,
      signal: stop.signal,
      graceMs: 5000,
      onProgress: ({ step }) => steps.push(step),
      onWait: () => waits.push(steps.length),
    },
    { turns, engine, idleMs },
  )
  return { engine, turns, end, stop, steps, waits }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it never came to that')
    await sleep(10)
  }
}

test('the engine rests while the trainer has its turn, and is back when it ends', async () => {
  const { engine, end, steps } = train({ steps: 20, stepMs: 20 })
  await until(() => steps.length > 0)
  expect(engine.isResting()).toBe(true)
  expect(await end).toMatchObject({ kind: 'done' })
  expect(engine.isResting()).toBe(false)
})

test('a question stops the trainer, is answered, and the trainer goes on from its checkpoint when it is quiet', async () => {
  const notes = join(directory, 'notes')
  const { turns, end, steps, waits } = train({ steps: 100, stepMs: 20, notes })
  await until(() => steps.length > 3)
  const answer = await turns.engine.complete({ ...question, signal: new AbortController().signal })
  expect(answer.finish).toBe('stop')
  const done = Number(await readFile(join(directory, 'checkpoints.json'), 'utf8'))
  expect(await end).toMatchObject({ kind: 'done' })
  expect((await trainerNotes(notes)).map(({ first }) => first)).toEqual([0, done])
  expect(waits).toHaveLength(2)
})

test('the trainer does not begin while questions are asked', async () => {
  const { turns, end, steps, stop } = train({ steps: 1000, stepMs: 20 }, 300)
  for (let round = 0; round < 8; round += 1) {
    await turns.engine.countTokens(question.messages)
    await sleep(50)
  }
  expect(steps).toEqual([])
  await until(() => steps.length > 0)
  stop.abort()
  expect(await end).toEqual({ kind: 'stopped' })
})

test('an engine that cannot do something does not pretend to when it takes turns', () => {
  const { score: _score, rest: _rest, ...plain } = createAdaptingEngine({ answer: () => '{}' })
  const { engine } = takeTurns(plain)
  expect('score' in engine || 'rest' in engine || 'embed' in engine).toBe(false)
})
