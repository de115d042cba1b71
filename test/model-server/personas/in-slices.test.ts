import { expect, it } from 'vitest'
import { learnAttribution } from '../../../runner/model-server/src/personas/gate/attribution.ts'
import { mapInSlices } from '../../../runner/model-server/src/personas/in-slices.ts'
import { createMemory } from '../../../runner/model-server/src/personas/retrieval/memory.ts'
import { aHistory } from '../support/past-comments.ts'

/** How often others had their turn while this was done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let next = setImmediate(function count() {
    turns += 1
    next = setImmediate(count)
  })
  await work()
  clearImmediate(next)
  return turns
}

const busyFor = (milliseconds: number) => {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

it('makes something of each item in order, and gives others their turn in between', async () => {
  let made: readonly number[] = []
  const turns = await turnsDuring(async () => {
    made = await mapInSlices([1, 2, 3, 4], (item, index) => {
      busyFor(30)
      return item * 10 + index
    })
  })
  expect(made).toEqual([10, 21, 32, 43])
  expect(turns).toBeGreaterThanOrEqual(4)
})

const long = aHistory(1500).map((comment) => ({ ...comment, body: `${comment.body} `.repeat(40) }))
const bodies = long.map(({ body }) => body)

it.each([
  ['a memory is built', () => createMemory(long, { repositoryId: 7 })],
  ['an attribution is learnt', () => learnAttribution(bodies.slice(0, 150), bodies.slice(150, 300))],
])('others have their turns while %s', async (_, work) => {
  expect(await turnsDuring(work)).toBeGreaterThanOrEqual(5)
})

it('others have their turns while a memory first looks for copies', async () => {
  const memory = await createMemory(long, { repositoryId: 7 })
  expect(await turnsDuring(() => memory.isCopied(bodies[0] ?? ''))).toBeGreaterThanOrEqual(2)
})
