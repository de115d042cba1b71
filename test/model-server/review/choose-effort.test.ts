import { expect, it } from 'vitest'
import { chooseEffort } from '../../../runner/model-server/src/review/choose-effort.ts'

const minutes = (count: number) => count * 60_000

it.each([
  ['standard with time and no wish', { deadlineMs: minutes(10), ahead: 0, slots: 2 }, 'standard'],
  [
    'deep when asked for and there is time',
    { requested: 'deep', deadlineMs: minutes(10), ahead: 0, slots: 2 },
    'deep',
  ],
  [
    'standard when deep is asked for in a queue',
    { requested: 'deep', deadlineMs: minutes(10), ahead: 6, slots: 2 },
    'standard',
  ],
  ['quick when the queue is long', { deadlineMs: minutes(5), ahead: 20, slots: 2 }, 'quick'],
  [
    'quick when that is asked for',
    { requested: 'quick', deadlineMs: minutes(10), ahead: 0, slots: 2 },
    'quick',
  ],
  ['quick when time is short', { requested: 'deep', deadlineMs: 20_000, ahead: 0, slots: 2 }, 'quick'],
] as const)('is %s', (_, load, effort) => {
  expect(chooseEffort(load)).toBe(effort)
})
