import { setTimeout as sleep } from 'node:timers/promises'

/** The rest between two rounds of work. */
export class Pause {
  #cutShort = new AbortController()

  /** The next round begins at once, also where the one before it is under way still. */
  cutShort(): void {
    this.#cutShort.abort()
  }

  /** Resolves after `ms`, at once when it is cut short or was since the last time, or when `stopping` fires. */
  async take(ms: number, stopping: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { signal: AbortSignal.any([stopping, this.#cutShort.signal]) }).catch(() => {})
    this.#cutShort = new AbortController()
  }
}
