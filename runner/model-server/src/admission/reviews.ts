import { createHash, randomBytes } from 'node:crypto'
import type { Capacity } from '@ai-review/protocol/capacity'
import type { Effort, ReviewRequest } from '@ai-review/protocol/review'
import { LRUCache } from 'lru-cache'
import type { Voices } from '../personas/voice.ts'
import type { ProblemCode } from '../problems.ts'
import { ProblemError, problemOf } from '../problems.ts'
import { chooseEffort } from '../review/choose-effort.ts'
import type { KnownBefore, Pipeline } from '../review/pipeline-contract.ts'
import { believeRequest } from './believe-request.ts'
import { FairQueue } from './fair-queue.ts'
import type { FinishedReview, ReviewOutcome } from './review.ts'
import { Review } from './review.ts'
import { runReview } from './run-review.ts'

/** Finished reviews a client can still come back for. Their findings live in memory only. */
const keptReviews = { max: 500, ttl: 15 * 60_000 } as const
/** How long a named review goes on with nobody listening, so that a client can reconnect. */
const reconnectMs = 60_000
/** Deadline of the Action when its user sets none: what `GET /v1/capacity` answers for. */
const defaultDeadlineMs = 10 * 60_000
const retryAfterSeconds = { least: 5, most: 300 } as const

/** The pipeline, once it is there, and the model behind it (null: none is configured). */
interface ReadyPipeline {
  readonly pipeline: Pipeline
  readonly model: string | null
  /** Absent: no persona can take part. */
  readonly voices?: Voices
}

interface ReviewsOptions {
  readonly slots: number
  readonly queueLimit: number
  readonly sealKey: Uint8Array
  /** Undefined while the engine is starting. */
  readonly ready: () => ReadyPipeline | undefined
  readonly onFinished: (finished: FinishedReview) => void
  readonly onFailure: (error: unknown) => void
  readonly now?: () => number
}

interface Submission {
  readonly caller: string
  readonly idempotencyKey?: string
}

/** Takes reviews in, lets them run in their turn, and keeps their events for those who ask. */
export class Reviews {
  readonly #options: ReviewsOptions
  readonly #queue: FairQueue
  readonly #now: () => number
  readonly #open = new Map<string, Review>()
  readonly #finished = new LRUCache<string, Review>({ ...keptReviews })
  /** By caller, repository and key: what was asked, and the review that answers it. */
  readonly #named = new LRUCache<string, { readonly asked: string; readonly id: string }>({ max: 5000 })
  #isDraining = false
  /** Moving average, milliseconds; 0 until a review has run. */
  #typicalRunMs = 0

  constructor(options: ReviewsOptions) {
    this.#options = options
    this.#queue = new FairQueue({ slots: options.slots, limit: options.queueLimit })
    this.#now = options.now ?? Date.now
  }

