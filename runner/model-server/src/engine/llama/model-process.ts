import { setTimeout as sleep } from 'node:timers/promises'
import { EngineError, type EngineHealth } from '../engine.ts'
import { type LlamaChild, startLlamaChild } from './child-process.ts'
import type { FromChild, LoadedModelFacts, LoadMessage, ToChild } from './messages.ts'

/** The part of a pino logger that is used. Nothing of a prompt or an answer is ever written to it. */
export interface LlamaLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface DownloadProgress {
  readonly doneBytes: number
  readonly totalBytes: number
}

interface ModelProcessOptions {
  readonly load: LoadMessage
  readonly environment: Readonly<Record<string, string>>
  /** A child that evaluates says so at each step; one that is silent for so long under a call hangs and is killed. */
  readonly hangAfterMs: number
  readonly onDownloadProgress: (progress: DownloadProgress) => void
  readonly log: LlamaLog
}

/** A message that is answered, without its id. */
type CallBody = DistributiveOmit<Exclude<ToChild, { type: 'load' | 'abort' }>, 'id'>
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

interface Pending {
  readonly resolve: (answer: FromChild) => void
  readonly reject: (error: EngineError) => void
}

const shortestDelayMs = 250
const longestDelayMs = 30_000
/** After so many starts without a completion calls are refused at once; starting again goes on. */
const failuresUntilDown = 5

/** Keeps one process with the loaded model: starts it again when it ends, and tells its callers. */
export class ModelProcess implements AsyncDisposable {
  readonly #options: ModelProcessOptions
  readonly #pending = new Map<number, Pending>()
  readonly #closed = new AbortController()
  readonly #watch: NodeJS.Timeout
  #child: LlamaChild
  #ready = readiness()
  #drained = Promise.withResolvers<void>()
  #rests = 0
  #health: EngineHealth = { state: 'starting', detail: 'The model is being loaded.' }
  #loadedOnce = false
  #loadFailure: string | undefined
  #failures = 0
  #nextId = 1
  #lastHeard = 0

  private constructor(options: ModelProcessOptions) {
    this.#options = options
    this.#child = this.#start()
    this.#watch = setInterval(() => this.#killWhenHung(), Math.min(5000, options.hangAfterMs / 4))
    this.#watch.unref()
  }

