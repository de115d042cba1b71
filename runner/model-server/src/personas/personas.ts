import type { FeedbackRequest, FeedbackResult } from '@ai-review/protocol/feedback'
import type {
  ConsentRequest,
  Forgotten,
  PersonaStatus,
  PromotionRequest,
  SamplesChunk,
  StyleProfile,
  TrainingRequest,
  TrainingStatus,
} from '@ai-review/protocol/persona'
import type { PersonaKey } from './persona-key.ts'
import type { TrainingJob } from './persona-store.ts'

/** Trains adapters, here or on another server. */
export interface Trainings {
  /** Hash of the model that is served now, for which adapters are trained; null without one. */
  baseModel(): string | null
  /** Queues a training; one that is open already is answered as it stands. */
  enqueue(job: Pick<TrainingJob, 'key' | 'repositoryId' | 'personId' | 'force'>): Promise<TrainingJob>
  /** False where none is open. */
  cancel(key: PersonaKey): Promise<boolean>
  /** Calls back after each change of a training of this persona on this server. Returns what ends it. */
  onChange(key: PersonaKey, listener: () => void): () => void
  /** Unloads adapters that nobody has any more and removes their files. */
  forgetFiles(hashes: readonly string[]): Promise<void>
}

/** Measures how a person writes, beside how others do. */
export type StyleOf = (bodies: readonly string[], others: readonly string[]) => StyleProfile

/** What the routes ask: everything that is done with personas. Refusals are ProblemErrors. */
export interface Personas {
  status(key: PersonaKey): Promise<PersonaStatus>
  agree(key: PersonaKey, request: ConsentRequest): Promise<PersonaStatus>
  upload(key: PersonaKey, chunk: SamplesChunk): Promise<PersonaStatus>
  train(key: PersonaKey, request: TrainingRequest): Promise<TrainingStatus>
  /** How the newest training stands. */
  training(key: PersonaKey): Promise<TrainingStatus>
  /** How the training stands, now and after each change, until it has ended or `signal` fires. */
  watch(key: PersonaKey, signal: AbortSignal): AsyncGenerator<TrainingStatus, void, undefined>
  cancel(key: PersonaKey): Promise<void>
  forget(key: PersonaKey, asked?: AskedNumbers): Promise<Forgotten>
  promote(key: PersonaKey, request: PromotionRequest): Promise<PersonaStatus>
  feedback(request: FeedbackRequest): Promise<FeedbackResult>
  /** The page of a card by its name in the path; null where it leads nowhere. */
  card(name: string): Promise<PersonaStatus | null>
}

/** Numbers that a caller without a body names: what differs from what is kept is refused. */
export interface AskedNumbers {
  readonly repositoryId?: number
  readonly personId?: number
}
