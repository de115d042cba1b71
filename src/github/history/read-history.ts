import { personaLimits } from '@ai-review/protocol/persona'
import type { HistoryPiece } from '../../roles.ts'
import { formatCursor, type HistoryPosition, parseCursor } from './history-cursor.ts'
import type { HistoryHost } from './history-host.ts'
import type { PullFacts } from './query-pulls.ts'
import { trailFrom } from './reading-place.ts'
import { takeBatch } from './take-batch.ts'
import { type Weighed, weighBatch } from './weigh-batch.ts'

/**
 * Reads what a person said in reviews, the newest first. The cursor of a piece lies behind all that was told; of several
 * pieces of one batch only the last one moves it, so what follows a cursor is the same wherever reading was left.
 */
export async function* readHistory(
  host: HistoryHost,
  person: number,
  cursor: string,
): AsyncGenerator<HistoryPiece, void, undefined> {
  const facts = new Map<number, PullFacts>()
  let position = parseCursor(cursor, person)
  const metBefore = position.met.size
  const trail = trailFrom(position)
  const told = (at: HistoryPosition) => ({
    requests: host.budget.spent(),
    pullRequests: at.met.size - metBefore,
  })
  if (position.isDone) yield { ...nothing, ...told(position), cursor: formatCursor(position), done: true }
  while (!position.isDone) {
    const { stop, ...batch } = await takeBatch(host, position, trail)
    const weighed = await weighBatch(host, batch, facts)
    const parts = partsOf(weighed)
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1
      const at = isLast ? weighed.position : position
      yield { ...part, ...told(weighed.position), cursor: formatCursor(at), done: isLast && at.isDone }
    }
    // What a cursor has no room for is forgotten here as well, so that a reading that is taken up again tells the same.
    position = parseCursor(formatCursor(weighed.position), person)
    if (stop !== null) throw stop
  }
}

type Part = Pick<HistoryPiece, 'comments' | 'silences' | 'colleagues' | 'replies'>

const nothing: Part = { comments: [], silences: [], colleagues: [], replies: [] }

/** One part at least, none with more of a kind than the wire takes. */
function partsOf({ comments, silences, colleagues, replies }: Weighed): Part[] {
  const longest = Math.max(comments.length, silences.length, colleagues.length, replies.length, 1)
  return Array.from({ length: Math.ceil(longest / personaLimits.chunk) }, (_, index) => {
    const part = <T>(all: readonly T[]) =>
      all.slice(index * personaLimits.chunk, (index + 1) * personaLimits.chunk)
    return {
      comments: part(comments),
      silences: part(silences),
      colleagues: part(colleagues),
      replies: part(replies),
    }
  })
}
