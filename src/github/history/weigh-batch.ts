import { type ColleagueComment, type PastReply, personaLimits } from '@ai-review/protocol/persona'
import type { HistoryPiece } from '../../roles.ts'
import type { HistoryPosition } from './history-cursor.ts'
import type { HistoryHost } from './history-host.ts'
import type { ListedComment } from './listed-comment.ts'
import { type KeptComment, pastComments } from './past-comments.ts'
import { type PullFacts, queryPulls } from './query-pulls.ts'
import { settleSeen, withSpoken } from './seen-pulls.ts'
import type { Batch } from './take-batch.ts'

export type Weighed = Pick<HistoryPiece, 'comments' | 'silences' | 'colleagues' | 'replies'> & {
  readonly position: HistoryPosition
}

/** A longer text that is there more often than this was put together by a machine, or pasted. */
const mostRepeats = 3
const shortestTemplate = 80

/** What a batch of comments tells of the person. `facts` is filled with what is asked of pull requests. */
export async function weighBatch(
  host: HistoryHost,
  { comments, position }: Omit<Batch, 'stop'>,
  facts: Map<number, PullFacts>,
): Promise<Weighed> {
  const { person } = position
  const own = comments.filter(({ author }) => author?.id === person)
  const begun = own.filter(({ repliesTo }) => repliesTo === null)
  const seen = withSpoken(host, position.seen, own)
  const unedited = await askFacts(host, { begun, numbers: seen.map(({ number }) => number), facts })
  const logins = loginsIn(comments, facts)
  const kept = begun
    .filter((comment) => !comment.isOnFile && (!comment.isTouched || unedited.has(comment.nodeId)))
    .filter(({ path }) => host.rules.isPlainPath(path))
    .filter(({ pullRequest }) => facts.get(pullRequest)?.authorId !== person)
    .flatMap((comment): KeptComment[] => {
      const body = host.rules.cleanBody(comment.body, logins)
      return body === null ? [] : [{ comment, body }]
    })
  const room = personaLimits.comments - position.comments
  const past = await pastComments(host, withoutTemplates(kept).slice(0, room), facts)
  const isDone = position.isDone || past.length >= room
  const readTo = isDone ? null : position.at
  const left = await settleSeen(host, seen, { facts, person, readTo, silences: position.silences })
  const colleagues = colleaguesIn(host, comments, { person, logins }).slice(
    0,
    personaLimits.colleagues - position.colleagues,
  )
  return {
    comments: past,
    silences: [...left.silences],
    colleagues,
    replies: repliesIn(host, comments, person),
    position: {
      ...position,
      isDone,
      comments: position.comments + past.length,
      silences: position.silences + left.silences.length,
      colleagues: position.colleagues + colleagues.length,
      seen: [...left.seen],
    },
  }
}

interface WantedFacts {
  readonly begun: readonly ListedComment[]
  readonly numbers: readonly number[]
  readonly facts: Map<number, PullFacts>
}

/** Asks for what is not known yet of pull requests and comments; answers with the comments that nobody else edited. */
async function askFacts(
  host: HistoryHost,
  { begun, numbers, facts }: WantedFacts,
): Promise<ReadonlySet<string>> {
  const touched = begun.filter(({ isTouched }) => isTouched).map(({ nodeId }) => nodeId)
  const pulls = [...new Set(numbers)].filter((number) => !facts.has(number))
  const answer = await queryPulls(host, { pulls, touched })
  for (const [number, pull] of answer.pulls) facts.set(number, pull)
  return answer.unedited
}

/** Of everybody who wrote in these comments or opened one of their pull requests. */
function loginsIn(comments: readonly ListedComment[], facts: ReadonlyMap<number, PullFacts>): string[] {
  const writers = comments.flatMap(({ author }) => author?.login ?? [])
  const openers = comments.flatMap(({ pullRequest }) => facts.get(pullRequest)?.authorLogin ?? [])
  return [...new Set([...writers, ...openers])].sort()
}

function withoutTemplates(kept: readonly KeptComment[]): KeptComment[] {
  const repeats = new Map<string, number>()
  const shape = ({ body }: KeptComment) => body.toLowerCase().replace(/\d+/g, '0')
  for (const one of kept) repeats.set(shape(one), (repeats.get(shape(one)) ?? 0) + 1)
  return kept.filter(
    (one) => one.body.length < shortestTemplate || (repeats.get(shape(one)) ?? 0) <= mostRepeats,
  )
}

interface Others {
  readonly person: number
  readonly logins: readonly string[]
}

function isColleague({ author }: ListedComment, person: number): boolean {
  return author?.isPerson === true && author.id !== person
}

function colleaguesIn(
  { rules }: HistoryHost,
  comments: readonly ListedComment[],
  { person, logins }: Others,
): ColleagueComment[] {
  return comments
    .filter((comment) => comment.repliesTo === null && isColleague(comment, person))
    .flatMap(({ id, at, body }) => {
      const cleaned = rules.cleanBody(body, logins)
      return cleaned === null ? [] : [{ id, at, body: cleaned }]
    })
}

/** Answers of others that tell what became of a comment; whose comment it was is known only further back. */
function repliesIn({ rules }: HistoryHost, comments: readonly ListedComment[], person: number): PastReply[] {
  return comments.flatMap((comment) => {
    const { id, repliesTo, body } = comment
    const says = repliesTo === null || !isColleague(comment, person) ? 'other' : rules.meaningOf(body)
    return repliesTo === null || says === 'other' ? [] : [{ id, to: repliesTo, says }]
  })
}
