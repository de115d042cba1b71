import { z } from 'zod'
import { llamaEnvironment } from './engine/llama/llama-environment.ts'
import { httpUrl, integer } from './setting-kinds.ts'

/** Where the language model runs, and what it has beside it. Part of `settings` in config.ts. */
export const engineSettings = {
  ENGINE: z
    .enum(['none', 'llama', 'openai'], 'must be none, llama or openai')
    .optional()
    .describe(
      'Where the language model runs: none, llama (embedded) or openai (any OpenAI-compatible server). Unset: llama when MODEL is set, openai when OPENAI_BASE_URL is set, else none.',
    ),
  MODEL: z
    .string()
    .optional()
    .describe('Model of the embedded engine: path of a GGUF file, or hf:owner/repository:file.'),
  MODEL_THREADS: integer(1, 512)
    .optional()
    .describe('CPU threads of the embedded engine; unset: a safe number for this machine.'),
  MODEL_CONTEXT_TOKENS: integer(512, 1_048_576)
    .optional()
    .describe('Prompt and answer together, in tokens; unset: what the engine offers.'),
  MODEL_SEQUENCES: integer(1, 256).optional().describe('Prompts that the embedded engine decodes together.'),
  MODEL_GPU: z
    .enum(['auto', 'cuda', 'vulkan', 'metal', 'off'], 'must be auto, cuda, vulkan, metal or off')
    .default('auto')
    .describe('GPU of the embedded engine: auto, cuda, vulkan, metal or off.'),
  MODEL_ADAPTERS: integer(1, 64)
    .optional()
    .describe(
      'Adapters that the embedded engine holds open at once, each with memory for up to two prompts; unset: 4. Others are opened when they are needed.',
    ),
  OPENAI_BASE_URL: httpUrl.optional().describe('Base URL of the OpenAI-compatible server, with its /v1.'),
  OPENAI_API_KEY: z.string().optional().describe('Key for that server, where it wants one.'),
  OPENAI_MODEL: z.string().optional().describe('Name of the model as that server lists it.'),
  ENGINE_ADAPTERS_DIR: z
    .string()
    .startsWith('/', 'must be an absolute path')
    .optional()
    .describe(
      'ADAPTERS_DIR as the machine of the OpenAI-compatible server sees it, where that is another path.',
    ),
  EMBEDDING_MODEL: z
    .string()
    .optional()
    .describe(
      'Model that tells which past comments are near: a GGUF file or hf: name for the embedded engine, else its name at EMBEDDING_BASE_URL. Unset: nearness goes by words.',
    ),
  EMBEDDING_BASE_URL: httpUrl
    .optional()
    .describe('Base URL, with its /v1, of the server of EMBEDDING_MODEL; unset: OPENAI_BASE_URL.'),
  EMBEDDING_API_KEY: z.string().optional().describe('Key for EMBEDDING_BASE_URL, where it wants one.'),
}

type Settings = z.output<z.ZodObject<typeof engineSettings>>
type Environment = Readonly<Record<string, string | undefined>>

interface EmbeddingConfig {
  readonly baseUrl: string
  readonly apiKey?: string
  readonly model: string
}

export type EngineConfig =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'llama'
      readonly model: string
      readonly threads?: number
      readonly contextTokens?: number
      readonly sequences?: number
      readonly gpu: Settings['MODEL_GPU']
      readonly adapters?: number
      readonly embeddingModel?: string
      /** All that the process of the model sees of the environment. */
      readonly environment: Readonly<Record<string, string>>
    }
  | {
      readonly kind: 'openai'
      readonly baseUrl: string
      readonly apiKey?: string
      readonly model: string
      readonly contextTokens?: number
      /** Where the engine's machine sees the directory of adapters, if elsewhere. */
      readonly adaptersDirectory?: string
      readonly embedding?: EmbeddingConfig
    }

/** What is missing or does not go together, one line each. */
export function engineContradictions(set: Settings): string[] {
  const kind = engineKind(set)
  const problems: string[] = []
  if (kind === 'llama' && set.MODEL === undefined) {
    problems.push('MODEL: must name a GGUF file or a hub model when ENGINE is llama')
  }
  if (kind === 'openai' && set.OPENAI_BASE_URL === undefined) {
    problems.push('OPENAI_BASE_URL: must be set when ENGINE is openai')
  }
  if (kind === 'openai' && set.OPENAI_MODEL === undefined) {
    problems.push('OPENAI_MODEL: must name a model that the server at OPENAI_BASE_URL lists')
  }
  if (kind === 'llama' && set.EMBEDDING_BASE_URL !== undefined) {
    problems.push(
      'EMBEDDING_BASE_URL: goes with ENGINE=openai; the embedded engine loads EMBEDDING_MODEL itself',
    )
  }
  if (set.EMBEDDING_BASE_URL !== undefined && set.EMBEDDING_MODEL === undefined) {
    problems.push('EMBEDDING_MODEL: must name a model that the server at EMBEDDING_BASE_URL lists')
  }
  return problems
}

function engineKind(set: Settings): EngineConfig['kind'] {
  if (set.ENGINE !== undefined) return set.ENGINE
  if (set.MODEL !== undefined) return 'llama'
  return set.OPENAI_BASE_URL === undefined ? 'none' : 'openai'
}

/** The engine that the settings name. `env` is what the process of an embedded model may see a part of. */
export function engineConfigOf(set: Settings, env: Environment): EngineConfig {
  const kind = engineKind(set)
  if (kind === 'llama' && set.MODEL !== undefined) return llamaConfigOf(set, set.MODEL, env)
  if (kind === 'openai' && set.OPENAI_BASE_URL !== undefined && set.OPENAI_MODEL !== undefined) {
    return {
      kind,
      baseUrl: set.OPENAI_BASE_URL,
      model: set.OPENAI_MODEL,
      ...withoutUnset({
        contextTokens: set.MODEL_CONTEXT_TOKENS,
        apiKey: set.OPENAI_API_KEY,
        adaptersDirectory: set.ENGINE_ADAPTERS_DIR,
        embedding: embeddingConfigOf(set, set.OPENAI_BASE_URL),
      }),
    }
  }
  return { kind: 'none' }
}

function llamaConfigOf(set: Settings, model: string, env: Environment): EngineConfig {
  return {
    kind: 'llama',
    model,
    gpu: set.MODEL_GPU,
    environment: llamaEnvironment(env),
    ...withoutUnset({
      contextTokens: set.MODEL_CONTEXT_TOKENS,
      threads: set.MODEL_THREADS,
      sequences: set.MODEL_SEQUENCES,
      adapters: set.MODEL_ADAPTERS,
      embeddingModel: set.EMBEDDING_MODEL,
    }),
  }
}

/** Without an address of its own the embedding model is at the server of the language model, under the same key. */
function embeddingConfigOf(set: Settings, openAiBaseUrl: string): EmbeddingConfig | undefined {
  if (set.EMBEDDING_MODEL === undefined) return undefined
  const isOwnServer = set.EMBEDDING_BASE_URL !== undefined
  return {
    baseUrl: set.EMBEDDING_BASE_URL ?? openAiBaseUrl,
    model: set.EMBEDDING_MODEL,
    ...withoutUnset({ apiKey: set.EMBEDDING_API_KEY ?? (isOwnServer ? undefined : set.OPENAI_API_KEY) }),
  }
}

type WithoutUnset<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> }

function withoutUnset<Values extends object>(values: Values): WithoutUnset<Values> {
  const set = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(set) as WithoutUnset<Values>
}
