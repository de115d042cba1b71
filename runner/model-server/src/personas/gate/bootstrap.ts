import { seededNumbers } from './seeded-numbers.ts'

/** A figure and the interval that holds 95 % of its values over redrawn samples. */
export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

const draws = 1000

/**
 * The statistic over all items, and its 95 % interval over 1,000 samples redrawn by group (a pull request: what was said
 * on one hangs together). Deterministic.
 */
export function bootstrap<Item>(
  items: readonly Item[],
  groupOf: (item: Item) => number,
  statistic: (items: readonly Item[]) => number,
): Interval {
  const value = statistic(items)
  const groups = [...Map.groupBy(items, groupOf).values()]
  const random = seededNumbers(1)
  const values: number[] = []
  for (let draw = 0; draw < draws; draw++) {
    const drawn = groups.flatMap(() => groups[Math.floor(random() * groups.length)] ?? [])
    values.push(statistic(drawn))
  }
  values.sort((a, b) => a - b)
  const at = (share: number) =>
    values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? value
  return { value, low: at(0.025), high: at(0.975) }
}
