import type { FeedbackKind } from '@ai-review/protocol/feedback'
import type {
  AdapterState,
  AdapterVersion,
  ColleagueComment,
  Consent,
  Forgotten,
  PastComment,
  SamplesChunk,
  Silence,
  TrainingStatus,
} from '@ai-review/protocol/persona'
import type { PersonaKey } from './persona-key.ts'

/** What is known of a persona without reading any text of it. */
export interface PersonaRecord {
  readonly key: PersonaKey
  readonly repositoryId: number
  readonly personId: number
  readonly consent: Consent
  /** Changes with every change of its comments: what is built from them is kept under it. */
  readonly revision: string
  readonly comments: number
  readonly silences: number
  readonly window: { readonly from: string; readonly to: string } | null
  /** When its history was last read to the end. */
  readonly readAt: string | null
  readonly collection: { readonly session: string; readonly cursor: string; readonly comments: number } | null
  /** Path of the card's page on the server. Nobody can guess it, and after `forget` it leads nowhere. */
  readonly card: string
}

/** What a training learns from. Silences and colleagues' comments are gone once it has ended. */
export interface PersonaTexts {
  /** Newest first. */
  readonly comments: readonly PastComment[]
  readonly silences: readonly Silence[]
  readonly colleagues: readonly ColleagueComment[]
  /** Words by which the person was told apart from colleagues, where the comments of those are gone. */
  readonly words?: readonly string[] | undefined
}

/** A training: queued, running or over. */
export interface TrainingJob {
  readonly id: string
  readonly key: PersonaKey
  readonly repositoryId: number
  readonly personId: number
  readonly baseModel: string
  readonly force: boolean
  readonly status: TrainingStatus
}

/** An adapter as the registry knows it; its files are in the directory named by its hash. */
export interface StoredVersion extends AdapterVersion {
  readonly key: PersonaKey
  /** Whether it was ever live: the store sees to it. */
  readonly wasLive?: boolean
  /** False once its files were given up: it cannot serve again. The store sees to it. */
  readonly hasFiles?: boolean
}

/** Counts of what people made of findings of one adapter. */
export interface AdapterFeedback {
  readonly good: number
  readonly bad: number
}

/** GitHub's numbers of a repository and an account, where they are known: both outlast a change of name. */
export interface PersonaNumbers {
  readonly repositoryId?: number | undefined
  readonly personId?: number | undefined
}

/** Who takes a consent back, and when (ISO 8601): without a moment it is now. */
export interface Withdrawal extends PersonaNumbers {
  readonly at?: string | undefined
}

/**
 * What the server keeps of personas. Texts are encrypted at rest under a key of the persona's own. Every method but
 * `find` and `isWithdrawn` throws a StoreError where the database cannot be used; a wrong repository or person id is
 * the caller's to check against `find`.
 */
export interface PersonaStore {
  find(key: PersonaKey): Promise<PersonaRecord | null>
  /** By a keyed hash: true where the person took the consent back and has not given another since. */
  isWithdrawn(key: PersonaKey): Promise<boolean>
  /** Records a consent. False, and nothing is kept, where the person withdrew after it was given. */
  agree(
    key: PersonaKey,
    of: { readonly repositoryId: number; readonly personId: number; readonly consent: Consent },
  ): Promise<boolean>
  /**
   * Everything of the persona goes: rows, jobs, versions. What is left is a keyed hash that says so. `hashes` are those
   * of adapters that no other persona has. Numbers count where nothing is kept that tells whose persona it was. No
   * consent that was given up to then counts any more.
   */
  forget(
    key: PersonaKey,
    withdrawal?: Withdrawal,
  ): Promise<Forgotten & { readonly hashes: readonly string[] }>

  /** Hashes of adapters that nobody has any more, or whose files were given up, and whose files nobody has said to be gone. */
  leftovers(): Promise<readonly string[]>
  /**
   * Has the files of an adapter removed, where it is left over still. One server does it at a time, and none takes them in
   * meanwhile. Where `remove` throws, so does this, and the adapter stays left over. `remove` must not ask the store.
   */
  removeLeftover(hash: string, remove: () => Promise<void>): Promise<void>
  /**
   * Hashes of adapters for this model with files that no version needs: it is refused, failed its probe, or is retired and
   * neither one of the two newest nor one of the two newest that were live.
   */
  spentAdapters(baseModel: string): Promise<readonly string[]>
  /** An adapter that is still spent is left over from here on, and no version of it can serve. */
  giveUpFiles(hash: string): Promise<void>

