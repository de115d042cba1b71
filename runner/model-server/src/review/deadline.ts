import type { NotReachedReason } from '@ai-review/protocol/review'

/** Wall clock, milliseconds since the epoch. */
export type Clock = () => number

/** Work that ends at an instant or when its caller leaves, whichever is first. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Why work was cut, once the signal has fired. */
  reason(): Extract<NotReachedReason, 'deadline' | 'cancelled'>
}

/** Longest delay that a Node timer takes; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1

export function startDeadline(cancelled: AbortSignal, at: number, now: Clock): Deadline {
  const controller = new AbortController()
  const expire = () => controller.abort()
  const timer = setTimeout(expire, Math.min(Math.max(0, at - now()), longestTimerMs))
  // Not by the timer, which would let a first call slip through.
  if (cancelled.aborted || at <= now()) expire()
  else cancelled.addEventListener('abort', expire, { once: true })
  return {
    signal: controller.signal,
    at,
    reason: () => (cancelled.aborted ? 'cancelled' : 'deadline'),
    [Symbol.dispose]: () => {
      clearTimeout(timer)
      cancelled.removeEventListener('abort', expire)
    },
  }
}

/** The work's result, or `cut` when it has not come `graceMs` after the signal fired. Errors of the work pass through. */
export async function orCut<Result, Cut>(
  work: Promise<Result>,
  { signal, graceMs, cut }: { readonly signal: AbortSignal; readonly graceMs: number; readonly cut: Cut },
): Promise<Result | Cut> {
  const { promise, resolve } = Promise.withResolvers<Cut>()
  let timer: NodeJS.Timeout | undefined
  const arm = () => {
    timer = setTimeout(() => resolve(cut), graceMs)
  }
  if (signal.aborted) arm()
  else signal.addEventListener('abort', arm, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', arm)
  }
}
