import type { ReviewEvent } from '@ai-review/protocol/event'

/** An event with its place in the stream, from 1 without gaps: what `Last-Event-ID` counts. */
export interface StoredEvent {
  readonly id: number
  readonly event: ReviewEvent
}

/** The events of one review. Anyone may follow it from any place, any number of times; `done` and `problem` end it. */
export class EventLog {
  readonly #events: StoredEvent[] = []
  #ended = false
  #grown = Promise.withResolvers<void>()

  get events(): readonly StoredEvent[] {
    return this.#events
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Ignored once the log has ended: a cancelled review may still have something to say. */
  append(event: ReviewEvent): void {
    if (this.#ended) return
    this.#events.push({ id: this.#events.length + 1, event })
    this.#ended = event.event === 'done' || event.event === 'problem'
    this.#grown.resolve()
    this.#grown = Promise.withResolvers()
  }

  /** Events after `id`, those of the past at once, those to come as they come, until the log ends or `signal` fires. */
  async *follow(id: number, signal: AbortSignal): AsyncGenerator<StoredEvent> {
    const left = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => left.resolve(), { once: true })
    let next = id
    while (!signal.aborted) {
      const stored = this.#events[next]
      if (stored !== undefined) {
        next += 1
        yield stored
      } else if (this.#ended) {
        return
      } else {
        await Promise.race([this.#grown.promise, left.promise])
      }
    }
  }
}
