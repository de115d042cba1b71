import { InsufficientMemoryError, type LlamaContext } from 'node-llama-cpp'
import { CallError } from './call-error.ts'
import { inspectAdapter } from './inspect-adapter.ts'
import type { LoadedModel } from './load-model.ts'
import type { AdapterFile } from './messages.ts'
import { releaseAdapterFile } from './release-adapter-file.ts'
import { type SequencePool, sequencePool } from './sequence-pool.ts'

/** A context in llama.cpp is bound to its adapter, so each adapter in use has one, with sequences of its own. */
interface OpenAdapter {
  readonly adapter: AdapterFile
  readonly context: LlamaContext
  readonly pool: SequencePool
  users: number
}

export interface AdapterContexts {
  /** Opens the adapter unless it is open, lends its sequences to the work and keeps it open while that lasts. */
  use<Result>(wish: AdapterWish, work: (pool: SequencePool) => Promise<Result>): Promise<Result>
  /** Waits for its users and frees its memory. */
  close(adapter: AdapterFile): Promise<void>
}

interface AdapterWish {
  readonly adapter: AdapterFile
  readonly signal: AbortSignal
}

const sequencesOfAdapter = 2

/**
 * The contexts of adapters, at most `most` at once: beyond it the one that was used longest ago makes way, and where
 * all are in use the next call waits, and later ones behind it, so that each gets its turn.
 */
export function adapterContexts(loaded: LoadedModel, most: number): AdapterContexts {
  const open = new Map<string, OpenAdapter>()
  const idle = idleBell()
  let line: Promise<unknown> = Promise.resolve()

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = line.then(work)
    line = turn.catch(() => {})
    return turn
  }
  const discard = async (entry: OpenAdapter) => {
    open.delete(entry.adapter.name)
    await entry.context.dispose()
    await releaseAdapterFile(loaded.model, entry.adapter.file)
  }
  const makeRoom = async (signal: AbortSignal) => {
    while (open.size >= most) {
      signal.throwIfAborted()
      const oldest = [...open.values()].find((entry) => entry.users === 0)
      if (oldest === undefined) await idle.next(signal)
      else await discard(oldest)
    }
  }
  const borrow = async ({ adapter, signal }: AdapterWish): Promise<OpenAdapter> => {
    signal.throwIfAborted()
    let entry = open.get(adapter.name)
    if (entry === undefined) {
      await makeRoom(signal)
      entry = await openAdapter(loaded, adapter)
    }
    // A map keeps the order of insertion: the last used comes last.
    open.delete(adapter.name)
    open.set(adapter.name, entry)
    entry.users++
    return entry
  }
  const giveBack = (entry: OpenAdapter) => {
    entry.users--
    if (entry.users === 0) idle.ring()
  }

  return {
    async use(wish, work) {
      const entry = await inTurn(() => borrow(wish))
      try {
        return await work(entry.pool)
      } finally {
        giveBack(entry)
      }
    },
    close: (adapter) =>
      inTurn(async () => {
        const entry = open.get(adapter.name)
        if (entry === undefined) return
        while (entry.users > 0) await idle.next()
        await discard(entry)
      }),
  }
}

async function openAdapter(loaded: LoadedModel, adapter: AdapterFile): Promise<OpenAdapter> {
  await inspectAdapter(adapter.file, loaded.model.fileInfo)
  const context = await openContext(loaded, adapter.file)
  return { adapter, context, pool: sequencePool(context), users: 0 }
}

/** With one sequence where the memory does not hold more. */
async function openContext(loaded: LoadedModel, lora: string): Promise<LlamaContext> {
  const { contextTokens, parallel } = loaded.facts
  for (const sequences of new Set([Math.min(sequencesOfAdapter, parallel), 1])) {
    try {
      return await loaded.openContext({ contextSize: contextTokens, sequences, lora })
    } catch (cause) {
      if (cause instanceof InsufficientMemoryError) continue
      throw new CallError('rejected', 'The adapter cannot be used: llama.cpp refuses it.', { cause })
    }
  }
  throw new CallError(
    'unavailable',
    'The memory does not hold one more adapter: lower MODEL_ADAPTERS, MODEL_CONTEXT_TOKENS or MODEL_SEQUENCES.',
  )
}

/** Wakes those who wait for an adapter to become idle. */
function idleBell() {
  let bell = Promise.withResolvers<void>()
  return {
    ring: () => {
      bell.resolve()
      bell = Promise.withResolvers<void>()
    },
    next: async (signal?: AbortSignal) => {
      if (signal === undefined) return await bell.promise
      const stopped = Promise.withResolvers<never>()
      const stop = () => stopped.reject(signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      try {
        await Promise.race([bell.promise, stopped.promise])
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
  }
}
