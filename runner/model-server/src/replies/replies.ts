import type { NoAnswerReason, ReplyRequest, ReplyResult } from '@ai-review/protocol/reply'
import type { Usage } from '@ai-review/protocol/review'
import { FairQueue } from '../admission/fair-queue.ts'
import type { Engine } from '../engine/engine.ts'
import { type ProblemCode, ProblemError } from '../problems.ts'
import { openModel } from '../review/asking/ask-model.ts'
import { createUsageMeter } from '../review/asking/usage-meter.ts'
import { type Clock, type Deadline, startDeadline } from '../review/deadline.ts'
import type { ResponseCache } from '../review/pipeline-contract.ts'
import { isTrusted, sealOfMark } from '../review/seal.ts'
import { answerThread, type ThreadAnswer } from './answer-thread.ts'
import { replyPromptHash } from './reply-instructions.ts'

/** A person waits for the answer: it goes before every batch of a review. */
const enginePriority = 10
/** Part of the client's time, and milliseconds at most, in which the answer travels. */
const travel = { share: 1 / 20, mostMs: 1000 } as const
/** Seconds; an answer takes about as long. */
const retryAfter = 10

type ReplyOutcome = 'answered' | 'declined' | NoAnswerReason | ProblemCode

/** What is known of a reply at its end; nothing of what was said. */
export interface EndedReply {
  readonly outcome: ReplyOutcome
  readonly totalMs: number
  readonly usage: Pick<Usage, 'promptTokens' | 'completionTokens'>
}

/** `engine` is null where no model is configured. */
export interface ReplyParts {
  readonly engine: Engine | null
  readonly cache: ResponseCache
}

interface RepliesOptions {
  /** Answers that are written at once, and threads that may wait for one. */
  readonly slots: number
  readonly queueLimit: number
  readonly sealKey: Uint8Array
  /** Undefined while the engine is starting. */
  readonly ready: () => ReplyParts | undefined
  readonly onEnded: (ended: EndedReply) => void
  readonly now?: Clock
}

/** Talks about findings of this server: answers in their threads, and seals that a person declined one. */
export class Replies {
  readonly #options: RepliesOptions
  readonly #queue: FairQueue
  readonly #now: Clock
  readonly #open = new Set<AbortController>()
  #isDraining = false

  constructor(options: RepliesOptions) {
    this.#options = options
    this.#queue = new FairQueue({ slots: options.slots, limit: options.queueLimit })
    this.#now = options.now ?? Date.now
  }

  /** Threads for which an answer is written, and those that wait for theirs. */
  get load(): { readonly running: number; readonly queued: number } {
    return { running: this.#queue.running, queued: this.#queue.queued }
  }

  /**
   * The answer to a request, or its reason to be none. `left` fires when the client has gone. Throws a ProblemError:
   * `queue-full`, `engine-unavailable`, `shutting-down`, or `cancelled` when the client has gone.
   */
  async reply(request: ReplyRequest, left: AbortSignal): Promise<ReplyResult> {
    const startedAt = this.#now()
    const meter = createUsageMeter()
    let outcome: ReplyOutcome = 'internal'
    try {
      const result = await this.#resultOf(request, { left, meter, startedAt })
      outcome = outcomeOf(result)
      return result
    } catch (error) {
      if (error instanceof ProblemError) outcome = error.code
      throw error
    } finally {
      const totalMs = this.#now() - startedAt
      this.#options.onEnded({ outcome, totalMs, usage: meter.total(0) })
    }
  }

  /** Takes nothing in any more, waits for the open replies for `patienceMs`, then ends those that are left. */
  async drain(patienceMs: number): Promise<void> {
    this.#isDraining = true
    const until = this.#now() + patienceMs
    while (this.#open.size > 0 && this.#now() < until) await new Promise((done) => setTimeout(done, 50))
    for (const open of this.#open) open.abort()
  }

  async #resultOf(request: ReplyRequest, asked: Asked): Promise<ReplyResult> {
    if (this.#isDraining) throw new ProblemError('shutting-down', { retryAfter })
    const { repository, change, mark, intent } = request
    const about = { repositoryId: repository.id, number: change.number }
    if (mark.kind !== 'finding' || !isTrusted(this.#options.sealKey, about, mark)) {
      return { answer: null, reason: 'not-ours', model: null }
    }
    if (intent === 'decline') {
      const declined = { kind: 'declined', head: change.headSha, identity: mark.identity } as const
      const seal = sealOfMark(this.#options.sealKey, about, declined)
      return { answer: null, declined: { ...declined, seal }, model: null }
    }
    const ready = this.#options.ready()
    if (ready === undefined) throw new ProblemError('engine-unavailable', { retryAfter })
    const { engine, cache } = ready
    if (engine === null) return { answer: null, reason: 'no-model', model: null }
    const said = await this.#ask(request, asked, { engine, cache })
    const by = { model: engine.description.model, promptHash: replyPromptHash }
    return 'answer' in said ? { answer: said.answer, ...by } : { answer: null, reason: said.reason, ...by }
  }

  async #ask(
    request: ReplyRequest,
    { left, meter, startedAt }: Asked,
    parts: { readonly engine: Engine; readonly cache: ResponseCache },
  ): Promise<ThreadAnswer> {
    const stop = new AbortController()
    const stopNow = () => stop.abort()
    const { deadlineMs } = request
    const at = startedAt + deadlineMs - Math.min(travel.mostMs, deadlineMs * travel.share)
    using deadline = startDeadline(stop.signal, at, this.#now)
    if (left.aborted) stopNow()
    left.addEventListener('abort', stopNow, { once: true })
    this.#open.add(stop)
    try {
      const said = await this.#inTurn(request.repository.id, deadline, () => {
        const asking = { ...parts, priority: enginePriority, deadline, meter, now: this.#now }
        return answerThread(openModel(asking), request)
      })
      if (!stop.signal.aborted) return said
      throw new ProblemError(left.aborted ? 'cancelled' : 'shutting-down')
    } finally {
      this.#open.delete(stop)
      left.removeEventListener('abort', stopNow)
    }
  }

  /** Does the work when it is this repository's turn; `deadline` when that does not come in time. */
  #inTurn(owner: number, deadline: Deadline, work: () => Promise<ThreadAnswer>): Promise<ThreadAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<ThreadAnswer>()
    let hasStarted = false
    const ticket = this.#queue.enter(owner, () => {
      hasStarted = true
      return work().then(resolve, reject)
    })
    if (ticket === undefined) {
      const hint = 'Try again after Retry-After: many people wait for answers.'
      throw new ProblemError('queue-full', { retryAfter, hint })
    }
    const leave = () => {
      if (hasStarted) return
      ticket.cancel()
      resolve({ reason: 'deadline' })
    }
    deadline.signal.addEventListener('abort', leave, { once: true })
    return promise
  }
}

interface Asked {
  readonly left: AbortSignal
  readonly meter: ReturnType<typeof createUsageMeter>
  readonly startedAt: number
}

function outcomeOf({ answer, declined, reason }: ReplyResult): ReplyOutcome {
  if (answer !== null) return 'answered'
  return declined === undefined ? (reason ?? 'internal') : 'declined'
}
