import { tmpdir } from 'node:os'
import { createOctokit } from '../../../src/github/client/octokit.ts'
import { createReviewerHistory } from '../../../src/github/history/reviewer-history.ts'
import { historyRules } from '../../../src/review/history/history-rules.ts'
import type { HistoryPiece, ReviewerHistory } from '../../../src/roles.ts'

export interface HistoryReading {
  readonly apiUrl: string
  readonly token: string
  /** The `.git` of a checkout; null reads over the API alone. */
  readonly gitDirectory: string | null
  readonly mostRequests?: number
}

/** A client as a fresh process makes it, which waits for nothing. */
export function octokitOf({ apiUrl, token }: Pick<HistoryReading, 'apiUrl' | 'token'>) {
  const { signal } = new AbortController()
  const pace = { timeLeft: () => 3_600_000, backoffUnitMs: 1, isPaced: false }
  return createOctokit({ apiUrl, token, signal, ...pace })
}

/** The collector of `acme/shop`, as a fresh process makes it. */
export function historyOf({ apiUrl, token, gitDirectory, mostRequests }: HistoryReading): ReviewerHistory {
  const { signal } = new AbortController()
  const octokit = octokitOf({ apiUrl, token })
  const git = { searchPath: process.env.PATH ?? '', temporary: tmpdir(), signal }
  return createReviewerHistory({
    octokit,
    repository: { owner: 'acme', name: 'shop' },
    checkout: gitDirectory === null ? null : { ...git, gitDirectory },
    rules: historyRules,
    ...(mostRequests === undefined ? {} : { mostRequests }),
  })
}

/** All that pieces told, by its numbers, as a server keeps it. */
export interface Collected {
  readonly comments: Map<number, HistoryPiece['comments'][number]>
  readonly silences: Map<string, HistoryPiece['silences'][number]>
  readonly colleagues: Map<number, HistoryPiece['colleagues'][number]>
  readonly replies: Map<number, HistoryPiece['replies'][number]>
}

export function nothingCollected(): Collected {
  return { comments: new Map(), silences: new Map(), colleagues: new Map(), replies: new Map() }
}

export function collect(into: Collected, piece: HistoryPiece): void {
  for (const one of piece.comments) into.comments.set(one.id, one)
  for (const one of piece.silences) into.silences.set(one.id, one)
  for (const one of piece.colleagues) into.colleagues.set(one.id, one)
  for (const one of piece.replies) into.replies.set(one.id, one)
}

/** As plain data in one order, to compare. */
export function sorted(collected: Collected) {
  const rows = <T extends { readonly id: number | string }>(all: Map<unknown, T>) =>
    [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    comments: rows(collected.comments),
    silences: rows(collected.silences),
    colleagues: rows(collected.colleagues),
    replies: rows(collected.replies),
  }
}
