import { setImmediate as breathe } from 'node:timers/promises'

/** Milliseconds for which long work may hold up everything else in the process. */
const sliceMs = 25

/** Does the work on one item after the other, and lets everything else go on before the first and in between. */
export async function inSlices<Item>(
  items: Iterable<Item>,
  work: (item: Item, index: number) => void,
): Promise<void> {
  await breathe()
  let started = performance.now()
  let index = 0
  for (const item of items) {
    work(item, index)
    index += 1
    if (performance.now() - started < sliceMs) continue
    await breathe()
    started = performance.now()
  }
}

/** What is made of each item, in the same order. */
export async function mapInSlices<Item, Made>(
  items: Iterable<Item>,
  make: (item: Item, index: number) => Made,
): Promise<Made[]> {
  const made: Made[] = []
  await inSlices(items, (item, index) => {
    made.push(make(item, index))
  })
  return made
}
