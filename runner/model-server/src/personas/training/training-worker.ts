import type { PersonaKey } from '../persona-key.ts'
import type { PersonaStore, StoredVersion, TrainingJob } from '../persona-store.ts'
import { failureSentences } from './failure-sentences.ts'
import type { JobDirectories } from './job-directory.ts'
import { patiently } from './patiently.ts'
import { Pause } from './pause.ts'
import type { Settling } from './settle-candidate.ts'
import type { TrainingEnd } from './train-adapter.ts'
import { heartbeatMs, TrainingReport } from './training-report.ts'

const lookEveryMs = 5000
/** A worker that was silent for longer is dead; its job is taken over. */
const staleMs = 6 * heartbeatMs

const waitsForProbe = 'The adapter is trained; the server with the model probes it next.'

type Outcome =
  | Exclude<TrainingEnd, { kind: 'trained' }>
  | { readonly kind: 'settled'; readonly version: StoredVersion; readonly message: string }

interface TrainingWorkerOptions {
  readonly store: PersonaStore
  /** Names this process among all that share the database. */
  readonly id: string
  /** Of the model that this server has: it trains for no other. Null where it has none, and trains for whoever asks. */
  readonly baseModel: () => string | null
  readonly directories: JobDirectories
  readonly train: (job: TrainingJob, running: Settling) => Promise<TrainingEnd>
  /** What becomes of a candidate, in a sentence; null where that is decided later, on a server with the model. */
  readonly settle: (version: StoredVersion, running: Settling) => Promise<string | null>
  readonly onChange: (key: PersonaKey) => void
  /** `outcome` is a word of ours. */
  readonly onEnd: (job: TrainingJob, outcome: Outcome['kind']) => void
  readonly onFailure: (error: unknown) => void
}

/** Takes one training at a time from the queue and carries it out, until disposal. */
export class TrainingWorker implements AsyncDisposable {
  readonly #options: TrainingWorkerOptions
  readonly #stopping = new AbortController()
  readonly #startedAt = Date.now()
  readonly #pause = new Pause()
  readonly #ended: Promise<void>
  #current: {
    readonly job: TrainingJob
    readonly abort: AbortController
    readonly ended: Promise<void>
  } | null = null

  constructor(options: TrainingWorkerOptions) {
    this.#options = options
    this.#ended = this.#work()
  }

  /** Looks into the queue at once. */
  poke(): void {
    this.#pause.cutShort()
  }

  /** Ends the training of this job, where it runs here, and waits until nothing of it is left. */
  async stop(id: string): Promise<void> {
    const current = this.#current
    if (current?.job.id !== id) return this.#options.directories.remove(id)
    current.abort.abort()
    await current.ended
  }

  /** The trainer saves a checkpoint; this server after its restart, or another one, goes on from it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    await this.#ended
  }

  async #work(): Promise<void> {
    const { store, id, directories, baseModel } = this.#options
    while (!this.#stopping.signal.aborted) {
      try {
        const job = await store.takeJob(id, staleMs, baseModel() ?? undefined)
        if (job !== null) {
          await this.#run(job)
          continue
        }
        // By now every training that an earlier process of this server has left would have been handed out again.
        if (Date.now() - this.#startedAt > 2 * staleMs) await directories.removeOthers(await store.openJobs())
      } catch (error) {
        this.#options.onFailure(error)
      }
      await this.#pause.take(lookEveryMs, this.#stopping.signal)
    }
  }

  async #run(job: TrainingJob): Promise<void> {
    const abort = new AbortController()
    const ended = this.#carryOut(job, abort)
    this.#current = { job, abort, ended }
    try {
      await ended
    } finally {
      this.#current = null
    }
  }

  async #carryOut(job: TrainingJob, lost: AbortController): Promise<void> {
    const { store, id: worker, directories, onChange, onEnd, onFailure } = this.#options
    const signal = AbortSignal.any([lost.signal, this.#stopping.signal])
    await using report = new TrainingReport(job, {
      store,
      worker,
      onChange: () => onChange(job.key),
      onLost: () => lost.abort(),
    })
    const end = await this.#outcome(job, { signal, tell: (status) => report.tell(status) }).catch(
      (error: unknown): Outcome => {
        if (signal.aborted) return { kind: 'stopped' }
        onFailure(error)
        return { kind: 'failed', message: failureSentences.server }
      },
    )
    // A server that stops leaves the job as it is, for whoever takes it next; all others leave nothing behind.
    if (this.#stopping.signal.aborted && !lost.signal.aborted && end.kind === 'stopped') {
      const message = 'The training goes on when its server is back.'
      await report.settle({ state: 'queued', message }, signal)
      return onEnd(job, end.kind)
    }
    await directories.remove(job.id)
    if (end.kind === 'failed') await report.settle({ state: 'failed', message: end.message }, signal)
    if (end.kind === 'settled') {
      const { message, version } = end
      await report.settle({ state: 'done', message, version: version.name, secondsLeft: 0 }, signal)
    }
    onEnd(job, end.kind)
  }

  async #outcome(job: TrainingJob, running: Settling): Promise<Outcome> {
    const { store, train, settle } = this.#options
    const { signal } = running
    const made = await this.#madeBefore(job)
    const end = made ?? (await train(job, running))
    if (end.kind !== 'trained') return end
    const known =
      made === null ? 'It is the same adapter as before.' : 'The adapter is decided on: see its card.'
    const settled = end.version.state === 'candidate' ? await settle(end.version, running) : known
    signal.throwIfAborted()
    if (settled !== null) await patiently(() => store.dropTrainingTexts(job.key), signal)
    return { kind: 'settled', version: end.version, message: settled ?? waitsForProbe }
  }

  /** What a worker that was killed while its adapter was judged has made: it is not trained again. */
  async #madeBefore({ key, baseModel, status }: TrainingJob): Promise<TrainingEnd | null> {
    if (status.version === null) return null
    const versions = await this.#options.store.versions(key, baseModel)
    const version = versions.find(({ name, state }) => name === status.version && state !== 'training')
    return version === undefined ? null : { kind: 'trained', version }
  }
}