  addChunk(key: PersonaKey, chunk: SamplesChunk): Promise<void>
  texts(key: PersonaKey): Promise<PersonaTexts>
  /**
   * Takes away what only a training needs, where one has brought a version of it: silences, and colleagues' comments but
   * for what they told of the person.
   */
  dropTrainingTexts(key: PersonaKey): Promise<void>

  versions(key: PersonaKey, baseModel?: string): Promise<readonly StoredVersion[]>
  /** One in state `training` is about to get its files, whatever became of earlier ones. */
  saveVersion(version: StoredVersion): Promise<void>
  /**
   * One is live and one canary at most for a base model: whoever was before is retired. False, and nothing happens, where
   * one without files is to be either.
   */
  setVersionState(key: PersonaKey, name: string, state: AdapterState): Promise<boolean>
  /** Every version that may have to be loaded: canary and live ones of this base model. */
  servingVersions(baseModel: string): Promise<readonly StoredVersion[]>
  /** Versions of this base model that wait for their probe and their gate, oldest first: state `candidate`. */
  waitingVersions(baseModel: string): Promise<readonly StoredVersion[]>

  /** One that is open is answered as it stands; forced, one that runs on an older history begins anew. */
  enqueue(job: Omit<TrainingJob, 'id' | 'status'>): Promise<TrainingJob>
  /**
   * The next job that nobody runs, taken under `worker`: repositories take turns. Jobs whose worker was silent for
   * `staleMs` go first. Of this base model alone, where one is named.
   */
  takeJob(worker: string, staleMs: number, baseModel?: string): Promise<TrainingJob | null>
  /**
   * False once the job was cancelled or taken over: whoever runs it stops. `queued` hands it back: any worker may take it
   * again at once.
   */
  reportJob(id: string, worker: string, status: Partial<TrainingStatus>): Promise<boolean>
  /** The open one, else the newest; of this base model alone, where one is named. */
  job(key: PersonaKey, baseModel?: string): Promise<TrainingJob | null>
  /** A version that it has made and that nobody has decided on is retired. False where none is open. */
  cancelJob(key: PersonaKey): Promise<boolean>
  /** Ids of all that wait or run, on whatever server. */
  openJobs(): Promise<readonly string[]>

  /** Counts outcomes of findings that an adapter raised, each once. Returns how many were new. */
  recordFeedback(
    repositoryId: number,
    pullRequest: number,
    outcomes: readonly { readonly identity: string; readonly kind: FeedbackKind }[],
  ): Promise<number>
  feedbackOf(key: PersonaKey, adapter: string): Promise<AdapterFeedback>
  /** Personas whose policy asks for a weekly refresh and that are due. */
  dueForRefresh(before: Date): Promise<readonly PersonaRecord[]>
  setRefresh(key: PersonaKey, refresh: 'never' | 'weekly'): Promise<void>
}

/** How many there are, for the metrics. */
export interface PersonaCensus {
  readonly personas: number
  readonly trainings: Readonly<Partial<Record<TrainingStatus['state'], number>>>
}

/** What the server itself asks of its store beside what reviews and trainings need. All of it throws a StoreError. */
export interface KeptPersonas extends PersonaStore {
  /** As `find` and `isWithdrawn`, but a database that cannot be used is told. */
  look(key: PersonaKey): Promise<{ readonly record: PersonaRecord | null; readonly isWithdrawn: boolean }>
  /**
   * Names under which a person is kept for a repository: more than one where either was renamed. By the login where the
   * person's number is not known; none without a repository's.
   */
  namesOf(login: string, numbers: PersonaNumbers): Promise<readonly PersonaKey[]>
  /** By the path of its card; null where it leads nowhere. */
  findByCard(card: string): Promise<PersonaRecord | null>
  /** As `job`, and whether its person's comments are the same now. */
  lastTraining(
    key: PersonaKey,
    baseModel?: string,
  ): Promise<{ readonly job: TrainingJob; readonly isCurrent: boolean } | null>
  /** Whose adapters have raised findings on this pull request. */
  voicesOn(repositoryId: number, pullRequest: number): Promise<readonly PersonaKey[]>
  census(): Promise<PersonaCensus>
  /** Drops collections that nobody has gone on with for a week. */
  tidy(): Promise<void>
}
