import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TrainingStatus } from '@ai-review/protocol/persona'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Engine, EngineError } from '../../../../runner/model-server/src/engine/engine.ts'
import type { KeptPersonas } from '../../../../runner/model-server/src/personas/persona-store.ts'
import type { KeptLoaded } from '../../../../runner/model-server/src/personas/registry/loaded-adapters.ts'
import { openRegistry } from '../../../../runner/model-server/src/personas/registry/registry.ts'
import { KeptTrainings } from '../../../../runner/model-server/src/personas/training/trainings.ts'
import { openStore, type Store } from '../../../../runner/model-server/src/store/open-store.ts'
import { type AdaptingEngine, createAdaptingEngine } from '../../../support/adapting-engine.ts'
import { aConsent, aPersona, historyChunks } from '../../../support/persona/persona-history.ts'
import { answersOf } from '../../../support/persona/trained-persona.ts'
import { scriptedTrainer, type TrainerScript, trainerNotes } from '../../../support/trainer/trainer-script.ts'

const { key } = aPersona
const asked = { key, repositoryId: 7, personId: 11, force: false }

let directory: string
let store: Store
let kept: KeptPersonas
const open: KeptTrainings[] = []

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'trainings-'))
  store = await openStore({
    directory: join(directory, 'store'),
    cacheSecret: new Uint8Array(32),
    cacheHours: 0,
    onFailure: () => {},
  })
  if (store.personas === null) throw new Error('the store keeps no personas')
  kept = store.personas
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true })
})

let data: string
beforeEach(async () => {
  data = await mkdtemp(join(directory, 'data-'))
  // It counts only if it is younger than the withdrawal of the test before.
  const consent = { ...aConsent.consent, at: new Date().toISOString() }
  await kept.agree(key, { repositoryId: 7, personId: 11, consent })
  for (const chunk of historyChunks(300)) await kept.addChunk(key, chunk)
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each[Symbol.asyncDispose]()))
  await kept.forget(key)
})

interface Scene {
  readonly script?: TrainerScript | null
  readonly engine?: Engine | null
  readonly store?: KeptPersonas
}

const rounds: KeptLoaded[] = []
const failures: unknown[] = []

async function start({ script = {}, engine = null, store = kept }: Scene): Promise<KeptTrainings> {
  const trainings = new KeptTrainings({
    store,
    registry: await openRegistry(join(data, 'adapters')),
    dataDirectory: data,
    worker: `worker-${Math.random()}`,
    isTraining: true,
    trainer: script === null ? null : scriptedTrainer(script),
    onTrained: () => {},
    onRound: (round) => rounds.push(round),
    onFailure: (error) => failures.push(error),
  })
  open.push(trainings)
  await trainings.start({ engine, turnTaking: null })
  return trainings
}

async function until(state: TrainingStatus['state'] | 'over'): Promise<TrainingStatus> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const status = (await kept.job(key))?.status
    const isOver = status !== undefined && ['done', 'failed', 'cancelled'].includes(status.state)
    if (status !== undefined && (status.state === state || (state === 'over' && isOver))) return status
    if (isOver || Date.now() > deadline) throw new Error(`the training is ${JSON.stringify(status)}`)
    await sleep(20)
  }
}

/** Waits until the trainer has done a step of the one training that there is. */
async function untilCheckpoint(): Promise<void> {
  const inJob = async () => files(join('trainings', (await files('trainings'))[0] ?? ''))
  await expect.poll(inJob, { timeout: 60_000 }).toContain('checkpoints.json')
}

const files = async (folder: string) => (await readdir(join(data, folder)).catch(() => [])).sort()
/** A good engine that answers no question of the gate before it is told to, or the question is given up. */
function heldAtGate() {
  const inner = good()
  const release = Promise.withResolvers<void>()
  const complete: Engine['complete'] = async (request) => {
    if ('findings' in (request.schema.properties as object)) {
      const givenUp = new Promise<never>((_, reject) =>
        request.signal.addEventListener('abort', () => reject(new EngineError('aborted', 'Given up.'))),
      )
      await Promise.race([release.promise, givenUp])
    }
    return inner.complete(request)
  }
  return { engine: { ...inner, complete }, release: release.resolve }
}
const good = (): AdaptingEngine => createAdaptingEngine({ answer: answersOf('good') })
const states = async () => (await kept.versions(key)).map(({ state }) => state)

