import type { Consent } from '@ai-review/protocol/persona'
import type { HistoryPiece, ReviewerHistory } from '../../../src/roles.ts'
import { aPastComment } from './past-comment.ts'

export interface HistoryParts {
  /** Comments that the host holds of the person. */
  readonly comments?: number
  /** The accounts of the host, by login in lower case. */
  readonly accounts?: Readonly<Record<string, { readonly id: number; readonly login: string }>>
  /** The person's own commit that put them into the policy. */
  readonly ownCommit?: Consent
  /** What stops the first reading, and after how many pieces. */
  readonly stopAfter?: { readonly pieces: number; readonly error: Error }
  /** Runs before each piece, which waits for it. */
  readonly onPiece?: () => unknown
}

const pieceSize = 10

/** A host with one reviewer's history in memory; what it is asked goes to `calls`. */
export function memoryHistory(parts: HistoryParts, calls: string[]): ReviewerHistory {
  const known = parts.accounts ?? { maintainer: { id: 2, login: 'maintainer' } }
  let stop = parts.stopAfter
  const beforePiece = async (count: number) => {
    await parts.onPiece?.()
    const { error } = stop !== undefined && count >= stop.pieces ? stop : {}
    if (error === undefined) return
    stop = undefined
    throw error
  }
  return {
    async account(login) {
      calls.push('account')
      return known[login.toLowerCase()] ?? null
    },
    async ownCommit(_, { lists }) {
      calls.push('own commit')
      const isListed = lists('personas:\n  - login: MAINTAINER\n') && !lists('')
      return isListed ? (parts.ownCommit ?? null) : null
    },
    async *read(_, cursor) {
      calls.push(`read from "${cursor}"`)
      const all = parts.comments ?? 30
      let pieces = 0
      for (let at = Number(cursor); at < all; at += pieceSize) {
        await beforePiece(pieces)
        pieces += 1
        yield piece(at, Math.min(all, at + pieceSize), all)
      }
    },
  }
}

function piece(from: number, to: number, all: number): HistoryPiece {
  return {
    cursor: String(to),
    done: to === all,
    comments: Array.from({ length: to - from }, (_, index) => aPastComment({ id: from + index + 1 })),
    silences: [],
    colleagues: [],
    replies: [],
    requests: to,
    pullRequests: to,
  }
}