  /**
   * Takes a review in, or answers with the one that this `idempotencyKey` already names. A newer head of a pull
   * request ends the reviews of its older heads. Throws a ProblemError when the review cannot be taken.
   */
  submit(request: ReviewRequest, from: Submission): Review {
    const ready = this.#options.ready()
    if (this.#isDraining) throw new ProblemError('shutting-down', { retryAfter: retryAfterSeconds.least })
    if (ready === undefined)
      throw new ProblemError('engine-unavailable', { retryAfter: retryAfterSeconds.least })

    const name = nameOf(request, from)
    const asked = name === undefined ? '' : digestOf(request)
    const earlier = name === undefined ? undefined : this.#answering(name, asked)
    if (earlier !== undefined) return earlier

    const review = this.#admit(request, { from, ready })
    if (name !== undefined) this.#named.set(name, { asked, id: review.id })
    return review
  }

  /** A review of this caller, running or finished not long ago. */
  find(id: string, caller: string): Review | undefined {
    const review = this.#open.get(id) ?? this.#finished.get(id)
    return review?.caller === caller ? review : undefined
  }

  /** Ends a review at once; its slot is free as soon as the engine has let go. */
  cancel(review: Review, code: ProblemCode = 'cancelled'): void {
    if (review.log.ended) return
    review.log.append({ event: 'problem', data: problemOf(code) })
    review.abort.abort()
    this.#finish(review, code)
  }

  /** Says that someone listens to the review. Call what it returns when they have left. */
  watch(review: Review): () => void {
    review.watchers += 1
    return () => {
      review.watchers -= 1
      const cancelIfAlone = () => {
        if (review.watchers === 0) this.cancel(review)
      }
      if (review.canBeResumed) setTimeout(cancelIfAlone, reconnectMs).unref()
      else cancelIfAlone()
    }
  }

  capacity(): Capacity {
    return {
      running: this.#queue.running,
      queued: this.#queue.queued,
      slots: this.#options.slots,
      queueLimit: this.#options.queueLimit,
      model: this.#options.ready()?.model ?? null,
      effort: this.#effortFor({ deadlineMs: defaultDeadlineMs }),
    }
  }

  /** Takes nothing in any more, waits for the open reviews for `patienceMs`, then ends those that are left. */
  async drain(patienceMs: number): Promise<void> {
    this.#isDraining = true
    const until = this.#now() + patienceMs
    while (this.#open.size > 0 && this.#now() < until) await new Promise((done) => setTimeout(done, 50))
    for (const review of this.#open.values()) this.cancel(review, 'shutting-down')
  }

  /** The review that answers this name already; one that ended short of a whole answer is worth another try. */
  #answering(name: string, asked: string): Review | undefined {
    const known = this.#named.get(name)
    if (known === undefined) return undefined
    const review = this.#open.get(known.id) ?? this.#finished.get(known.id)
    if (review === undefined) return undefined
    if (known.asked !== asked) throw new ProblemError('conflict')
    const last = review.log.events.at(-1)?.event
    const isWorthKeeping = !review.log.ended || (last?.event === 'done' && last.data.complete)
    return isWorthKeeping ? review : undefined
  }

  #admit(request: ReviewRequest, by: { readonly from: Submission; readonly ready: ReadyPipeline }): Review {
    const older = this.#olderHeads(request, by.from.caller)
    const waitMs = this.#expectedWaitMs(request.asked)
    const retryAfter = this.#retryAfter()
    if (!this.#queue.hasRoomFor(request.repository.id) && older.length === 0) {
      throw new ProblemError('queue-full', { retryAfter })
    }
    if (waitMs > request.deadlineMs) throw new ProblemError('deadline-too-short', { retryAfter })
    for (const review of older) this.cancel(review, 'superseded')

    const hasModel = by.ready.model !== null
    const { recognised, told } = believeRequest(request, { sealKey: this.#options.sealKey, hasModel })
    const effort = this.#effortFor(request)
    const review = newReview(request, { from: by.from, effort, now: this.#now() })
    const work = () => this.#run(review, request, { ready: by.ready, known: recognised })
    const ticket = this.#queue.enter(request.repository.id, work, request.asked)
    if (ticket === undefined) throw new ProblemError('queue-full', { retryAfter })
    review.abort.signal.addEventListener('abort', () => ticket.cancel(), { once: true })
    this.#open.set(review.id, review)
    review.log.append({ event: 'accepted', data: { id: review.id, queue: ticket.ahead, effort, ...told } })
    return review
  }

  async #run(
    review: Review,
    request: ReviewRequest,
    by: { readonly ready: ReadyPipeline; readonly known: KnownBefore },
  ): Promise<void> {
    // The queue may start it before `submit` has written its first event.
    await Promise.resolve()
    const startedAt = this.#now()
    const result = await runReview(review, request, {
      pipeline: by.ready.pipeline,
      voices: by.ready.voices,
      known: by.known,
      sealKey: this.#options.sealKey,
      deadline: review.receivedAt + request.deadlineMs,
      now: this.#now,
      onFailure: this.#options.onFailure,
    })
    if (result !== undefined) this.#learnDuration(this.#now() - startedAt)
    const last = review.log.events.at(-1)?.event
    const outcome = last?.event === 'problem' ? (last.data.code as ProblemCode) : undefined
    this.#finish(review, outcome ?? (result?.complete === true ? 'complete' : 'partial'), result)
  }

  #finish(review: Review, outcome: ReviewOutcome, result?: FinishedReview['result']): void {
    if (!this.#open.delete(review.id)) return
    this.#finished.set(review.id, review)
    const totalMs = this.#now() - review.receivedAt
    this.#options.onFinished({ review, outcome, totalMs, ...(result === undefined ? {} : { result }) })
  }

  /** Number 0 is a local branch: two people's branches are not heads of one pull request. */
  #olderHeads(request: ReviewRequest, caller: string): Review[] {
    const { repository, change } = request
    if (change.number === 0) return []
    return [...this.#open.values()].filter(
      (review) =>
        review.caller === caller &&
        review.repositoryId === repository.id &&
        review.number === change.number &&
        review.head !== change.headSha,
    )
  }

  #effortFor(wish: Pick<ReviewRequest, 'effort' | 'deadlineMs' | 'asked'>): Effort {
    return chooseEffort({
      requested: wish.effort,
      deadlineMs: wish.deadlineMs,
      ahead: this.#queue.running + this.#queue.aheadOf(wish.asked === true),
      slots: this.#options.slots,
    })
  }

  #learnDuration(tookMs: number): void {
    this.#typicalRunMs = this.#typicalRunMs === 0 ? tookMs : 0.8 * this.#typicalRunMs + 0.2 * tookMs
  }

  #expectedWaitMs(isAsked = false): number {
    if (this.#queue.running < this.#options.slots) return 0
    return ((this.#queue.aheadOf(isAsked) + 1) / this.#options.slots) * this.#typicalRunMs
  }

  #retryAfter(): number {
    const seconds = Math.ceil(this.#expectedWaitMs() / 1000)
    return Math.min(retryAfterSeconds.most, Math.max(retryAfterSeconds.least, seconds))
  }
}

function newReview(
  request: ReviewRequest,
  by: { readonly from: Submission; readonly effort: Effort; readonly now: number },
): Review {
  return new Review({
    // 128 bits: an id cannot be guessed.
    id: randomBytes(16).toString('hex'),
    caller: by.from.caller,
    repositoryId: request.repository.id,
    number: request.change.number,
    head: request.change.headSha,
    policyHash: request.policyHash,
    effort: by.effort,
    receivedAt: by.now,
    canBeResumed: by.from.idempotencyKey !== undefined,
  })
}

function nameOf(request: ReviewRequest, from: Submission): string | undefined {
  if (from.idempotencyKey === undefined) return undefined
  return JSON.stringify([from.caller, request.repository.id, from.idempotencyKey])
}

/** The time left differs from try to try, so it is no part of what was asked. */
function digestOf(request: ReviewRequest): string {
  const { deadlineMs: _timeLeft, ...asked } = request
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}
