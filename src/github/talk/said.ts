import type { Ledger, Mark } from '@ai-review/protocol/seal'
import type { Earlier, EarlierThread } from '../../roles.ts'

/** A text on a pull request. `isOurs`: this run's own account wrote it, as far as the host tells. */
export interface Remark {
  readonly body: string
  readonly isOurs: boolean
}

/** A thread as the host tells it; `replies` are those that may carry a mark. */
export interface SaidThread extends Omit<EarlierThread, 'marks'> {
  readonly first: Remark
  readonly replies: readonly Remark[]
}

/** All that was said on a pull request, oldest first. Pending reviews are left out: nobody sees them. */
export interface Said {
  readonly threads: readonly SaidThread[]
  readonly reviews: readonly Remark[]
}

export interface Parsers {
  /** Every mark of ours in a body; whether one is genuine is the server's to say. */
  readonly parseMarks: (body: string) => readonly Mark[]
  readonly parseLedgers: (text: string) => readonly Ledger[]
}

/** What of it can matter to a run, none of it believed yet. What others wrote comes first, as what comes first is cut first. */
export function earlierIn({ threads, reviews }: Said, { parseMarks, parseLedgers }: Parsers): Earlier {
  const remarks = [...threads.flatMap(({ first, replies }) => [first, ...replies]), ...reviews]
  const trustedLast = [...remarks.filter(({ isOurs }) => !isOurs), ...remarks.filter(({ isOurs }) => isOurs)]
  return {
    threads: threads.flatMap(({ first, replies: _, ...thread }) => {
      const marks = parseMarks(first.body)
      return marks.length === 0 ? [] : [{ ...thread, marks }]
    }),
    marks: oncePerSeal(trustedLast.flatMap(({ body }) => parseMarks(body))),
    ledgers: oncePerSeal(trustedLast.flatMap(({ body }) => parseLedgers(body))),
  }
}

/** The last of each seal: a text that is copied around takes no place of another. */
export function oncePerSeal<T extends { readonly seal: string }>(sealed: readonly T[]): T[] {
  return [...new Map(sealed.toReversed().map((one) => [one.seal, one])).values()].reverse()
}
