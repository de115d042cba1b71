import type { Engine, EngineAdapters } from '../../engine/engine.ts'
import type { PersonaStore, StoredVersion } from '../persona-store.ts'
import { type KeptLoaded, LoadedAdapters } from '../registry/loaded-adapters.ts'
import type { Registry } from '../registry/registry.ts'
import { removeSpent } from '../registry/spent-files.ts'
import { Pause } from './pause.ts'
import { type CandidateTests, type SettleParts, type Settling, settleCandidate } from './settle-candidate.ts'

const everyMs = 60_000

interface AdapterRoundsOptions {
  readonly store: PersonaStore
  readonly registry: Registry
  readonly engine: Engine
  readonly adapters: EngineAdapters
  readonly tests: CandidateTests
  readonly onRound: (kept: KeptLoaded) => void
  readonly onFailure: (error: unknown) => void
}

/**
 * Keeps an engine's adapters in line with what the store says, and decides what becomes of candidates that were trained
 * elsewhere: at once, and every minute until disposal.
 */
export class AdapterRounds implements AsyncDisposable {
  readonly #options: AdapterRoundsOptions
  readonly #loaded = new LoadedAdapters()
  readonly #stopping = new AbortController()
  readonly #settling = new Set<string>()
  readonly #pause = new Pause()
  readonly #ended: Promise<void>
  /** Resolves after the first round. */
  readonly started: Promise<void>

  constructor(options: AdapterRoundsOptions) {
    this.#options = options
    this.started = this.#round()
    this.#ended = this.#work()
  }

  /** As {@link settleCandidate}; null for one that is being decided on already. */
  async settle(version: StoredVersion, running: Settling): Promise<string | null> {
    if (this.#settling.has(version.name)) return null
    this.#settling.add(version.name)
    this.#loaded.own(version.name)
    try {
      return await settleCandidate(version, this.#settleParts(), running)
    } finally {
      this.#settling.delete(version.name)
      await this.#attempt(() => this.#removeSpent())
    }
  }

  /** Begins the next round at once: what serves has changed. */
  poke(): void {
    this.#pause.cutShort()
  }

  /** Takes adapters out that nobody has any more. */
  async drop(names: readonly string[]): Promise<void> {
    for (const name of names) await this.#loaded.drop(this.#options.adapters, name)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    await this.#ended
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping
    await this.started
    for (;;) {
      await this.#pause.take(everyMs, signal)
      if (signal.aborted) return
      await this.#round()
    }
  }

  async #round(): Promise<void> {
    const { store, engine, tests, onRound } = this.#options
    const { signal } = this.#stopping
    const baseModel = engine.description.modelHash
    await this.#attempt(async () => {
      const probe = (version: StoredVersion) => tests.probe(version, null, signal)
      const parts = { ...this.#options, baseModel, probe, held: this.#settling }
      onRound(await this.#loaded.bringInLine(parts, signal))
    })
    await this.#attempt(async () => {
      const waiting = await store.waitingVersions(baseModel)
      for (const version of waiting) await this.#attempt(() => this.#decide(version))
    })
    await this.#attempt(() => this.#removeSpent())
  }

  /** What keeps one adapter from its place keeps no other: the next round tries again. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping
    if (signal.aborted) return
    try {
      await work()
    } catch (error) {
      if (!signal.aborted) this.#options.onFailure(error)
    }
  }

  async #decide(version: StoredVersion): Promise<void> {
    const { signal } = this.#stopping
    // Whoever decides on it still needs the texts.
    if ((await this.settle(version, { signal, tell: () => {} })) === null) return
    await this.#options.store.dropTrainingTexts(version.key)
  }

  async #removeSpent(): Promise<void> {
    const { engine, adapters } = this.#options
    const baseModel = engine.description.modelHash
    const drop = (name: string) => this.#loaded.drop(adapters, name)
    await removeSpent({ ...this.#options, baseModel, drop, held: this.#settling })
  }

  #settleParts(): SettleParts {
    const { store, registry, adapters, tests, engine } = this.#options
    return { store, registry, adapters, tests, contextTokens: engine.description.contextTokens }
  }
}