describe('a training', () => {
  test('ends with an adapter that is live and loaded, and leaves nothing of what it learned from', async () => {
    const engine = good()
    const notes = join(data, 'notes')
    const trainings = await start({ script: { notes }, engine })
    const seen: unknown[] = []
    trainings.onChange(key, () => seen.push(1))
    await trainings.enqueue(asked)
    const status = await until('over')
    const [version] = await kept.versions(key)
    expect(failures).toEqual([])
    expect(version?.gate).toMatchObject({ isPassed: true })
    expect(status).toMatchObject({ state: 'done', message: 'The adapter is live.', version: version?.name })
    expect(version).toMatchObject({ state: 'live', baseModel: engine.description.modelHash })
    expect([...engine.loaded]).toEqual([[version?.name, join(data, 'adapters', version?.hash ?? '')]])
    expect(version?.samples.train).toBeGreaterThan(250)
    expect(seen.length).toBeGreaterThan(3)
    expect(await files('trainings')).toEqual([])
    expect(await kept.texts(key)).toMatchObject({ silences: [], colleagues: [] })

    const [note] = await trainerNotes(notes)
    expect(note).toMatchObject({ mode: 0o700, variables: ['PATH', 'TRAINER_SCRIPT'] })
    expect(note?.config).toContain('base = "/models/base"')
    expect(JSON.parse(note?.samples.split('\n')[0] ?? '')).toMatchObject({
      split: 'train',
      prompt: [{ role: 'system' }, { role: 'user' }],
      completion: [{ role: 'assistant' }],
    })
  })

  test('of a newer history is a canary beside the version that is live', async () => {
    const trainings = await start({ engine: good() })
    await trainings.enqueue(asked)
    await until('done')
    for (const chunk of historyChunks(310, 310, 'second')) await kept.addChunk(key, chunk)
    await trainings.enqueue({ ...asked, force: true })
    expect(await until('done')).toMatchObject({ message: expect.stringContaining('one pull request in ten') })
    expect((await states()).toSorted()).toEqual(['canary', 'live'])
  })

  test('is of use where the engine loads adapters, or another server has the model', async () => {
    const { adapters: _, ...without } = good()
    const canServe = async (engine: Engine | null) => (await start({ script: null, engine })).canServe()
    expect(await canServe(good())).toBe(true)
    expect(await canServe(null)).toBe(true)
    expect(await canServe(without)).toBe(false)
  })

  test('of what another has left is not begun: nothing is there to judge an adapter by', async () => {
    const notes = join(data, 'notes')
    const trainings = await start({ script: { notes }, engine: good() })
    await trainings.enqueue(asked)
    await until('done')
    await trainings.enqueue({ ...asked, force: true })
    expect(await until('failed')).toMatchObject({ message: expect.stringContaining('--force-reload') })
    expect(await trainerNotes(notes)).toHaveLength(1)
    expect(await states()).toEqual(['live'])
  })

  test('of the same history comes to the same adapter, which stays what it is', async () => {
    const trainings = await start({ engine: good() })
    await trainings.enqueue(asked)
    await until('done')
    for (const chunk of historyChunks(300, 300, 'again')) await kept.addChunk(key, chunk)
    await trainings.enqueue({ ...asked, force: true })
    expect(await until('done')).toMatchObject({ message: expect.stringContaining('same adapter') })
    expect(await states()).toEqual(['live'])
  })

  test('whose adapter says nothing better stays out, and its card says why', async () => {
    const engine = createAdaptingEngine({ answer: answersOf('useless') })
    const trainings = await start({ engine })
    await trainings.enqueue(asked)
    await until('done')
    const [version] = await kept.versions(key)
    expect(version).toMatchObject({ state: 'refused', gate: { isPassed: false } })
    expect(version?.gate?.reasons[0]).toMatch(/[a-z]/)
    expect(engine.loaded.size).toBe(0)
    expect(await files('adapters'), 'a copy of what it learned from').toEqual([])
    for (const chunk of historyChunks(300, 300, 'again')) await kept.addChunk(key, chunk)
    await trainings.enqueue({ ...asked, force: true })
    expect(await until('done')).toMatchObject({ message: expect.stringContaining('same adapter') })
    expect(await kept.versions(key)).toMatchObject([{ state: 'refused', gate: version?.gate }])
    expect(await files('adapters')).toEqual([])
  })

  test('whose adapter the engine loads without effect fails its probe', async () => {
    const engine = createAdaptingEngine({ answer: answersOf('good'), logProbability: () => -1 })
    const trainings = await start({ engine })
    await trainings.enqueue(asked)
    await until('done')
    expect(await states()).toEqual(['failed-probe'])
    expect(engine.loaded.size).toBe(0)
  })

  test('whose adapter the engine cannot load as it is set up waits, and one that it refuses is out', async () => {
    const inner = good()
    let failure: EngineError | null = new EngineError('unavailable', 'It finds no adapter there.')
    const load: typeof inner.adapters.load = async (adapter) => {
      if (failure !== null) throw failure
      await inner.adapters.load(adapter)
    }
    const trainings = await start({ engine: { ...inner, adapters: { ...inner.adapters, load } } })
    await trainings.enqueue(asked)
    expect(await until('done')).toMatchObject({ message: expect.stringContaining('probes it next') })
    expect(await states()).toEqual(['candidate'])
    expect(failures.at(-1)).toBe(failure)
    failure = new EngineError('rejected', 'Its rank is too high.')
    trainings.versionsChanged()
    await expect.poll(states, { timeout: 30_000 }).toEqual(['failed-probe'])
  })

  test.each([
    [{ fail: 'out-of-memory' }, /memory/],
    [{ crash: true }, /without a word/],
    [{ lie: true }, /no adapter/],
    [{ link: '/etc/passwd' }, /no adapter/],
  ])('with a trainer that does %o fails with a sentence of ours', async (script, sentence) => {
    const trainings = await start({ script, engine: good() })
    await trainings.enqueue(asked)
    const status = await until('failed')
    expect(status.message).toMatch(sentence)
    expect(status.message).not.toContain('prompt')
    expect(await files('trainings')).toEqual([])
    expect(await files('adapters')).toEqual([])
    expect(await states(), 'nothing is being trained any more').not.toContain('training')
  })

  test('that broke off while its adapter was judged is judged again, and not trained again', async () => {
    const notes = join(data, 'notes')
    const held = heldAtGate()
    const first = await start({ script: { notes }, engine: held.engine })
    await first.enqueue(asked)
    await until('gating')
    await first[Symbol.asyncDispose]()
    expect(await states()).toEqual(['candidate'])
    await start({ script: { notes }, engine: good() })
    expect(await until('over')).toMatchObject({ state: 'done' })
    const deadline = Date.now() + 30_000
    while ((await states())[0] === 'candidate' && Date.now() < deadline) await sleep(50)
    expect(await states()).toEqual(['live'])
    expect(await trainerNotes(notes)).toHaveLength(1)
  })

  test('that is cancelled while its adapter is judged keeps that out', async () => {
    const { engine, release } = heldAtGate()
    const trainings = await start({ engine })
    await trainings.enqueue(asked)
    await until('gating')
    expect(await trainings.cancel(key)).toBe(true)
    release()
    const before = rounds.length
    trainings.versionsChanged()
    while (rounds.length === before) await sleep(20)
    await sleep(200)
    expect(await states()).toEqual(['retired'])
  })

  test('outlasts a database that is away when it ends', async () => {
    const notes = join(data, 'notes')
    let failing = 1
    const saveVersion: KeptPersonas['saveVersion'] = async (version) => {
      failing -= 1
      if (failing >= 0) throw new Error('The database is away.')
      await kept.saveVersion(version)
    }
    const trainings = await start({ script: { notes }, engine: good(), store: { ...kept, saveVersion } })
    await trainings.enqueue(asked)
    expect(await until('over')).toMatchObject({ state: 'done', message: 'The adapter is live.' })
    expect(await trainerNotes(notes)).toHaveLength(1)
  })

  test('that is cancelled ends its trainer and leaves nothing', async () => {
    const notes = join(data, 'notes')
    const trainings = await start({ script: { steps: 10_000, stepMs: 20, notes }, engine: good() })
    await trainings.enqueue(asked)
    await untilCheckpoint()
    expect(await trainings.cancel(key)).toBe(true)
    expect((await kept.job(key))?.status.state).toBe('cancelled')
    expect(await files('trainings')).toEqual([])
    const [note] = await trainerNotes(notes)
    expect(note?.pid).toBeGreaterThan(0)
    expect(existsSync(`/proc/${note?.pid}/cmdline`)).toBe(false)
  })

  test('goes on from its checkpoint when its server is back', async () => {
    const notes = join(data, 'notes')
    const first = await start({ script: { steps: 10_000, stepMs: 20, notes }, engine: good() })
    await first.enqueue(asked)
    await untilCheckpoint()
    await first[Symbol.asyncDispose]()
    expect((await kept.job(key))?.status).toMatchObject({ state: 'queued' })
    expect(await files('trainings')).toHaveLength(1)
    await start({ script: { steps: 12, notes }, engine: good() })
    expect(await until('over')).toMatchObject({ state: 'done' })
    const [one, other] = await trainerNotes(notes)
    expect(other?.first).toBeGreaterThan(0)
    expect(other?.samples).toBe(one?.samples)
  })

  test('on a server without the model is decided by the server that has it', async () => {
    const model = await start({ script: null, engine: good() })
    await model.enqueue(asked)
    await start({ engine: null })
    expect(await until('done')).toMatchObject({
      message: expect.stringContaining('the server with the model'),
    })
    expect(await states()).toEqual(['candidate'])
    expect((await kept.texts(key)).silences).not.toEqual([])
    model.versionsChanged()
    const deadline = Date.now() + 30_000
    while ((await states())[0] === 'candidate' && Date.now() < deadline) await sleep(50)
    expect(await states()).toEqual(['live'])
    expect((await kept.texts(key)).silences).toEqual([])
  })
})

