import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Config } from './config.ts'
import type { Engine } from './engine/engine.ts'
import { chooseAdapter } from './personas/adapter-choice.ts'
import type { KeptPersonas } from './personas/persona-store.ts'
import { createPersonas, type Personas } from './personas/personas.ts'
import type { KeptLoaded } from './personas/registry/loaded-adapters.ts'
import { openRegistry } from './personas/registry/registry.ts'
import type { TurnTaking } from './personas/training/train-in-turns.ts'
import { KeptTrainings } from './personas/training/trainings.ts'
import { takeTurns } from './personas/training/turns.ts'
import type { Voices } from './personas/voice.ts'
import { createVoices } from './personas/voices.ts'
import { describeError } from './plugins/describe-error.ts'
import type { TrainingConfig } from './training-settings.ts'

/** Reviews wait this long for the adapters at start; after that they go on by retrieval until the adapters are there. */
const adaptersMs = 20_000

interface PersonasParts {
  readonly config: Config
  /** Null where nothing is kept: then there are none. */
  readonly store: KeptPersonas | null
  readonly log: FastifyBaseLogger
}

/** Everything about personas in one server. */
interface ComposedPersonas extends AsyncDisposable {
  readonly personas: Personas | null
  readonly voices: Voices
  /** Loads adapters and begins to train, where this server trains. Answers with the engine to be used for reviews. */
  start(engine: Engine | null): Promise<Engine | null>
}

const noPersonas: ComposedPersonas = {
  personas: null,
  voices: { find: async () => null },
  start: async (engine) => engine,
  [Symbol.asyncDispose]: async () => {},
}

/** Puts the parts of personas together over an open store. Nothing is loaded or trained before `start`. */
export async function composePersonas({ config, store, log }: PersonasParts): Promise<ComposedPersonas> {
  if (store === null) return noPersonas
  const { training } = config
  const registry = await openRegistry(config.adaptersDirectory)
  let engine: Engine | null | undefined
  const trainings = new KeptTrainings({
    store,
    registry,
    dataDirectory: config.dataDirectory,
    worker: `${hostname()}.${process.pid}.${randomBytes(4).toString('hex')}`,
    isTraining: training.kind !== 'off',
    trainer: training.kind === 'here' ? training.trainer : null,
    onTrained: ({ id }, outcome) => log.info({ training: id, outcome }, 'A training ended'),
    onRound: (kept) => tellRound(log, kept),
    onFailure: (error) => log.error(describeError(error), 'Work on personas failed; it is tried again'),
  })
  const { publicUrl } = config
  const voices = createVoices({ store, engine: () => engine ?? null, chooseAdapter, publicUrl })
  const personas = createPersonas({
    store: {
      ...store,
      setVersionState: async (...change) => {
        const isChanged = await store.setVersionState(...change)
        trainings.versionsChanged()
        return isChanged
      },
    },
    trainings: training.kind === 'off' ? null : trainings,
    servedModel: () => engine?.description.modelHash ?? null,
    hasModel: () => (engine === undefined ? undefined : engine !== null),
    publicUrl,
    onForgotten: (key) => voices.forget(key),
    // Also where nothing is trained any more.
    forgetFiles: (hashes) => trainings.forgetFiles(hashes),
  })
  return {
    personas,
    voices,
    start: async (started) => {
      const turnTaking = turnTakingOf(training, started)
      engine = turnTaking?.turns.engine ?? started
      const loaded = trainings.start({ engine: started, turnTaking })
      await Promise.race([loaded, sleep(adaptersMs, undefined, { ref: false })])
      return engine
    },
    [Symbol.asyncDispose]: () => trainings[Symbol.asyncDispose](),
  }
}

function turnTakingOf(training: TrainingConfig, engine: Engine | null): TurnTaking | null {
  if (engine === null || training.kind !== 'here' || training.turns === 'beside') return null
  return { turns: takeTurns(engine), engine, idleMs: training.idleMs }
}

/** Names of adapters are hashes: they tell nothing of whose they are. */
function tellRound(log: FastifyBaseLogger, { loaded, unloaded, ...others }: KeptLoaded): void {
  if (loaded.length + unloaded.length > 0) log.info({ loaded, unloaded }, 'Adapters were loaded and unloaded')
  const { damaged, unusable, refused } = others
  if (damaged.length > 0)
    log.warn({ damaged }, 'Adapters are gone or damaged: their personas go on by retrieval')
  if (unusable.length > 0)
    log.warn({ unusable }, 'The engine does not take adapters that it should: check its adapter settings')
  if (refused.length > 0) log.warn({ refused }, 'Adapters failed their probe and were taken out')
}
