import { type EngineAdapters, EngineError } from '../../engine/engine.ts'
import type { PersonaStore, StoredVersion } from '../persona-store.ts'
import type { Registry } from './registry.ts'

interface KeepLoadedParts {
  readonly store: Pick<PersonaStore, 'servingVersions' | 'setVersionState'>
  readonly registry: Pick<Registry, 'isWhole' | 'directoryOf'>
  readonly adapters: EngineAdapters
  readonly baseModel: string
  /** Whether a version that was just loaded does what it should. */
  readonly probe: (version: StoredVersion, signal: AbortSignal) => Promise<{ readonly passed: boolean }>
  /** Names that are loaded for another purpose: they stay. */
  readonly held: ReadonlySet<string>
  /** What keeps one adapter from being loaded keeps no other. */
  readonly onFailure: (error: unknown) => void
}

/** What was done in one round; names are content-addressed and may be logged. */
export interface KeptLoaded {
  readonly loaded: readonly string[]
  readonly unloaded: readonly string[]
  /** Files are gone or not as they were: the persona goes on by retrieval. */
  readonly damaged: readonly string[]
  /** The engine does not take them, as it is: the next round asks again. */
  readonly unusable: readonly string[]
  /** They failed their probe and are out. */
  readonly refused: readonly string[]
}

/**
 * Brings the engine's adapters in line with the versions that serve: an engine that started again has none of them, and
 * what serves no longer takes memory. Adapters that this server has not loaded are left alone.
 */
export class LoadedAdapters {
  readonly #own = new Set<string>()

  async bringInLine(parts: KeepLoadedParts, signal: AbortSignal): Promise<KeptLoaded> {
    const { store, adapters, baseModel, onFailure } = parts
    const wanted = await store.servingVersions(baseModel)
    const there = new Set(await adapters.list())
    const done = {
      loaded: [] as string[],
      damaged: [] as string[],
      unusable: [] as string[],
      refused: [] as string[],
    }
    for (const version of distinct(wanted)) {
      if (there.has(version.name)) {
        this.#own.add(version.name)
        continue
      }
      signal.throwIfAborted()
      try {
        done[await this.#load(version, parts, signal)].push(version.name)
      } catch (error) {
        signal.throwIfAborted()
        onFailure(error)
      }
    }
    const unloaded = await this.#unloadOthers(parts, new Set(wanted.map(({ name }) => name)))
    return { ...done, unloaded }
  }

  /** Counts an adapter as loaded by this server, whoever does it. */
  own(name: string): void {
    this.#own.add(name)
  }

  /** Takes an adapter out of the engine that nobody has any more. */
  async drop(adapters: EngineAdapters, name: string): Promise<void> {
    await adapters.unload(name)
    this.#own.delete(name)
  }

  /**
   * A version that passed its tests stays what it is where the engine does not take it: a folder that is not mounted, or
   * a rank that the engine was started without, is mended there.
   */
  async #load(
    version: StoredVersion,
    { registry, adapters, store, probe }: KeepLoadedParts,
    signal: AbortSignal,
  ): Promise<'loaded' | 'damaged' | 'unusable' | 'refused'> {
    const { key, name, hash } = version
    if (!(await registry.isWhole(hash))) return 'damaged'
    try {
      await adapters.load({ name, directory: registry.directoryOf(hash) })
      this.#own.add(name)
      if ((await probe(version, signal)).passed) return 'loaded'
    } catch (error) {
      // Unprobed it must not speak; what cannot be unloaded now is met by the next round.
      await this.drop(adapters, name).catch(() => {})
      if (!(error instanceof EngineError) || error.code !== 'rejected') throw error
      return 'unusable'
    }
    await this.drop(adapters, name)
    await store.setVersionState(key, name, 'failed-probe')
    return 'refused'
  }

  async #unloadOthers({ adapters, held }: KeepLoadedParts, wanted: ReadonlySet<string>): Promise<string[]> {
    const others = [...this.#own].filter((name) => !wanted.has(name) && !held.has(name))
    for (const name of others) await this.drop(adapters, name)
    return others
  }
}

/** Two personas may have come to the same adapter. */
function distinct(versions: readonly StoredVersion[]): readonly StoredVersion[] {
  return [...new Map(versions.map((version) => [version.name, version])).values()]
}
