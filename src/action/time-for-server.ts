import { ReviewError } from '../errors.ts'

interface Limits {
  /** Milliseconds for the whole run, from `startedAt`, a reading of the clock. */
  readonly deadlineMs: number
  readonly startedAt: number
  readonly now: number
  /** Kept back for what comes after the server's answer, though never more than a quarter of the whole. */
  readonly keptMs: number
}

const leastMs = 1000

/** Milliseconds that the model server may take. Throws `deadline` where too little is left to ask it at all. */
export function timeForServer({ deadlineMs, startedAt, now, keptMs }: Limits): number {
  const left = Math.floor(startedAt + deadlineMs - Math.min(keptMs, deadlineMs / 4) - now)
  if (left >= leastMs) return left
  throw new ReviewError('deadline', 'The deadline passed before the model server could be asked.', {
    hint: 'Raise deadline-minutes; a change is read faster from a checkout with fetch-depth: 0.',
  })
}
