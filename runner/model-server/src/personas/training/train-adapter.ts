import type { GateReport, TrainingStatus } from '@ai-review/protocol/persona'
import { fewestForTraining } from '@ai-review/protocol/persona'
import { fewestCases } from '../gate/judge-adapter.ts'
import type { PersonaStore, PersonaTexts, StoredVersion, TrainingJob } from '../persona-store.ts'
import { AdapterFilesError, adapterName } from '../registry/adapter-files.ts'
import type { Registry } from '../registry/registry.ts'
import { failureSentences } from './failure-sentences.ts'
import type { JobDirectories } from './job-directory.ts'
import { patiently } from './patiently.ts'
import { type RunTrainerOptions, runTrainer, type TrainerCommand, type TrainerEnd } from './run-trainer.ts'
import { type TurnTaking, trainInTurns } from './train-in-turns.ts'
import { type TrainerSettings, trainerConfigText } from './trainer-settings.ts'
import { countSamples, type TrainingSample, trainingSamples } from './training-samples.ts'

/** A trainer may take this long to save a checkpoint before it is ended by force. */
const graceMs = 25_000

/** States of a training by the stage of the trainer. */
const stateOfStage = {
  collect: 'preparing',
  train: 'training',
  evaluate: 'evaluating',
  publish: 'publishing',
} as const

interface TrainAdapterParts {
  readonly store: PersonaStore
  readonly registry: Registry
  readonly directories: JobDirectories
  readonly trainer: TrainerCommand & TrainerSettings
  /** Of the model, where this server has it. */
  readonly contextTokens: () => number | null
  readonly turnTaking: TurnTaking | null
}

export type TrainingEnd =
  | { readonly kind: 'trained'; readonly version: StoredVersion }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'stopped' }

interface Running {
  readonly signal: AbortSignal
  readonly tell: (status: Partial<TrainingStatus>) => void
}

/** Trains one adapter: its samples are written, the trainer runs, and what it made is taken into the registry as a candidate. */
export async function trainAdapter(
  job: TrainingJob,
  parts: TrainAdapterParts,
  { signal, tell }: Running,
): Promise<TrainingEnd> {
  tell({ state: 'preparing', message: '' })
  const texts = await parts.store.texts(job.key)
  if (texts.comments.length < fewestForTraining) return failed('too-few')
  const about = { repositoryId: job.repositoryId, contextTokens: parts.contextTokens() }
  const samples = await trainingSamples(texts, about)
  if (!canBeJudged(samples)) return failed('no-judging')
  const directory = await parts.directories.prepare(job.id, async () => ({
    config: await trainerConfigText(parts.trainer),
    samples,
  }))
  const end = await run(parts, { directory, signal, tell })
  if (end.kind === 'failed') return failed(end.code)
  if (end.kind === 'stopped' || signal.aborted) return { kind: 'stopped' }
  const made = { job, hash: end.hash, directory, samples: countSamples(samples), window: windowOf(texts) }
  return publish(made, parts, { signal, tell })
}

/** What no gate could decide on is not worth hours of training: silences are gone once a training has ended. */
function canBeJudged(samples: readonly TrainingSample[]): boolean {
  const of = (wanted: TrainingSample['kind']) =>
    samples.filter(({ split, kind }) => split === 'test' && kind === wanted).length
  return Math.min(of('comment'), of('silence')) >= fewestCases
}

function run(
  { trainer, turnTaking }: TrainAdapterParts,
  { directory, signal, tell }: Running & { readonly directory: string },
): Promise<TrainerEnd> {
  const options: RunTrainerOptions = {
    trainer,
    directory,
    signal,
    graceMs,
    onProgress: ({ stage, step, steps, seconds_left: secondsLeft }) =>
      tell({ state: stateOfStage[stage], step, steps, secondsLeft, message: '' }),
  }
  if (turnTaking === null) return runTrainer(options)
  const onWait = () => tell({ message: 'The training goes on once no review is running.' })
  return trainInTurns({ ...options, onWait }, turnTaking)
}

const notTaken: GateReport = {
  isPassed: false,
  reasons: ['Its files could not be taken into the registry.'],
  measures: [],
  cases: 0,
}

interface Made extends Pick<StoredVersion, 'samples' | 'window'> {
  readonly job: TrainingJob
  readonly hash: string
  readonly directory: string
}

/** The version is known before its files are there, so that whoever forgets the persona finds them. */
async function publish(
  made: Made,
  parts: TrainAdapterParts,
  { signal, tell }: Running,
): Promise<TrainingEnd> {
  const { job, hash, directory, samples, window } = made
  const store = patient(parts.store, signal)
  // Forgotten elsewhere while the trainer ran, and begun anew perhaps: what it made is of texts that are gone.
  if ((await store.job(job.key, job.baseModel))?.id !== job.id) return { kind: 'stopped' }
  const version: StoredVersion = {
    key: job.key,
    name: adapterName(hash),
    hash,
    baseModel: job.baseModel,
    state: 'training',
    at: new Date().toISOString(),
    window,
    samples,
    gate: null,
    feedback: { good: 0, bad: 0 },
  }
  const of = async () =>
    (await store.versions(job.key, job.baseModel)).find(({ name }) => name === version.name)
  const earlier = await of()
  // Judged before, and of no use any more: its files are not kept.
  if (isDecided(earlier) && earlier.hasFiles === false) return { kind: 'trained', version: earlier }
  if (!isDecided(earlier)) await store.saveVersion({ ...(earlier ?? version), state: 'training' })
  tell({ state: 'publishing', version: version.name })
  try {
    await parts.registry.adopt(directory, hash)
  } catch (error) {
    if (!isDecided(earlier)) await store.saveVersion({ ...version, state: 'failed-probe', gate: notTaken })
    if (error instanceof AdapterFilesError) return failed('bad-files')
    throw error
  }
  // Trained again on the same history it is the same adapter, whose fate is known.
  if (isDecided(earlier)) {
    if ((await of())?.hasFiles === false) await parts.registry.remove(hash)
    return { kind: 'trained', version: earlier }
  }
  await store.setVersionState(job.key, version.name, 'candidate')
  // Forgotten while its files were being copied: they must not outlive it.
  if ((await of()) === undefined) {
    await parts.registry.remove(hash)
    return { kind: 'stopped' }
  }
  return { kind: 'trained', version: { ...version, state: 'candidate' } }
}

/** False for one that was never judged to the end, or failed its probe: the engine may do better by now. */
function isDecided(version: StoredVersion | undefined): version is StoredVersion {
  return version !== undefined && version.gate !== null && version.state !== 'failed-probe'
}

/** What is asked of the store once there is something to lose. */
function patient(
  store: PersonaStore,
  signal: AbortSignal,
): Pick<PersonaStore, 'job' | 'versions' | 'saveVersion' | 'setVersionState'> {
  return {
    job: (...of) => patiently(() => store.job(...of), signal),
    versions: (...of) => patiently(() => store.versions(...of), signal),
    saveVersion: (version) => patiently(() => store.saveVersion(version), signal),
    setVersionState: (...change) => patiently(() => store.setVersionState(...change), signal),
  }
}

function failed(code: keyof typeof failureSentences): TrainingEnd {
  return { kind: 'failed', message: failureSentences[code] }
}

function windowOf({ comments }: PersonaTexts): StoredVersion['window'] {
  const times = comments.map(({ at }) => at).sort()
  const from = times.at(0) ?? new Date(0).toISOString()
  return { from, to: times.at(-1) ?? from }
}
