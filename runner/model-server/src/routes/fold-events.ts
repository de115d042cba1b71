import type { Finding } from '@ai-review/protocol/finding'
import type { Accepted, ReviewResult } from '@ai-review/protocol/review'
import type { EventLog } from '../admission/event-log.ts'
import type { ProblemCode } from '../problems.ts'
import { ProblemError } from '../problems.ts'

/** Waits for the end of a review and folds its events into the result. Throws the ProblemError it ended with. */
export async function foldEvents(log: EventLog, signal: AbortSignal): Promise<ReviewResult> {
  const findings: Finding[] = []
  let accepted: Accepted | undefined
  for await (const { event } of log.follow(0, signal)) {
    if (event.event === 'accepted') accepted = event.data
    if (event.event === 'finding') findings.push(event.data)
    if (event.event === 'problem') throw new ProblemError(event.data.code as ProblemCode)
    if (event.event === 'done' && accepted !== undefined) return { accepted, findings, done: event.data }
  }
  throw new ProblemError('cancelled')
}