  /** Loads the model. Throws an EngineError `unavailable` that says what to change, and leaves no process behind. */
  static async start(
    options: ModelProcessOptions,
  ): Promise<{ process: ModelProcess; facts: LoadedModelFacts }> {
    const started = new ModelProcess(options)
    try {
      return { process: started, facts: await started.#ready.promise }
    } catch (error) {
      await started[Symbol.asyncDispose]()
      throw error
    }
  }

  get health(): EngineHealth {
    return this.#health
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Sends a call once the model is loaded and returns its answer. Throws an EngineError; `aborted` comes at once. */
  async call(body: CallBody, signal?: AbortSignal): Promise<FromChild> {
    await this.#untilReady(signal)
    // The signal may have fired since, and then tells nobody who listens from here on.
    if (signal?.aborted) throw abortedError()
    const id = this.#nextId++
    const child = this.#child
    const answer = Promise.withResolvers<FromChild>()
    const abort = () => {
      child.send({ type: 'abort', id })
      answer.reject(abortedError())
    }
    if (this.#pending.size === 0) this.#lastHeard = performance.now()
    this.#pending.set(id, answer)
    signal?.addEventListener('abort', abort, { once: true })
    child.send({ ...body, id })
    try {
      return await answer.promise
    } finally {
      this.#pending.delete(id)
      if (this.#pending.size === 0) this.#drained.resolve()
      signal?.removeEventListener('abort', abort)
    }
  }

  /** Ends the process once the calls under way have ended. The returned function starts it again and waits for it. */
  async rest(): Promise<() => Promise<void>> {
    this.#rests++
    if (this.#rests === 1) {
      if (this.#health.state === 'ready') this.#ready = readiness()
      this.#health = { state: 'resting', detail: 'The model rests: a training has its memory.' }
      this.#drained = Promise.withResolvers()
      if (this.#pending.size === 0) this.#drained.resolve()
    }
    await this.#drained.promise
    this.#child.kill()
    await this.#child.ended
    let resumed: Promise<void> | undefined
    return async () => {
      resumed ??= this.#resume()
      await resumed
    }
  }

  async #resume(): Promise<void> {
    this.#rests--
    if (this.#rests > 0 || this.#closed.signal.aborted) return
    this.#health = { state: 'restarting', detail: 'The model is being loaded after a rest.' }
    this.#child = this.#start()
    await this.#ready.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort()
    clearInterval(this.#watch)
    this.#health = { state: 'down', detail: 'The engine is closed.' }
    this.#ready.reject(new EngineError('unavailable', 'The engine is closed.'))
    this.#child.kill()
    await this.#child.ended
  }

  #start(): LlamaChild {
    const child = startLlamaChild({
      environment: this.#options.environment,
      onMessage: (message) => this.#receive(message),
    })
    child.send(this.#options.load)
    void child.ended.then((end) => this.#onEnd(end))
    return child
  }

  async #untilReady(signal: AbortSignal | undefined): Promise<void> {
    while (this.#health.state !== 'ready') {
      if (signal?.aborted) throw abortedError()
      if (this.#health.state === 'down') throw new EngineError('unavailable', this.#health.detail)
      const aborted = Promise.withResolvers<never>()
      const abort = () => aborted.reject(abortedError())
      signal?.addEventListener('abort', abort, { once: true })
      try {
        await Promise.race([this.#ready.promise, aborted.promise])
      } finally {
        signal?.removeEventListener('abort', abort)
      }
    }
  }

  #receive(message: FromChild): void {
    this.#lastHeard = performance.now()
    switch (message.type) {
      case 'download':
        this.#options.onDownloadProgress(message)
        break
      case 'loaded':
        this.#loadedOnce = true
        this.#health = { state: 'ready' }
        this.#options.log.info(message.facts, 'The model is loaded')
        this.#ready.resolve(message.facts)
        break
      case 'load-failed':
        this.#loadFailure = message.reason
        this.#child.kill()
        break
      case 'alive':
        break
      case 'rejected':
        this.#pending.get(message.id)?.reject(new EngineError(message.code, message.reason))
        break
      case 'completed':
      case 'scored':
        this.#failures = 0
        this.#pending.get(message.id)?.resolve(message)
        break
      default:
        this.#pending.get(message.id)?.resolve(message)
        break
    }
  }

  #onEnd(end: string): void {
    const closed = this.#closed.signal.aborted
    const error = closed
      ? new EngineError('unavailable', 'The engine is closed.')
      : new EngineError('crashed', `The process of the model ended with ${end}.`)
    for (const pending of this.#pending.values()) pending.reject(error)
    if (closed || this.#rests > 0) return
    const detail =
      this.#loadFailure ??
      `The process of the model ended with ${end}${this.#loadedOnce ? '' : ' while loading, often for want of memory: take a smaller model or fewer context tokens'}.`
    this.#loadFailure = undefined
    if (this.#loadedOnce) void this.#restart(detail)
    else this.#ready.reject(new EngineError('unavailable', detail))
  }

  async #restart(detail: string): Promise<void> {
    this.#failures++
    const down = this.#failures > failuresUntilDown
    if (down || this.#health.state === 'ready') {
      this.#ready.reject(new EngineError('unavailable', detail))
      this.#ready = readiness()
    }
    this.#health = { state: down ? 'down' : 'restarting', detail }
    const ended = this.#child
    const delayMs = Math.min(longestDelayMs, shortestDelayMs * 2 ** (this.#failures - 1))
    this.#options.log.warn({ detail, delayMs }, 'The model is started again')
    await sleep(delayMs, undefined, { signal: this.#closed.signal }).catch(() => {})
    // A rest that began meanwhile starts it when it is over, and may have done so.
    const isTaken = this.#rests > 0 || this.#child !== ended
    if (!this.#closed.signal.aborted && !isTaken) this.#child = this.#start()
  }

  #killWhenHung(): void {
    const silentMs = performance.now() - this.#lastHeard
    const isLoaded = this.#health.state === 'ready' || this.#health.state === 'resting'
    if (isLoaded && this.#pending.size > 0 && silentMs > this.#options.hangAfterMs) {
      this.#child.kill()
    }
  }
}

function readiness(): PromiseWithResolvers<LoadedModelFacts> {
  const ready = Promise.withResolvers<LoadedModelFacts>()
  // Nobody may be waiting when it fails.
  ready.promise.catch(() => {})
  return ready
}

function abortedError(): EngineError {
  return new EngineError('aborted', 'The call was cancelled.')
}
