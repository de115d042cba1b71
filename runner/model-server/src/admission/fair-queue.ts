/** Something that waits for one of the slots. `cancel` takes it out of the queue; once it runs, `cancel` does nothing. */
interface Ticket {
  /** Entries that stood before it when it joined, whoever's they are. */
  readonly ahead: number
  cancel(): void
}

interface FairQueueOptions {
  readonly slots: number
  readonly limit: number
}

interface Entry {
  readonly owner: number
  readonly work: () => Promise<void>
}

/** Entries of one standing. Owners take turns, each one's entries first come first served. */
class Line {
  /** Owners in the order of their turns: a Map keeps insertion order. */
  readonly #byOwner = new Map<number, Entry[]>()
  length = 0

  countOf(owner: number): number {
    return this.#byOwner.get(owner)?.length ?? 0
  }

  push(entry: Entry): void {
    const entries = this.#byOwner.get(entry.owner)
    if (entries === undefined) this.#byOwner.set(entry.owner, [entry])
    else entries.push(entry)
    this.length += 1
  }

  shift(): Entry | undefined {
    const [owner, entries] = this.#byOwner.entries().next().value ?? []
    const entry = entries?.shift()
    if (owner === undefined || entry === undefined) return undefined
    this.length -= 1
    this.endTurn(owner)
    return entry
  }

  /** Puts an owner who has had a turn behind the others. */
  endTurn(owner: number): void {
    const entries = this.#byOwner.get(owner)
    this.#byOwner.delete(owner)
    if (entries !== undefined && entries.length > 0) this.#byOwner.set(owner, entries)
  }

  remove(entry: Entry): void {
    const entries = this.#byOwner.get(entry.owner)
    const index = entries?.indexOf(entry) ?? -1
    if (entries === undefined || index < 0) return
    entries.splice(index, 1)
    if (entries.length === 0) this.#byOwner.delete(entry.owner)
    this.length -= 1
  }
}

/**
 * Runs at most `slots` pieces of work at once: what a person asked for first, owners in turns, and no owner may hold
 * more than half of the waiting places, so that one repository cannot starve another.
 */
export class FairQueue {
  readonly #slots: number
  readonly #limit: number
  readonly #asked = new Line()
  readonly #unasked = new Line()
  #running = 0

  constructor(options: FairQueueOptions) {
    this.#slots = options.slots
    this.#limit = options.limit
  }

  get queued(): number {
    return this.#asked.length + this.#unasked.length
  }

  get running(): number {
    return this.#running
  }

  /** How many wait that would stand before an entry that came in now. */
  aheadOf(isAsked: boolean): number {
    return isAsked ? this.#asked.length : this.queued
  }

  /** Whether work of this owner would be let in now. */
  hasRoomFor(owner: number): boolean {
    if (this.#running < this.#slots) return true
    const share = Math.max(1, Math.ceil(this.#limit / 2))
    const held = this.#asked.countOf(owner) + this.#unasked.countOf(owner)
    return this.queued < this.#limit && held < share
  }

  /**
   * Lets `work` in, or returns undefined when there is no room for it. `work` must not reject. What `isAsked`, for a
   * person waits for it, goes before all that is not.
   */
  enter(owner: number, work: () => Promise<void>, isAsked = false): Ticket | undefined {
    if (!this.hasRoomFor(owner)) return undefined
    const entry = { owner, work }
    const ahead = this.aheadOf(isAsked)
    const line = isAsked ? this.#asked : this.#unasked
    line.push(entry)
    this.#startNext()
    return { ahead, cancel: () => line.remove(entry) }
  }

  #startNext(): void {
    while (this.#running < this.#slots) {
      const entry = this.#asked.shift() ?? this.#unasked.shift()
      if (entry === undefined) return
      // A turn is a turn: who was served because someone asked does not go first among the others as well.
      this.#unasked.endTurn(entry.owner)
      this.#running += 1
      void entry.work().finally(() => {
        this.#running -= 1
        this.#startNext()
      })
    }
  }
}
