import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { Engine } from '../../engine/engine.ts'
import { ProblemError } from '../../problems.ts'
import { keyText, type PersonaKey } from '../persona-key.ts'
import type { PersonaStore, StoredVersion, TrainingJob } from '../persona-store.ts'
import type { Trainings } from '../personas.ts'
import { adapterName } from '../registry/adapter-files.ts'
import type { KeptLoaded } from '../registry/loaded-adapters.ts'
import type { Registry } from '../registry/registry.ts'
import { removeLeftovers } from '../registry/spent-files.ts'
import { AdapterRounds } from './adapter-rounds.ts'
import { candidateTests } from './candidate-tests.ts'
import { createJobDirectories } from './job-directory.ts'
import { queueRefreshes } from './queue-refreshes.ts'
import type { TrainerCommand } from './run-trainer.ts'
import type { Settling } from './settle-candidate.ts'
import { trainAdapter } from './train-adapter.ts'
import type { TurnTaking } from './train-in-turns.ts'
import type { TrainerSettings } from './trainer-settings.ts'
import { TrainingWorker } from './training-worker.ts'

interface TrainingsOptions {
  readonly store: PersonaStore
  readonly registry: Registry
  /** Where directories of running trainings are made. */
  readonly dataDirectory: string
  /** Names this process among all that share the database. */
  readonly worker: string
  /** Null where this server does not train itself. */
  readonly trainer: (TrainerCommand & TrainerSettings) | null
  /** Whether trainings are queued at all, to be run here or elsewhere. */
  readonly isTraining: boolean
  readonly onTrained: (job: TrainingJob, outcome: string) => void
  readonly onRound: (kept: KeptLoaded) => void
  readonly onFailure: (error: unknown) => void
}

/** Where an engine is there, and whether the trainer takes turns with it. */
interface Started {
  readonly engine: Engine | null
  readonly turnTaking: TurnTaking | null
}

const refreshEveryMs = 3_600_000

/** The trainings of this server and the adapters that come of them. It begins with `start`. */
export class KeptTrainings implements Trainings, AsyncDisposable {
  readonly #options: TrainingsOptions
  readonly #changes = new EventEmitter().setMaxListeners(0)
  readonly #running = new AsyncDisposableStack()
  #engine: Engine | null = null
  #rounds: AdapterRounds | null = null
  #worker: TrainingWorker | null = null

  constructor(options: TrainingsOptions) {
    this.#options = options
  }

  /** Loads the adapters that serve, and takes trainings where this server trains. Resolves once they are loaded. */
  async start({ engine, turnTaking }: Started): Promise<void> {
    const { trainer } = this.#options
    this.#engine = engine
    if (engine?.adapters !== undefined) this.#rounds = this.#running.use(this.#startRounds(engine))
    if (trainer !== null) this.#worker = this.#running.use(this.#startWorker(trainer, turnTaking))
    if (engine?.adapters !== undefined && this.#options.isTraining) this.#startRefreshing()
    // What a server that was killed while it forgot somebody has left.
    await this.forgetFiles([]).catch(this.#options.onFailure)
    await this.#rounds?.started
  }

  canServe(): boolean {
    return this.#engine === null || this.#engine.adapters !== undefined
  }

  baseModel(): string | null {
    return this.#engine?.description.modelHash ?? null
  }

  async enqueue(
    asked: Pick<TrainingJob, 'key' | 'repositoryId' | 'personId' | 'force'>,
  ): Promise<TrainingJob> {
    const baseModel = this.baseModel()
    if (baseModel === null) throw new ProblemError('engine-unavailable')
    const job = await this.#options.store.enqueue({ ...asked, baseModel })
    this.#changed(asked.key)
    this.#worker?.poke()
    return job
  }

  async cancel(key: PersonaKey): Promise<boolean> {
    const { store } = this.#options
    const job = await store.job(key)
    const isCancelled = await store.cancelJob(key)
    if (job !== null) await this.#worker?.stop(job.id)
    this.#changed(key)
    return isCancelled
  }

  onChange(key: PersonaKey, listener: () => void): () => void {
    const name = keyText(key)
    this.#changes.on(name, listener)
    return () => this.#changes.off(name, listener)
  }

  /** Unloads adapters that nobody has any more and removes their files. */
  async forgetFiles(hashes: readonly string[]): Promise<void> {
    // What an engine cannot be asked now, its next round takes out.
    await this.#rounds?.drop(hashes.map(adapterName)).catch(this.#options.onFailure)
    const { registry, store } = this.#options
    await removeLeftovers({ store, registry }, (error) => {
      throw error
    })
  }

  /** What serves has changed: the engine follows at once. */
  versionsChanged(): void {
    this.#rounds?.poke()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running.disposeAsync()
  }

  #changed(key: PersonaKey): void {
    this.#changes.emit(keyText(key))
  }

  #startRefreshing(): void {
    const { store, onFailure } = this.#options
    const refresh = () => queueRefreshes(store, this).catch(onFailure)
    const timer = setInterval(refresh, refreshEveryMs).unref()
    this.#running.defer(() => clearInterval(timer))
  }

  #startRounds(engine: Engine): AdapterRounds {
    const { adapters } = engine
    if (adapters === undefined) throw new RangeError('The engine takes no adapters.')
    const { store, registry, onRound, onFailure } = this.#options
    const tests = candidateTests({ engine, store })
    return new AdapterRounds({ store, registry, engine, adapters, tests, onRound, onFailure })
  }

  #startWorker(trainer: TrainerCommand & TrainerSettings, turnTaking: TurnTaking | null): TrainingWorker {
    const { store, registry, dataDirectory, worker, onTrained, onFailure } = this.#options
    const directories = createJobDirectories(join(dataDirectory, 'trainings'))
    const contextTokens = () => this.#engine?.description.contextTokens ?? null
    return new TrainingWorker({
      store,
      id: worker,
      baseModel: () => this.baseModel(),
      directories,
      train: (job, running) =>
        trainAdapter(job, { store, registry, directories, trainer, contextTokens, turnTaking }, running),
      settle: (version, running) => this.#settle(version, running),
      onChange: (key) => this.#changed(key),
      onEnd: onTrained,
      onFailure,
    })
  }

  /** Null where another server, or this one once its model and its database answer again, decides. */
  async #settle(version: StoredVersion, running: Settling): Promise<string | null> {
    if (this.#rounds === null || this.baseModel() !== version.baseModel) return null
    try {
      return await this.#rounds.settle(version, running)
    } catch (error) {
      if (running.signal.aborted) throw error
      this.#options.onFailure(error)
      return null
    }
  }
}
