import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FairQueue } from '../../../runner/model-server/src/admission/fair-queue.ts'

/** Work that is done when told. */
function workOf(owner: number, started: number[]) {
  const done = Promise.withResolvers<void>()
  return {
    work: () => {
      started.push(owner)
      return done.promise
    },
    finish: () => done.resolve(),
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('the queue', () => {
  test('gives every owner its turn, however many another one has waiting', async () => {
    const queue = new FairQueue({ slots: 1, limit: 12 })
    const started: number[] = []
    const works = [1, 1, 1, 1, 2, 3].map((owner) => ({ owner, ...workOf(owner, started) }))
    for (const { owner, work } of works) expect(queue.enter(owner, work)).toBeDefined()
    for (const owner of [1, 1, 2, 3, 1, 1]) {
      works.find((each) => each.owner === owner)?.finish()
      works.splice(
        works.findIndex((each) => each.owner === owner),
        1,
      )
      await settle()
    }
    expect(started).toEqual([1, 1, 2, 3, 1, 1])
  })

  test('lets no owner take more than half of the places', async () => {
    const queue = new FairQueue({ slots: 1, limit: 4 })
    const started: number[] = []
    const enter = (owner: number) => queue.enter(owner, workOf(owner, started).work) !== undefined
    expect([1, 1, 1, 1].map(enter)).toEqual([true, true, true, false])
    expect([2, 3, 4].map(enter)).toEqual([true, true, false])
  })

  test('lets what a person asked for go first, and still gives every owner its turn', async () => {
    const queue = new FairQueue({ slots: 1, limit: 20 })
    const started: string[] = []
    const enter = (owner: number, name: string, isAsked: boolean) =>
      queue.enter(owner, async () => void started.push(name), isAsked)?.ahead
    const running = Promise.withResolvers<void>()
    queue.enter(9, () => running.promise)
    expect([enter(1, 'push 1', false), enter(1, 'again 1', false), enter(2, 'push 2', false)]).toEqual([
      0, 1, 2,
    ])
    expect([enter(1, 'asked 1', true), enter(1, 'twice 1', true), enter(2, 'asked 2', true)]).toEqual([
      0, 1, 2,
    ])
    expect([queue.queued, queue.aheadOf(true), queue.aheadOf(false)]).toEqual([6, 3, 6])
    running.resolve()
    while (queue.running > 0) await settle()
    expect(started).toEqual(['asked 1', 'asked 2', 'twice 1', 'push 2', 'push 1', 'again 1'])
  })

  test('counts what was asked for and what was not against one share', () => {
    const queue = new FairQueue({ slots: 1, limit: 4 })
    const enter = (isAsked: boolean) => queue.enter(1, () => new Promise(() => {}), isAsked) !== undefined
    expect([false, true, false, true, false].map(enter)).toEqual([true, true, true, false, false])
  })

  test('forgets what was cancelled while it waited', async () => {
    const queue = new FairQueue({ slots: 1, limit: 4 })
    const started: number[] = []
    const first = workOf(1, started)
    queue.enter(1, first.work)
    const cancelled = queue.enter(2, workOf(2, started).work)
    queue.enter(3, workOf(3, started).work)
    cancelled?.cancel()
    cancelled?.cancel()
    expect(queue.queued).toBe(1)
    first.finish()
    await settle()
    expect(started).toEqual([1, 3])
  })

  test('never runs more than its slots, runs everything it let in once, and ends empty', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 8 }),
        fc.array(
          fc.record({ owner: fc.integer({ min: 1, max: 4 }), cancel: fc.boolean(), isAsked: fc.boolean() }),
          {
            maxLength: 30,
          },
        ),
        async (slots, limit, arrivals) => {
          const queue = new FairQueue({ slots, limit })
          const ran: number[] = []
          let [running, most, entered, removed] = [0, 0, 0, 0]
          for (const [index, { owner, cancel, isAsked }] of arrivals.entries()) {
            const ticket = queue.enter(
              owner,
              async () => {
                running += 1
                most = Math.max(most, running)
                await settle()
                running -= 1
                ran.push(index)
              },
              isAsked,
            )
            if (ticket === undefined) continue
            entered += 1
            const before = queue.queued
            if (cancel) ticket.cancel()
            removed += before - queue.queued
          }
          while (queue.running > 0) await settle()
          expect(most).toBeLessThanOrEqual(slots)
          expect(new Set(ran).size).toBe(ran.length)
          expect(ran.length).toBe(entered - removed)
          expect(queue.queued).toBe(0)
        },
      ),
      { numRuns: 100 },
    )
  })
})
