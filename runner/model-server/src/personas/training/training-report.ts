import type { TrainingStatus } from '@ai-review/protocol/persona'
import type { PersonaStore, TrainingJob } from '../persona-store.ts'
import { patiently } from './patiently.ts'

/** Numbers are written down at most this often; every change of the state at once. */
const reportEveryMs = 1000
/** A job whose worker was silent for longer is taken over. */
export const heartbeatMs = 10_000

interface TrainingReportOptions {
  readonly store: Pick<PersonaStore, 'reportJob'>
  readonly worker: string
  readonly onChange: () => void
  /** The job was cancelled, or another worker has it: whoever works on it stops. */
  readonly onLost: () => void
}

/** Tells the store how a training stands, and that it is alive while there is nothing to tell. */
export class TrainingReport implements AsyncDisposable {
  readonly #job: TrainingJob
  readonly #options: TrainingReportOptions
  readonly #heart: NodeJS.Timeout
  #pending: Partial<TrainingStatus> = {}
  #toldAt = 0
  #told: Promise<void> = Promise.resolve()

  constructor(job: TrainingJob, options: TrainingReportOptions) {
    this.#job = job
    this.#options = options
    this.#heart = setInterval(() => this.#flush(), heartbeatMs)
  }

  /** Notes how it stands; numbers alone may wait for the next time. */
  tell(status: Partial<TrainingStatus>): void {
    const isTurn = status.state !== undefined && status.state !== this.#pending.state
    this.#pending = { ...this.#pending, ...status }
    if (isTurn || Date.now() - this.#toldAt >= reportEveryMs) this.#flush()
  }

  /** As it stands is what is written down when this resolves; a database that fails is waited for until `signal` fires. */
  async settle(status: Partial<TrainingStatus>, signal: AbortSignal): Promise<void> {
    this.#pending = { ...this.#pending, ...status }
    await this.#told
    await patiently(() => this.#write(this.#pending), signal).catch(() => {})
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#heart)
    await this.#told
  }

  /** One after the other: a later word never stands below an earlier one. */
  #flush(): void {
    const status = this.#pending
    this.#toldAt = Date.now()
    this.#told = this.#told.then(async () => {
      try {
        await this.#write(status)
      } catch {
        // The database may answer again by the next heartbeat; if it does not, another worker takes over.
      }
    })
  }

  async #write(status: Partial<TrainingStatus>): Promise<void> {
    const { store, worker, onChange, onLost } = this.#options
    if (await store.reportJob(this.#job.id, worker, status)) onChange()
    else onLost()
  }
}
