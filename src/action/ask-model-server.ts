import type { Progress, ReviewRequestInput, ReviewResult } from '@ai-review/protocol/review'
import { ReviewError } from '../errors.ts'
import type { Log, ModelServer } from './roles.ts'

interface Roles {
  readonly model: ModelServer
  readonly log: Log
  readonly signal: AbortSignal
  readonly now: () => number
}

/** The server ends by itself at its deadline; only one that does not is cut off, this much later. */
const graceMs = 5000
const progressEveryMs = 15_000
const leastMs = 1000

/** Throws `deadline` where no time is left or the server took more than it was given. */
export async function askModelServer(request: ReviewRequestInput, roles: Roles): Promise<ReviewResult> {
  const tooLate = new ReviewError('deadline', 'The deadline passed before the model server answered.', {
    hint: 'Raise deadline-minutes, lower effort, or give the model server a faster engine.',
  })
  if (request.deadlineMs < leastMs) throw tooLate
  const late = AbortSignal.timeout(request.deadlineMs + graceMs)
  try {
    return await roles.model.review(request, {
      signal: AbortSignal.any([roles.signal, late]),
      onProgress: progressLog(roles),
    })
  } catch (error) {
    throw late.aborted && !roles.signal.aborted ? tooLate : error
  }
}

function progressLog({ log, now }: Roles): (progress: Progress) => void {
  let stage: Progress['stage'] | null = null
  let loggedAt = 0
  return (progress) => {
    if (progress.stage === stage && now() - loggedAt < progressEveryMs) return
    stage = progress.stage
    loggedAt = now()
    log.info(`Model server: ${progress.stage}, ${progress.done} of ${progress.total}.`)
  }
}
