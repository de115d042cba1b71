import { formatLedger } from './marker.ts'
import type { ReviewSummary } from './review-summary.ts'

interface RenderedLedgers {
  /** The hidden comments, newest last; '' where there are none. */
  readonly text: string
  /** How many found no room. A ledger is never cut, since half of one would break its seal. */
  readonly left: number
}

/** As many ledgers as fit into `most` characters; the newest tells most, so it has the first right to the room. */
export function renderLedgers({ ledgersToKeep = [] }: ReviewSummary, most: number): RenderedLedgers {
  const kept: string[] = []
  let room = most
  for (const ledger of ledgersToKeep.toReversed()) {
    const text = formatLedger(ledger)
    if (text.length + 1 > room) continue
    room -= text.length + 1
    kept.unshift(text)
  }
  return { text: kept.join('\n'), left: ledgersToKeep.length - kept.length }
}
