import { type PastComment, personaLimits } from '@ai-review/protocol/persona'
import type { HistoryHost } from './history-host.ts'
import type { ListedComment } from './listed-comment.ts'
import type { PullFacts } from './query-pulls.ts'
import { nameOf, type PlacedTexts, type TextPlace } from './query-texts.ts'

/** A comment of the person that is worth keeping, with its own words. */
export interface KeptComment {
  readonly comment: ListedComment
  readonly body: string
}

type Pulls = ReadonlyMap<number, PullFacts>

/** Comments whose texts are held at once: each takes up to two. */
const atOnce = 50

/** Adds to comments what stood around them, and what became of it. */
export async function pastComments(
  host: HistoryHost,
  kept: readonly KeptComment[],
  pulls: Pulls,
): Promise<PastComment[]> {
  const past: PastComment[] = []
  for (let start = 0; start < kept.length; start += atOnce) {
    const group = kept.slice(start, start + atOnce)
    const texts = await withRenamed(host, group, { pulls, texts: await host.texts(placesOf(group, pulls)) })
    past.push(
      ...group.flatMap((one) => pastComment(host, one, { pull: pulls.get(one.comment.pullRequest), texts })),
    )
  }
  return past
}

function placesOf(group: readonly KeptComment[], pulls: Pulls): TextPlace[] {
  const places = group.flatMap(({ comment: { side, commit, path, pullRequest } }): TextPlace[] => {
    if (side === 'LEFT') return []
    const head = pulls.get(pullRequest)?.head ?? commit
    return [
      { commit, path },
      { commit: head, path },
    ]
  })
  return [...new Map(places.map((place) => [nameOf(place), place])).values()]
}

/** The same, with what a file that the pull request renamed holds at its end under the name that it had. */
async function withRenamed(
  host: HistoryHost,
  group: readonly KeptComment[],
  { pulls, texts }: { readonly pulls: Pulls; readonly texts: PlacedTexts },
): Promise<PlacedTexts> {
  const places = new Map<string, TextPlace>()
  for (const { comment } of group) {
    const { commit, path, pullRequest } = comment
    const head = pulls.get(pullRequest)?.head ?? commit
    const old = nameOf({ commit: head, path })
    const isGone = texts.get(old) === null && typeof texts.get(nameOf({ commit, path })) === 'string'
    const found = isGone ? await host.renamed({ commit, path }, head) : null
    if (found !== null) places.set(old, { commit: head, path: found })
  }
  if (places.size === 0) return texts
  const told = await host.texts([...places.values()])
  const all = new Map(texts)
  for (const [old, place] of places) {
    const text = told.get(nameOf(place))
    if (text === undefined) all.delete(old)
    else all.set(old, text)
  }
  return all
}

interface Surroundings {
  readonly pull: PullFacts | undefined
  readonly texts: PlacedTexts
}

function pastComment(
  { rules }: HistoryHost,
  { comment, body }: KeptComment,
  { pull, texts }: Surroundings,
): PastComment[] {
  const { id, pullRequest, path, side, commit, at, up, down } = comment
  const line = comment.line ?? rules.lastLineOf(comment.hunk)?.[side] ?? 0
  if (line < 1) return []
  const startLine = comment.startLine !== null && comment.startLine < line ? comment.startLine : null
  const lines = { startLine: startLine ?? line, line }
  const before = side === 'LEFT' ? undefined : texts.get(nameOf({ commit, path }))
  const hasText = typeof before === 'string'
  return [
    {
      ...{ id, pullRequest, path, side, line, commit, at, body, up, down },
      ...(startLine === null ? {} : { startLine }),
      hunk: rules.cleanHunk(comment.hunk, personaLimits.hunk),
      ...(hasText ? rules.contextOf(before, lines) : rules.noContext),
      ...outcome({ hasText, before: before ?? '', pull, texts }, () => ({ rules, comment, lines })),
    },
  ]
}

interface Ending extends Surroundings {
  readonly hasText: boolean
  readonly before: string
}

interface Asked {
  readonly rules: HistoryHost['rules']
  readonly comment: ListedComment
  readonly lines: { readonly startLine: number; readonly line: number }
}

/** Lines that are as they were tell nothing while the pull request is open, or where it was closed without a merge. */
function outcome(
  { hasText, before, pull, texts }: Ending,
  asked: () => Asked,
): Pick<PastComment, 'addressed' | 'after'> {
  const { rules, comment, lines } = asked()
  const after = pull === undefined ? undefined : texts.get(nameOf({ commit: pull.head, path: comment.path }))
  if (!hasText || pull === undefined || after === undefined) return { addressed: 'unknown' }
  const found = rules.outcomeOf({ ...lines, before, after })
  return found.addressed === 'no' && !pull.isMerged ? { addressed: 'unknown' } : found
}
