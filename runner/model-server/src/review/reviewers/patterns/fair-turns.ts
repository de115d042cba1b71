import { setImmediate as breathe } from 'node:timers/promises'

interface Waiting {
  readonly owner: object
  readonly run: () => Promise<void>
}

/** Runs the work once it is the owner's turn, and returns its result or throws its error. */
type TakeTurn = <Result>(owner: object, work: () => Promise<Result>) => Promise<Result>

/**
 * Lets one piece of work run at a time. Of the owners that wait, the one that has had the least time goes first, so
 * that one with long work takes no more than its share from the others. A newcomer starts level with them: it goes
 * soon, but cannot claim the time before it came. `now` is in milliseconds.
 */
export function createFairTurns(now: () => number = () => performance.now()): TakeTurn {
  const waiting: Waiting[] = []
  const used = new WeakMap<object, number>()
  let level = 0
  let isRunning = false

  const usedBy = (owner: object) => used.get(owner) ?? level
  const takeNext = (): Waiting | undefined => {
    const least = Math.min(...waiting.map(({ owner }) => usedBy(owner)))
    const index = waiting.findIndex(({ owner }) => usedBy(owner) === least)
    return waiting.splice(index === -1 ? waiting.length : index, 1)[0]
  }
  const runAll = async () => {
    isRunning = true
    for (let next = takeNext(); next !== undefined; next = takeNext()) {
      level = usedBy(next.owner)
      const started = now()
      await next.run()
      used.set(next.owner, level + now() - started)
      // Who was just served asks for its next turn before the others are looked at.
      await breathe()
    }
    isRunning = false
  }
  return <Result>(owner: object, work: () => Promise<Result>) => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    used.set(owner, Math.max(usedBy(owner), level))
    waiting.push({ owner, run: () => work().then(resolve, reject) })
    if (!isRunning) void runAll()
    return promise
  }
}
