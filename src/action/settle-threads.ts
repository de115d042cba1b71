import type { ErrorCode } from '../errors.ts'
import { counted } from '../review/counts.ts'
import type { EarlierRecord, ThreadStep } from '../review/earlier-finding.ts'
import type { Log, Publisher } from '../roles.ts'
import { toReviewError } from './to-review-error.ts'

interface Roles {
  readonly publisher: Publisher
  readonly log: Log
}

/** Each is a write, and GitHub wants a second between writes: what is left over is settled by the next run. */
const mostSteps = 50

/**
 * Resolves the threads of fixed findings and reopens those whose finding came back. Answers the records with what was
 * really done. That a thread cannot be settled loses nothing, so it never fails the run.
 */
export async function settleThreads(
  records: readonly EarlierRecord[],
  roles: Roles,
): Promise<readonly EarlierRecord[]> {
  const settled: EarlierRecord[] = []
  let steps = 0
  let givenUp: ThreadStep | null = null
  for (const record of records) {
    if (!hasStep(record)) {
      settled.push(record)
      continue
    }
    if (givenUp !== null || steps === mostSteps) {
      settled.push({ ...record, step: givenUp ?? 'none' })
      continue
    }
    steps += 1
    const failure = await settle(record, roles)
    const step = failure === null ? record.step : stepAfter(failure)
    settled.push({ ...record, step })
    if (failure !== null && holdsForAll.has(failure)) givenUp = step
  }
  return settled
}

/** True where something is to be done with a thread. */
export function hasStep({ step }: EarlierRecord): boolean {
  return step === 'resolve' || step === 'reopen'
}

/** What stopped one will stop the next as well. */
const holdsForAll: ReadonlySet<ErrorCode> = new Set([
  'missing-permission',
  'deadline',
  'cancelled',
  'github-rate-limited',
])

function stepAfter(failure: ErrorCode): ThreadStep {
  return failure === 'missing-permission' ? 'leave-not-permitted' : 'none'
}

/** Null where it was done, else why not. */
async function settle(record: EarlierRecord, { publisher, log }: Roles): Promise<ErrorCode | null> {
  const id = record.thread?.id
  if (id === null || id === undefined) return null
  try {
    await publisher.settleThread(id, record.step === 'resolve' ? 'resolved' : 'open')
    return null
  } catch (error) {
    const { code, message, hint } = toReviewError(error)
    log.info(`A thread is left as it is: ${message} ${hint}`)
    return code
  }
}

/** For the log: `2 threads resolved, 1 reopened.`, or null where there was nothing to do. */
export function describeSteps(records: readonly EarlierRecord[]): string | null {
  const count = (step: EarlierRecord['step']) => records.filter((record) => record.step === step).length
  const [resolved, reopened] = [count('resolve'), count('reopen')]
  if (resolved + reopened === 0) return null
  return `${counted(resolved, 'thread')} resolved, ${reopened} reopened.`
}
