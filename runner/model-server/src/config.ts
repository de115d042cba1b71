import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { ApiKey } from './callers/api-key.ts'
import { type EngineConfig, engineConfigOf, engineContradictions, engineSettings } from './engine-settings.ts'
import { type OidcConfig, oidcConfigOf, oidcContradictions, oidcSettings } from './oidc-settings.ts'
import { apiKeys, databaseUrl, integer, secret } from './setting-kinds.ts'
import {
  type TrainingConfig,
  trainingConfigOf,
  trainingContradictions,
  trainingSettings,
} from './training-settings.ts'

/** Every variable the server reads. Descriptions are shown in docs/server.md; an empty variable counts as unset. */
export const settings = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for every interface.'),
  PORT: integer(0, 65_535).prefault('8787').describe('Port to listen on; 0 takes a free one.'),
  API_KEYS: apiKeys
    .optional()
    .describe(
      'Keys that clients may use, separated by commas: each 32 characters or more, or sha256: and the hex digest of one. Behind owner/name= or owner/*= a key may ask for these repositories alone. Needed unless HOST is a loopback address or OIDC_ISSUER is set.',
    ),
  ...oidcSettings,
  DATA_DIR: z.string().default('.ai-review').describe('Directory of the embedded database and of keys.'),
  MODELS_DIR: z
    .string()
    .optional()
    .describe('Directory of model files, fetched or put there; unset: models in DATA_DIR.'),
  DATABASE_URL: databaseUrl
    .optional()
    .describe(
      'postgres:// URL of a PostgreSQL to use in place of the embedded database; none to keep no records and no answers.',
    ),
  SEAL_KEY: secret
    .optional()
    .describe(
      'Secret of 32 characters or more that signs our marks on GitHub; the same on every replica. Made once in DATA_DIR when unset.',
    ),
  ...engineSettings,
  CACHE_HOURS: integer(0, 8760)
    .prefault('24')
    .describe('Hours that answers of the model are kept, encrypted; 0 keeps none.'),
  CACHE_KEY: secret
    .optional()
    .describe(
      'Secret of 32 characters or more that encrypts kept answers; unset: derived from the seal key.',
    ),
  REVIEW_SLOTS: integer(1, 256).prefault('2').describe('Reviews that run at once.'),
  QUEUE_LIMIT: integer(0, 10_000)
    .prefault('16')
    .describe('Reviews that may wait; beyond it clients are told to come back.'),
  ...trainingSettings,
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be a level of pino, such as info',
    )
    .default('info')
    .describe('fatal, error, warn, info, debug, trace or silent. No level logs text of a change.'),
})

type Settings = z.output<typeof settings>

/** Where reviews are recorded and answers of the model kept. */
type DatabaseConfig =
  | { readonly kind: 'none' }
  | { readonly kind: 'embedded' }
  | { readonly kind: 'postgres'; readonly url: string }

export interface Config {
  readonly host: string
  readonly port: number
  /** Empty, and no workflow tokens taken: everyone on this machine may ask. */
  readonly apiKeys: readonly ApiKey[]
  /** Absent: workflow tokens are not taken. */
  readonly oidc?: OidcConfig
  readonly dataDirectory: string
  readonly modelsDirectory: string
  readonly database: DatabaseConfig
  readonly sealSecret?: string
  readonly cacheSecret?: string
  readonly cacheHours: number
  readonly engine: EngineConfig
  readonly training: TrainingConfig
  readonly adaptersDirectory: string
  /** Without a slash at the end. */
  readonly publicUrl: string
  readonly reviewSlots: number
  readonly queueLimit: number
  readonly logLevel: Settings['LOG_LEVEL']
}

/** Every problem of the configuration at once, one line each: variable, what is wrong, never the value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Reads the configuration from environment variables. Throws a ConfigError that lists everything to change. */
export function readConfig(env: Environment = process.env): Config {
  const present = Object.keys(settings.shape).flatMap((name) => {
    const value = env[name]?.trim()
    return value === undefined || value === '' ? [] : [[name, value] as const]
  })
  const parsed = settings.safeParse(Object.fromEntries(present))
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`))
  }
  const problems = contradictions(parsed.data)
  if (problems.length > 0) throw new ConfigError(problems)
  return configOf(parsed.data, env)
}

/** The addresses that only this machine can reach. */
function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}

function contradictions(set: Settings): string[] {
  const problems = [...oidcContradictions(set), ...trainingContradictions(set), ...engineContradictions(set)]
  if (!isLoopback(set.HOST) && set.API_KEYS === undefined && set.OIDC_ISSUER === undefined) {
    problems.push(
      'API_KEYS: must be set when HOST is not a loopback address, else anyone could ask for reviews',
    )
  }
  return problems
}

type Environment = Readonly<Record<string, string | undefined>>

function configOf(set: Settings, env: Environment): Config {
  const oidc = oidcConfigOf(set)
  return {
    host: set.HOST,
    port: set.PORT,
    apiKeys: set.API_KEYS ?? [],
    ...(oidc === undefined ? {} : { oidc }),
    dataDirectory: resolve(set.DATA_DIR),
    modelsDirectory: resolve(set.MODELS_DIR ?? join(set.DATA_DIR, 'models')),
    database: databaseConfigOf(set.DATABASE_URL),
    cacheHours: set.CACHE_HOURS,
    engine: engineConfigOf(set, env),
    training: trainingConfigOf(set, env),
    adaptersDirectory: resolve(set.ADAPTERS_DIR ?? join(set.DATA_DIR, 'adapters')),
    publicUrl: set.PUBLIC_URL?.replace(/\/+$/, '') ?? '',
    reviewSlots: set.REVIEW_SLOTS,
    queueLimit: set.QUEUE_LIMIT,
    logLevel: set.LOG_LEVEL,
    ...(set.SEAL_KEY === undefined ? {} : { sealSecret: set.SEAL_KEY }),
    ...(set.CACHE_KEY === undefined ? {} : { cacheSecret: set.CACHE_KEY }),
  }
}

function databaseConfigOf(url: Settings['DATABASE_URL']): DatabaseConfig {
  if (url === undefined) return { kind: 'embedded' }
  return url === 'none' ? { kind: 'none' } : { kind: 'postgres', url }
}
