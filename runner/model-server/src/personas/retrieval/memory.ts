import type { PastComment } from '@ai-review/protocol/persona'
import type { Engine } from '../../engine/engine.ts'
import { createCopyFinder } from '../copied-spans.ts'
import { mapInSlices } from '../in-slices.ts'
import type { Neighbour, PersonaMemory, Place } from '../voice.ts'
import { fuseRanks, type Ranked } from './fuse-ranks.ts'
import { indexSameLines } from './same-lines.ts'
import { indexNearness, tailOf } from './term-nearness.ts'
import { indexVectors } from './vector-nearness.ts'

interface MemoryOptions {
  /** The repository of the comments: what was said on the same change of it is never an example. */
  readonly repositoryId: number
  /** Texts by meaning, too; absent: by their terms alone. */
  readonly embed?: Engine['embed']
  /** In place of those that were calibrated. */
  readonly thresholds?: Thresholds
}

/** Nearness from which a comment is a neighbour: of a place by itself, and of a place with a remark. */
interface Thresholds {
  readonly silent: number
  readonly spoken: number
}

/** Calibrated on four histories by `npm run bench:persona`, which prints what other ones would let through. */
const calibrated: Thresholds = { silent: 0.3, spoken: 0.22 }

/** What tells two comments of the same words apart from two of others. */
const sayingOf = (body: string): string =>
  body
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const meaningOf = (code: string, remark: string): string => `${remark}\n${code}`.trim()

/** Those of the numbered comments that are open and near enough, nearest first. */
function rankOf(nearness: Float64Array, least: number, isOpen: (index: number) => boolean): Ranked[] {
  const found: Ranked[] = []
  nearness.forEach((one, index) => {
    if (one >= least && isOpen(index)) found.push({ index, nearness: one })
  })
  return found.sort((a, b) => b.nearness - a.nearness || a.index - b.index)
}

/** Newest first: of two that are as near, the newer is how the person writes now. */
function byAge(a: PastComment, b: PastComment): number {
  return Date.parse(b.at) - Date.parse(a.at) || b.id - a.id
}

/** What a neighbour needs: the rest of a past comment is as large as a file. */
function slim(comment: PastComment): PastComment {
  return { ...comment, hunk: tailOf(comment.hunk), context: '' }
}

/**
 * The past comments of one person, indexed for the nearest. What was said on the asked pull request itself is none, nor
 * on one that held the very same lines under another number; of comments that say the same only the nearest is one.
 */
export async function createMemory(
  all: readonly PastComment[],
  options: MemoryOptions,
): Promise<PersonaMemory> {
  const { repositoryId, thresholds = calibrated } = options
  const whole = all.toSorted(byAge)
  const sameLines = await indexSameLines(whole)
  const comments = await mapInSlices(whole, slim)
  const nearnessOf = await indexNearness(comments)
  const sayings = await mapInSlices(comments, ({ body }) => sayingOf(body))
  const instants = comments.map(({ at }) => Date.parse(at))
  let copies: ReturnType<typeof createCopyFinder> | undefined

  const vectors =
    options.embed === undefined
      ? null
      : indexVectors(
          comments.map(({ hunk, body }) => meaningOf(hunk, body)),
          options.embed,
        )

  const isOpen = (place: Place) => {
    const before = place.before === undefined ? Number.POSITIVE_INFINITY : Date.parse(place.before)
    const isOnSameLines = sameLines(place)
    const own = new Set([
      place.pullRequest,
      ...comments.filter((_, index) => isOnSameLines(index)).map(({ pullRequest }) => pullRequest),
    ])
    const isOwn = (index: number) =>
      place.repositoryId === repositoryId && own.has(comments[index]?.pullRequest ?? 0)
    return (index: number) => (instants[index] ?? 0) < before && !isOwn(index)
  }

  /** Comments that are near by their terms or by their meaning, best first. */
  const candidates = async (place: Place): Promise<readonly Ranked[]> => {
    const least = place.remark === undefined ? thresholds.silent : thresholds.spoken
    const isFree = isOpen(place)
    const byTerms = rankOf(nearnessOf(place), least, isFree)
    const meaning = await vectors?.of(meaningOf(place.code, place.remark ?? ''))
    if (vectors === null || meaning === null || meaning === undefined) return byTerms
    return fuseRanks([byTerms, rankOf(meaning, vectors.threshold, isFree)])
  }

  return {
    size: comments.length,
    near: async (place, most) => {
      const said = new Set<string | undefined>()
      const nearest: Neighbour[] = []
      for (const { index, nearness } of await candidates(place)) {
        if (nearest.length >= most) break
        const comment = comments[index]
        if (comment === undefined || said.has(sayings[index])) continue
        said.add(sayings[index])
        nearest.push({ comment, nearness })
      }
      return nearest
    },
    isCopied: async (text) => {
      copies ??= createCopyFinder(comments.map(({ body }) => body))
      return (await copies).isCopied(text)
    },
  }
}
