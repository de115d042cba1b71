import { join } from 'node:path'
import { AdapterSet, expectAdapterName } from '../adapter-set.ts'
import { type AdapterFiles, type EngineAdapters, EngineError } from '../engine.ts'
import type { AdapterFile } from './messages.ts'
import type { ModelProcess } from './model-process.ts'

interface LlamaAdapters extends EngineAdapters {
  /** Calls with the file of the adapter, or without one where no name is given. */
  call<Result>(
    name: string | undefined,
    work: (part: { readonly adapter?: AdapterFile }) => Promise<Result>,
  ): Promise<Result>
}

/**
 * The adapters of the embedded engine. The process of the model opens each with the first call that names it, so one
 * that started again, or that closed an adapter for another, needs no telling.
 */
export function llamaAdapters(process: ModelProcess): LlamaAdapters {
  const set = new AdapterSet()
  return {
    async load(adapter) {
      expectAdapterName(adapter.name)
      const known = set.get(adapter.name)
      if (known === undefined) {
        await process.call({ type: 'open-adapter', adapter: fileOf(adapter) })
        set.add(adapter)
      } else if (known.directory !== adapter.directory) {
        throw new EngineError(
          'rejected',
          'Another adapter of this name is loaded: names are never used twice.',
        )
      }
    },
    async unload(name) {
      const adapter = set.get(name)
      await set.remove(name)
      // A process that does not run holds nothing.
      if (adapter === undefined || process.health.state !== 'ready') return
      await process.call({ type: 'close-adapter', adapter: fileOf(adapter) }).catch(ignoreLoss)
    },
    list: async () => set.names,
    call: async (name, work) =>
      name === undefined
        ? await work({})
        : await set.use(name, async (adapter) => await work({ adapter: fileOf(adapter) })),
  }
}

const fileOf = ({ name, directory }: AdapterFiles): AdapterFile => ({
  name,
  file: join(directory, 'adapter.gguf'),
})

/** With its process an adapter is gone as well. */
function ignoreLoss(error: unknown): void {
  if (error instanceof EngineError && (error.code === 'crashed' || error.code === 'unavailable')) return
  throw error
}
