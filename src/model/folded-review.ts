import { ReviewEvent } from '@ai-review/protocol/event'
import type { Finding } from '@ai-review/protocol/finding'
import type { Problem } from '@ai-review/protocol/problem'
import type { Accepted, Done, Progress, ReviewResult } from '@ai-review/protocol/review'
import { answerInvalid } from './server-errors.ts'

/** More findings than any review has: a server that goes on is broken. */
const findingLimit = 20_000
const knownEvents = new Set<string>(ReviewEvent.options.map((option) => option.shape.event.value))

export interface StreamMessage {
  readonly id?: string | undefined
  readonly event?: string | undefined
  readonly data: string
}

/** A review's events put together, over as many connections as it takes. */
export class FoldedReview {
  readonly #onProgress: (progress: Progress) => void
  #accepted: Accepted | undefined
  #findings: Finding[] = []
  #done: Done | undefined
  #lastEventId = 0
  #furthest = 0

  constructor(onProgress: (progress: Progress) => void) {
    this.#onProgress = onProgress
  }

  get id(): string | undefined {
    return this.#accepted?.id
  }

  /** Place of the last event in the stream; 0 before the first. */
  get lastEventId(): number {
    return this.#lastEventId
  }

  /** The most events that were ever received, restarts or not. */
  get furthest(): number {
    return this.#furthest
  }

  get result(): ReviewResult | undefined {
    if (this.#accepted === undefined || this.#done === undefined) return undefined
    return { accepted: this.#accepted, findings: this.#findings, done: this.#done }
  }

  /** Forgets everything: the review is over or unknown at the server, and begins anew. */
  restart(): void {
    this.#accepted = undefined
    this.#findings = []
    this.#lastEventId = 0
  }

  /**
   * Takes the next event in. Events of a later version are passed over, and so are repeated ones. Returns the problem
   * if the review ended with one. Throws `server-answer-invalid` for a gap or for data that does not fit.
   */
  add(message: StreamMessage): Problem | undefined {
    const id = /^\d{1,9}$/.test(message.id ?? '') ? Number(message.id) : Number.NaN
    if (id <= this.#lastEventId) return undefined
    if (id !== this.#lastEventId + 1) throw answerInvalid('an event is missing from its stream')
    this.#lastEventId = id
    this.#furthest = Math.max(this.#furthest, id)
    if (!knownEvents.has(message.event ?? '')) return undefined
    return this.#apply(parseEvent(message))
  }

  #apply(event: ReviewEvent): Problem | undefined {
    if (event.event !== 'accepted' && event.event !== 'problem' && this.#accepted === undefined) {
      throw answerInvalid('its stream does not begin with the acceptance of the review')
    }
    switch (event.event) {
      case 'accepted':
        this.#accepted = event.data
        if (event.data.queue > 0) this.#onProgress({ stage: 'queued', done: 0, total: event.data.queue })
        return undefined
      case 'progress':
        this.#onProgress(event.data)
        return undefined
      case 'finding':
        if (this.#findings.length >= findingLimit) throw answerInvalid(`it has over ${findingLimit} findings`)
        this.#findings.push(event.data)
        return undefined
      case 'done':
        this.#done = event.data
        return undefined
      case 'problem':
        return event.data
    }
  }
}

function parseEvent({ event, data }: StreamMessage): ReviewEvent {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    throw answerInvalid('an event does not hold JSON')
  }
  const parsed = ReviewEvent.safeParse({ event, data: value })
  if (!parsed.success) throw answerInvalid('an event does not fit the contract')
  return parsed.data
}
