import type { PersonaStore } from '../persona-store.ts'
import { adapterName } from './adapter-files.ts'
import type { Registry } from './registry.ts'

interface LeftoverParts {
  readonly store: Pick<PersonaStore, 'leftovers' | 'removeLeftover'>
  readonly registry: Pick<Registry, 'remove'>
}

interface SpentParts extends LeftoverParts {
  readonly store: Pick<PersonaStore, 'spentAdapters' | 'giveUpFiles' | 'leftovers' | 'removeLeftover'>
  readonly baseModel: string
  /** Takes an adapter out of the engine. */
  readonly drop: (name: string) => Promise<void>
  /** Names that are loaded for another purpose: they stay. */
  readonly held: ReadonlySet<string>
  /** What keeps the files of one adapter keeps no others; the next call tries again. */
  readonly onFailure: (error: unknown) => void
}

/** Removes files of adapters that no version needs any more, once the engine has them no more. */
export async function removeSpent(parts: SpentParts): Promise<void> {
  const { store, baseModel, drop, held, onFailure } = parts
  for (const hash of await store.spentAdapters(baseModel)) {
    const name = adapterName(hash)
    if (held.has(name)) continue
    try {
      await drop(name)
      await store.giveUpFiles(hash)
    } catch (error) {
      onFailure(error)
    }
  }
  await removeLeftovers(parts, onFailure)
}

/** Removes the files of all adapters that are left over. */
export async function removeLeftovers(
  { store, registry }: LeftoverParts,
  onFailure: (error: unknown) => void,
): Promise<void> {
  for (const hash of await store.leftovers()) {
    await store.removeLeftover(hash, () => registry.remove(hash)).catch(onFailure)
  }
}
