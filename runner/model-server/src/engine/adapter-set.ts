import { type AdapterFiles, EngineError } from './engine.ts'

interface Held {
  readonly adapter: AdapterFiles
  calls: number
  readonly idle: PromiseWithResolvers<void>
}

/** The adapters that a driver was asked to hold, and how many calls each has under way. */
export class AdapterSet {
  readonly #held = new Map<string, Held>()

  get names(): readonly string[] {
    return [...this.#held.keys()]
  }

  get(name: string): AdapterFiles | undefined {
    return this.#held.get(name)?.adapter
  }

  add(adapter: AdapterFiles): void {
    if (this.#held.has(adapter.name)) return
    this.#held.set(adapter.name, { adapter, calls: 0, idle: Promise.withResolvers<void>() })
  }

  /** Refuses further calls and returns when those under way have ended. */
  async remove(name: string): Promise<void> {
    const held = this.#held.get(name)
    this.#held.delete(name)
    if (held !== undefined && held.calls > 0) await held.idle.promise
  }

  /** Throws an EngineError `rejected` where the adapter is not held. */
  async use<Result>(name: string, call: (adapter: AdapterFiles) => Promise<Result>): Promise<Result> {
    const held = this.#held.get(name)
    if (held === undefined) {
      throw new EngineError('rejected', `The adapter ${adapterName(name)} is not loaded: load it first.`)
    }
    held.calls++
    try {
      return await call(held.adapter)
    } finally {
      held.calls--
      if (held.calls === 0 && this.#held.get(name) !== held) held.idle.resolve()
    }
  }
}

const validName = /^[A-Za-z0-9][\w.-]{0,63}$/

/** The name where it is one; anything else may be text of anybody. */
function adapterName(name: string): string {
  return validName.test(name) ? name : 'asked for'
}

/** Throws an EngineError `rejected` for a name that an engine or a log might take for something else. */
export function expectAdapterName(name: string): void {
  if (validName.test(name)) return
  throw new EngineError(
    'rejected',
    'The name of an adapter consists of up to 64 letters, digits, dots, dashes and underscores.',
  )
}
