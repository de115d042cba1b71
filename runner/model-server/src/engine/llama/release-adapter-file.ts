import type { LlamaModel } from 'node-llama-cpp'

/** node-llama-cpp keeps every adapter that it ever read, by path, until the model is disposed, and offers no way out. */
interface KeptAdapters {
  readonly _loraAdapters?: Map<string, { readonly dispose?: () => Promise<void> }>
}

/** Frees the weights of an adapter that no context uses any more. Where the library changed they stay until it ends. */
export async function releaseAdapterFile(model: LlamaModel, path: string): Promise<void> {
  const kept = (model as unknown as KeptAdapters)._loraAdapters
  const adapter = kept?.get(path)
  kept?.delete(path)
  await adapter?.dispose?.()
}
