import type { FeedbackRequest, FeedbackResult } from '@ai-review/protocol/feedback'
import type {
  ConsentRequest,
  Forgotten,
  PersonaStatus,
  PromotionRequest,
  SamplesChunk,
  TrainingRequest,
  TrainingStatus,
} from '@ai-review/protocol/persona'
import { fewestForTraining } from '@ai-review/protocol/persona'
import { takeFeedback } from '../feedback/take-feedback.ts'
import { ProblemError } from '../problems.ts'
import { type AskedToForget, forgetPersona } from './forget-persona.ts'
import { type AskedNumbers, isOthers, ownRecord, refuseOthers } from './own-record.ts'
import type { PersonaKey } from './persona-key.ts'
import { type Described, describePersona } from './persona-status.ts'
import type { KeptPersonas, TrainingJob } from './persona-store.ts'
import { promoteVersion } from './promote-version.ts'
import { createStyleShelf } from './style-shelf.ts'
import { watchTraining } from './watch-training.ts'

/** Trains adapters, here or on another server. */
export interface Trainings {
  /** False where the engine loads no adapters: nothing that is trained for it could ever serve. */
  canServe(): boolean
  /** Hash of the model that is served now, for which adapters are trained; null without one. */
  baseModel(): string | null
  /** Queues a training for the model that is served; one that is open already is answered as it stands. */
  enqueue(job: Pick<TrainingJob, 'key' | 'repositoryId' | 'personId' | 'force'>): Promise<TrainingJob>
  /** False where none is open. */
  cancel(key: PersonaKey): Promise<boolean>
  /** Calls back after each change of a training of this persona on this server. Returns what ends it. */
  onChange(key: PersonaKey, listener: () => void): () => void
}

interface PersonasOptions {
  readonly store: KeptPersonas
  /** Null: this server trains nothing. */
  readonly trainings: Trainings | null
  /** Hash of the model that is served now; null without one. */
  readonly servedModel: () => string | null
  /** Whether a model is configured; undefined while it starts. */
  readonly hasModel?: () => boolean | undefined
  /** Where people reach this server, for links to cards; '' where that is for those who ask it to know. */
  readonly publicUrl: string
  /** Called when a persona was forgotten: whoever keeps something of it in memory drops it. */
  readonly onForgotten?: (key: PersonaKey) => void
  /** Unloads adapters that nobody has any more and removes their files. */
  readonly forgetFiles: (hashes: readonly string[]) => Promise<void>
}

/** What the routes ask: everything that is done with personas. Refusals are ProblemErrors. */
export interface Personas {
  /** Numbers that differ from what is kept get the answer for a persona that is not there. */
  status(key: PersonaKey, asked?: AskedNumbers): Promise<PersonaStatus>
  agree(key: PersonaKey, request: ConsentRequest): Promise<PersonaStatus>
  upload(key: PersonaKey, chunk: SamplesChunk): Promise<PersonaStatus>
  train(key: PersonaKey, request: TrainingRequest): Promise<TrainingStatus>
  /** How the newest training for the model that is served stands. */
  training(key: PersonaKey, asked?: AskedNumbers): Promise<TrainingStatus>
  /** How the training stands, now and after each change, until it has ended or `signal` fires. */
  watch(key: PersonaKey, signal: AbortSignal): AsyncGenerator<TrainingStatus, void, undefined>
  cancel(key: PersonaKey, asked?: AskedNumbers): Promise<void>
  forget(key: PersonaKey, asked?: AskedToForget): Promise<Forgotten>
  promote(key: PersonaKey, request: PromotionRequest): Promise<PersonaStatus>
  feedback(request: FeedbackRequest, reaches?: (key: PersonaKey) => boolean): Promise<FeedbackResult>
  /** The page of a card by its name in the path; null where it leads nowhere. */
  card(name: string): Promise<PersonaStatus | null>
}

const noAdapters = {
  hint: 'The engine of this server loads no adapters: start vLLM as docs/server.md says. Reviews go on by retrieval.',
} as const
const takenBack = {
  hint: 'The consent was taken back after it was given, or is dated in the future: agree anew by --opt-in.',
} as const

