/** Something that waits for one of the slots. `cancel` takes it out of the queue; once it runs, `cancel` does nothing. */
export interface Ticket {
  /** Entries ahead of it when it joined, whoever's they are. */
  readonly ahead: number
  cancel(): void
}

export interface FairQueueOptions {
  readonly slots: number
  readonly limit: number
}

interface Entry {
  readonly owner: number
  readonly work: () => Promise<void>
}

/**
 * Runs at most `slots` pieces of work at once. Owners take turns, each one's work first come first served,
 * and no owner may hold more than half of the waiting places, so that one repository cannot starve another.
 */
export class FairQueue {
  readonly #slots: number
  readonly #limit: number
  /** Owners in the order of their turns: a Map keeps insertion order, and an owner moves to the end when served. */
  readonly #waiting = new Map<number, Entry[]>()
  #queued = 0
  #running = 0

  constructor(options: FairQueueOptions) {
    this.#slots = options.slots
    this.#limit = options.limit
  }

  get queued(): number {
    return this.#queued
  }

  get running(): number {
    return this.#running
  }

  /** Whether work of this owner would be let in now. */
  hasRoomFor(owner: number): boolean {
    if (this.#running < this.#slots) return true
    const share = Math.max(1, Math.ceil(this.#limit / 2))
    return this.#queued < this.#limit && (this.#waiting.get(owner)?.length ?? 0) < share
  }

  /** Lets `work` in, or returns undefined when there is no room for it. `work` must not reject. */
  enter(owner: number, work: () => Promise<void>): Ticket | undefined {
    if (!this.hasRoomFor(owner)) return undefined
    const ahead = this.#queued
    const entry = { owner, work }
    const line = this.#waiting.get(owner)
    if (line === undefined) this.#waiting.set(owner, [entry])
    else line.push(entry)
    this.#queued += 1
    this.#startNext()
    return { ahead, cancel: () => this.#remove(entry) }
  }

  #startNext(): void {
    while (this.#running < this.#slots) {
      const [owner, line] = this.#waiting.entries().next().value ?? []
      const entry = line?.shift()
      if (owner === undefined || line === undefined || entry === undefined) return
      this.#waiting.delete(owner)
      if (line.length > 0) this.#waiting.set(owner, line)
      this.#queued -= 1
      this.#running += 1
      void entry.work().finally(() => {
        this.#running -= 1
        this.#startNext()
      })
    }
  }

  #remove(entry: Entry): void {
    const line = this.#waiting.get(entry.owner)
    const index = line?.indexOf(entry) ?? -1
    if (line === undefined || index < 0) return
    line.splice(index, 1)
    if (line.length === 0) this.#waiting.delete(entry.owner)
    this.#queued -= 1
  }
}
