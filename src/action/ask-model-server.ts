import type { Progress, ReviewRequestInput, ReviewResult } from '@ai-review/protocol/review'
import type { Log, ModelServer } from '../roles.ts'

interface Roles {
  readonly model: ModelServer
  readonly log: Log
  readonly signal: AbortSignal
  readonly now: () => number
}

const progressEveryMs = 15_000
/** The answer to a request, with progress in the log. */
export function askModelServer(request: ReviewRequestInput, roles: Roles): Promise<ReviewResult> {
  return roles.model.review(request, { signal: roles.signal, onProgress: progressLog(roles) })
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