/** Everything that is done with personas, over what is kept of them. */
export function createPersonas(options: PersonasOptions): Personas {
  const { store, trainings } = options
  const statuses = createStatuses(options)
  const forgetting = {
    store,
    endTraining: async (key: PersonaKey) => (await trainings?.cancel(key)) === true,
    onForgotten: (key: PersonaKey) => {
      statuses.forget(key)
      options.onForgotten?.(key)
    },
    forgetFiles: options.forgetFiles,
  }
  return {
    status: statuses.whole,
    agree: async (key, { repository, person, consent }) => {
      const asked = { repositoryId: repository.id, personId: person.id }
      const { record } = await store.look(key)
      if (record !== null) refuseOthers(record, asked)
      if (!(await store.agree(key, { ...asked, consent }))) throw new ProblemError('no-consent', takenBack)
      return statuses.withoutStyle(key)
    },
    upload: async (key, chunk) => {
      await ownRecord(store, key, chunk)
      await store.addChunk(key, chunk)
      return statuses.withoutStyle(key)
    },
    train: (key, request) => train(options, key, request),
    training: async (key, asked = {}) => {
      const last = await store.lastTraining(key, options.servedModel() ?? undefined)
      if (last === null || isOthers(last.job, asked))
        throw new ProblemError('not-found', { hint: 'No training was asked for.' })
      return last.job.status
    },
    watch: (key, signal) => watchTraining({ store, trainings }, key, signal),
    cancel: async (key, asked = {}) => {
      const last = await store.lastTraining(key)
      if (last !== null && isOthers(last.job, asked)) return
      await (trainings?.cancel(key) ?? store.cancelJob(key))
    },
    forget: (key, asked = {}) => forgetPersona(forgetting, key, asked),
    promote: async (key, request) => {
      await ownRecord(store, key, request)
      const model = options.servedModel()
      if (model === null) throw new ProblemError('engine-unavailable')
      await promoteVersion(store, { key, model, to: request.to })
      return statuses.withoutStyle(key)
    },
    feedback: (request, reaches) => takeFeedback(store, request, reaches),
    card: async (name) => {
      const record = await store.findByCard(`/cards/${name}`)
      return record === null ? null : statuses.whole(record.key)
    },
  }
}

function createStatuses({ store, trainings, servedModel, hasModel, publicUrl }: PersonasOptions) {
  const styles = createStyleShelf(store)
  const describe = async (key: PersonaKey, seen: Described): Promise<PersonaStatus> => {
    const model = servedModel()
    const versions = seen.record === null || model === null ? [] : await store.versions(key, model)
    const last = seen.record === null ? null : await store.lastTraining(key, model ?? undefined)
    const training = last?.job.status ?? null
    return describePersona(key, {
      ...seen,
      versions,
      training,
      trains: trainings?.canServe() ?? false,
      hasModel: hasModel?.(),
      publicUrl,
    })
  }
  return {
    whole: async (key: PersonaKey, asked: AskedNumbers = {}) => {
      const found = await store.look(key)
      const isTheirs = found.record === null || !isOthers(found.record, asked)
      const seen = isTheirs ? found : { record: null, isWithdrawn: false }
      return describe(key, { ...seen, style: await styles.of(seen.record) })
    },
    /** The style changes with every piece of a history, and measuring it reads all of it. */
    withoutStyle: async (key: PersonaKey) => describe(key, { ...(await store.look(key)), style: null }),
    forget: styles.forget,
  }
}

async function train(
  { store, trainings, servedModel }: PersonasOptions,
  key: PersonaKey,
  request: TrainingRequest,
): Promise<TrainingStatus> {
  const { comments, repositoryId, personId } = await ownRecord(store, key, request)
  if (request.refresh !== undefined) await store.setRefresh(key, request.refresh)
  if (trainings === null) throw new ProblemError('training-off')
  if (!trainings.canServe()) throw new ProblemError('training-off', noAdapters)
  if (comments < fewestForTraining) throw new ProblemError('too-few-samples')
  const force = request.force === true
  const model = servedModel()
  const last = force || model === null ? null : await store.lastTraining(key, model)
  const isDone = last?.job.status.state === 'done'
  if (last !== null && isDone && last.isCurrent) return last.job.status
  return (await trainings.enqueue({ key, repositoryId, personId, force })).status
}
