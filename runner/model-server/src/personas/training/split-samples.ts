import type { PersonaTexts } from '../persona-store.ts'

export const splits = ['train', 'validation', 'test'] as const
export type Split = (typeof splits)[number]

/** Shares of the comments, oldest first: an adapter is judged by what the person said later. */
const shares = { train: 0.7, validation: 0.15 } as const

/**
 * Which part of a training each pull request belongs to. All of one pull request is in one part, as its comments speak
 * of the same code; the parts follow each other in time.
 */
export function splitPullRequests(
  texts: Pick<PersonaTexts, 'comments' | 'silences'>,
): ReadonlyMap<number, Split> {
  const pulls = new Map<number, { comments: number; last: string }>()
  const note = (pullRequest: number, at: string, comments: number) => {
    const known = pulls.get(pullRequest) ?? { comments: 0, last: at }
    pulls.set(pullRequest, {
      comments: known.comments + comments,
      last: at > known.last ? at : known.last,
    })
  }
  for (const { pullRequest, at } of texts.comments) note(pullRequest, at, 1)
  for (const { pullRequest, at } of texts.silences) note(pullRequest, at, 0)

  const inTime = [...pulls].sort(([a, one], [b, other]) =>
    one.last === other.last ? a - b : one.last < other.last ? -1 : 1,
  )
  const total = texts.comments.length
  let before = 0
  return new Map(
    inTime.map(([pullRequest, { comments }]) => {
      const split = splitAt((before + comments / 2) / Math.max(1, total))
      before += comments
      return [pullRequest, split]
    }),
  )
}

/** By the middle of a pull request's comments: one with many of them goes where most of them would go. */
function splitAt(share: number): Split {
  if (share <= shares.train) return 'train'
  return share <= shares.train + shares.validation ? 'validation' : 'test'
}

/**
 * The texts with at most as many silences as comments in each part: a model that hears nothing but silence learns to be
 * silent. Which are kept is told by their ids, which are hashes.
 */
export function balanceSilences(texts: PersonaTexts, split: ReadonlyMap<number, Split>): PersonaTexts {
  const room = new Map<Split | undefined, number>()
  for (const { pullRequest } of texts.comments) {
    const part = split.get(pullRequest)
    room.set(part, (room.get(part) ?? 0) + 1)
  }
  const inOrder = [...texts.silences].sort((a, b) => (a.id < b.id ? -1 : 1))
  const silences = inOrder.filter(({ pullRequest }) => {
    const part = split.get(pullRequest)
    const left = room.get(part) ?? 0
    room.set(part, left - 1)
    return left > 0
  })
  return { ...texts, silences }
}
