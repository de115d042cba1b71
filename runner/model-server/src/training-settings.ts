import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { httpUrl, integer } from './setting-kinds.ts'

const trainerFolder = fileURLToPath(new URL('../../trainer', import.meta.url))
const pythonOfTrainer = join(trainerFolder, '.venv/bin/python')

/** Words of a command line as it is typed, without a shell's quoting; or a list in JSON, for words with spaces in them. */
const commandLine = z.string().transform((text, context): string[] => {
  const words = text.startsWith('[') ? wordsOfList(text) : text.split(/\s+/)
  if (words !== null) return words
  context.addIssue({ code: 'custom', message: 'must be words separated by spaces, or a JSON list of them' })
  return z.NEVER
})

/** The variables that say whether, where and how this server trains adapters. Descriptions as in config.ts. */
export const trainingSettings = {
  TRAINING: z
    .enum(['off', 'here', 'elsewhere'], 'must be off, here or elsewhere')
    .default('off')
    .describe(
      'Where adapters are trained: off, here (by this server), or elsewhere (queued for a server with TRAINING=here and the same DATABASE_URL, SEAL_KEY, CACHE_KEY and ADAPTERS_DIR).',
    ),
  TRAINER_COMMAND: commandLine
    .optional()
    .describe(
      'Program and arguments of the trainer, to which the path of its configuration is added; {job} stands for its directory. Words separated by spaces, or a JSON list. Unset: python -m trainer of runner/trainer/.venv.',
    ),
  TRAINER_BASE_MODEL: z
    .string()
    .optional()
    .describe(
      'Base weights to train on, the same model that the engine serves: a directory in the Hugging Face layout, or a hub name that is in its cache.',
    ),
  TRAINER_CONFIG: z
    .string()
    .optional()
    .describe('TOML file whose tables of settings are handed to the trainer; see docs/training.md.'),
  TRAINER_GPU: z
    .string()
    .regex(
      /^(none|\d{1,2}(,\d{1,2})*|GPU-[\w-]+(,GPU-[\w-]+)*)$/,
      'must be device numbers such as 1 or 0,1, or none',
    )
    .optional()
    .describe('Devices of the trainer, as CUDA_VISIBLE_DEVICES names them; none: the CPU. Unset: all.'),
  TRAINING_TURNS: z
    .enum(['beside', 'turns'], 'must be beside or turns')
    .default('beside')
    .describe(
      'beside: the trainer runs while reviews do. turns: it runs while there are none; the engine gives its memory back meanwhile, and a review that arrives stops it.',
    ),
  TRAINING_IDLE_SECONDS: integer(1, 86_400)
    .prefault('60')
    .describe('With TRAINING_TURNS=turns: seconds without a review before the trainer goes on.'),
  ADAPTERS_DIR: z
    .string()
    .optional()
    .describe(
      'Directory of trained adapters, shared by all servers of one database; unset: adapters in DATA_DIR.',
    ),
  PUBLIC_URL: httpUrl
    .optional()
    .describe('Address under which people reach this server, for links to the cards of personas.'),
} as const

const TrainingSettings = z.object(trainingSettings)
type TrainingSettings = z.output<typeof TrainingSettings>

/** How a server that trains runs its trainer. */
interface TrainerConfig {
  /** Program first. `{job}` in a word stands for the directory of the job. */
  readonly command: readonly string[]
  readonly folder: string
  readonly baseModel: string
  readonly configFile?: string
  /** All that the trainer sees of the environment. */
  readonly environment: Readonly<Record<string, string>>
}

export type TrainingConfig =
  | { readonly kind: 'off' | 'elsewhere' }
  | {
      readonly kind: 'here'
      readonly trainer: TrainerConfig
      readonly turns: TrainingSettings['TRAINING_TURNS']
      readonly idleMs: number
    }

/** What the trainer needs of the environment. Keys and tokens of the server stay behind. */
const handedOn = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'CUDA_VISIBLE_DEVICES',
  'HF_HOME',
  'DOCKER_HOST',
]

type Environment = Readonly<Record<string, string | undefined>>

export function trainingConfigOf(set: TrainingSettings, env: Environment): TrainingConfig {
  if (set.TRAINING !== 'here' || set.TRAINER_BASE_MODEL === undefined) {
    return { kind: set.TRAINING === 'here' ? 'off' : set.TRAINING }
  }
  return {
    kind: 'here',
    turns: set.TRAINING_TURNS,
    idleMs: set.TRAINING_IDLE_SECONDS * 1000,
    trainer: {
      command: set.TRAINER_COMMAND ?? [pythonOfTrainer, '-m', 'trainer'],
      folder: trainerFolder,
      baseModel: set.TRAINER_BASE_MODEL,
      environment: trainerEnvironment(set, env),
      ...(set.TRAINER_CONFIG === undefined ? {} : { configFile: resolve(set.TRAINER_CONFIG) }),
    },
  }
}

/** What of these settings cannot be together with the rest. */
export function trainingContradictions(
  set: TrainingSettings & Partial<Record<'DATABASE_URL' | 'SEAL_KEY' | 'CACHE_KEY', string | undefined>>,
): string[] {
  const problems: string[] = []
  if (set.TRAINING === 'here' && set.TRAINER_BASE_MODEL === undefined) {
    problems.push('TRAINER_BASE_MODEL: must name the base weights when TRAINING is here')
  }
  if (set.TRAINING !== 'off' && set.DATABASE_URL === 'none') {
    problems.push('TRAINING: needs a database, as trainings and adapters are kept in it')
  }
  if (set.TRAINING === 'elsewhere' && set.DATABASE_URL === undefined) {
    problems.push('TRAINING: elsewhere needs a DATABASE_URL that the server that trains shares')
  } else if (set.TRAINING === 'elsewhere' && set.SEAL_KEY === undefined && set.CACHE_KEY === undefined) {
    problems.push('SEAL_KEY: must be set when TRAINING is elsewhere, the same on the server that trains')
  }
  return problems
}

function trainerEnvironment(set: TrainingSettings, env: Environment): Record<string, string> {
  const present = handedOn.flatMap((name) => {
    const value = env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    ...Object.fromEntries(present),
    HF_HUB_OFFLINE: '1',
    TRANSFORMERS_OFFLINE: '1',
    ...(set.TRAINER_GPU === undefined
      ? {}
      : { CUDA_VISIBLE_DEVICES: set.TRAINER_GPU === 'none' ? '' : set.TRAINER_GPU }),
  }
}

function wordsOfList(text: string): string[] | null {
  try {
    const parsed = z.array(z.string()).min(1).safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
