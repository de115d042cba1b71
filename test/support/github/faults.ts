import type { Json } from './json.ts'

/**
 * What goes wrong with a matching request. `store-then-…` does the work first and loses the answer;
 * `before` runs something between the request's arrival and its handling, such as a push.
 */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Json }
  | 'drop'
  | 'store-then-502'
  | 'store-then-422'
  | 'store-then-drop'
  | { readonly delayMs: number }
  | { readonly before: () => Promise<unknown> }

export interface Injection {
  readonly method?: string
  /** Of the path alone, without the query. */
  readonly path: RegExp
  /** Of the body as it was sent; any unless told. */
  readonly body?: RegExp
  /** How often it strikes; once unless told. */
  readonly times?: number
  /** How many matching requests pass unharmed first. */
  readonly skip?: number
  readonly fault: Fault
}

/** GitHub's secondary limit in its own words. */
export function secondaryLimit(retryAfterSeconds: number, status: 403 | 429 = 403): Fault {
  return {
    status,
    headers: { 'retry-after': String(retryAfterSeconds) },
    body: {
      message:
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. ' +
        'If you reach out to GitHub Support for help, please include the request ID.',
      documentation_url: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
    },
  }
}

/** The injections that still wait, in the order they were made. */
export class Faults {
  /** How often one has struck. */
  struck = 0
  readonly #waiting: { injection: Injection; skip: number; left: number }[] = []

  add(injection: Injection): void {
    this.#waiting.push({ injection, skip: injection.skip ?? 0, left: injection.times ?? 1 })
  }

  clear(): void {
    this.#waiting.length = 0
  }

  /** The fault that strikes this request, or null. */
  strike(arrived: { readonly method: string; readonly path: string; readonly body: string }): Fault | null {
    for (const waiting of this.#waiting) {
      const { injection } = waiting
      const isMeant =
        (injection.method ?? arrived.method) === arrived.method &&
        injection.path.test(arrived.path) &&
        (injection.body?.test(arrived.body) ?? true)
      if (!isMeant || waiting.left === 0) continue
      if (waiting.skip > 0) {
        waiting.skip -= 1
        continue
      }
      waiting.left -= 1
      this.struck += 1
      return injection.fault
    }
    return null
  }
}
