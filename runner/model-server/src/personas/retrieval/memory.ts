import type { PastComment } from '@ai-review/protocol/persona'
import type { Engine } from '../../engine/engine.ts'
import { createCopyFinder } from '../copied-spans.ts'
import type { Neighbour, PersonaMemory, Place } from '../voice.ts'
import { indexTerms } from './term-index.ts'
import { codeTerms, pathTerms, wordTerms } from './terms.ts'

/** Share of each sign in the nearness of a place without a remark, and with one. */
const weights = {
  silent: { code: 0.7, mention: 0.15, path: 0.15, remark: 0 },
  spoken: { code: 0.4, mention: 0, path: 0.1, remark: 0.5 },
} as const

export interface MemoryOptions {
  /** The repository of the comments: what was said on the same pull request of it is never an example. */
  readonly repositoryId: number
  /** Absent: by terms alone. */
  readonly embed?: Engine['embed']
  /** Nearness below which a comment is no neighbour. */
  readonly threshold?: number
}

export const nearnessThreshold = 0.2

/** Lines of a past comment's hunk that it was about: the last ones, as hunks end on the commented line. */
const tailLines = 8

export function tailOf(hunk: string): string {
  return hunk.trimEnd().split('\n').slice(-tailLines).join('\n')
}

export function createMemory(comments: readonly PastComment[], options: MemoryOptions): PersonaMemory {
  const threshold = options.threshold ?? nearnessThreshold
  const code = indexTerms(comments.map(({ hunk }) => codeTerms(tailOf(hunk))))
  const body = indexTerms(comments.map((comment) => wordTerms(comment.body)))
  const path = indexTerms(comments.map((comment) => pathTerms(comment.path)))
  const nearnesses = (place: Place): Float64Array => {
    const weight = place.remark === undefined ? weights.silent : weights.spoken
    const byCode = code.shares(codeTerms(place.code))
    const byMention = body.shares(wordTerms(place.code))
    const byPath = path.shares(pathTerms(place.path))
    const byRemark = body.shares(wordTerms(place.remark ?? ''))
    return byCode.map(
      (share, index) =>
        share * weight.code +
        (byMention[index] ?? 0) * weight.mention +
        (byPath[index] ?? 0) * weight.path +
        (byRemark[index] ?? 0) * weight.remark,
    )
  }
  let copies: ReturnType<typeof createCopyFinder> | undefined
  const isOther = (comment: PastComment, place: Place) =>
    (place.repositoryId !== options.repositoryId || comment.pullRequest !== place.pullRequest) &&
    (place.before === undefined || Date.parse(comment.at) < Date.parse(place.before))
  return {
    size: comments.length,
    isCopied: (text) => {
      copies ??= createCopyFinder(comments.map((comment) => comment.body))
      return copies.isCopied(text)
    },
    near: async (place, most) => {
      const nearness = nearnesses(place)
      const found: Neighbour[] = comments
        .map((comment, index) => ({ comment, nearness: nearness[index] ?? 0 }))
        .filter(({ comment, nearness }) => nearness >= threshold && isOther(comment, place))
      return found.toSorted((a, b) => b.nearness - a.nearness).slice(0, most)
    },
  }
}