describe('the adapters of an engine', () => {
  async function trained(engine: AdaptingEngine): Promise<{ trainings: KeptTrainings; hash: string }> {
    const trainings = await start({ engine })
    await trainings.enqueue(asked)
    await until('done')
    return { trainings, hash: (await kept.versions(key))[0]?.hash ?? '' }
  }
  async function roundAfter(trainings: KeptTrainings): Promise<KeptLoaded> {
    const before = rounds.length
    trainings.versionsChanged()
    const deadline = Date.now() + 20_000
    while (rounds.length === before && Date.now() < deadline) await sleep(20)
    const round = rounds.at(-1)
    if (round === undefined) throw new Error('there was no round')
    return round
  }

  test('are loaded again after it started again, and at the start of a server', async () => {
    const engine = good()
    const { trainings } = await trained(engine)
    const names = [...engine.loaded.keys()]
    engine.restart()
    expect(await roundAfter(trainings)).toMatchObject({ loaded: names })
    const another = good()
    await start({ script: null, engine: another })
    expect([...another.loaded.keys()]).toEqual(names)
  })

  test('are never those of another base model', async () => {
    await trained(good())
    const another = createAdaptingEngine({ answer: answersOf('good'), modelHash: 'e'.repeat(64) })
    await start({ script: null, engine: another })
    expect(another.loaded.size).toBe(0)
  })

  test('are told as damaged when their files are, and stay out', async () => {
    const engine = good()
    const { trainings, hash } = await trained(engine)
    await writeFile(join(data, 'adapters', hash, 'adapter.gguf'), 'cut')
    engine.restart()
    expect((await roundAfter(trainings)).damaged).toHaveLength(1)
    expect(engine.loaded.size).toBe(0)
    expect(await states()).toEqual(['live'])
  })

  test('go when their version does, and those of others stay', async () => {
    const engine = good()
    const { trainings } = await trained(engine)
    await engine.adapters.load({ name: 'a-000000000000', directory: '/elsewhere' })
    const [version] = await kept.versions(key)
    await kept.setVersionState(key, version?.name ?? '', 'retired')
    expect((await roundAfter(trainings)).unloaded).toEqual([version?.name])
    expect([...engine.loaded.keys()]).toEqual(['a-000000000000'])
  })

  test('leave the engine and the disk when their persona is forgotten', async () => {
    const engine = good()
    const { trainings, hash } = await trained(engine)
    expect(await files('adapters')).toEqual([hash])
    await kept.forget(key)
    await trainings.forgetFiles([hash])
    expect(await files('adapters')).toEqual([])
    expect(engine.loaded.size).toBe(0)
  })

  test('leave the disk at the next start where the server was killed while it forgot their persona', async () => {
    const { trainings, hash } = await trained(good())
    await trainings[Symbol.asyncDispose]()
    await kept.forget(key)
    expect(await files('adapters')).toEqual([hash])
    await start({ script: null })
    expect(await files('adapters')).toEqual([])
    expect(await kept.leftovers()).toEqual([])
  })
})
