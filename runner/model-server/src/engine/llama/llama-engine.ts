import type { Engine, EngineAdapters } from '../engine.ts'
import { EngineError } from '../engine.ts'
import { llamaAdapters } from './llama-adapters.ts'
import type { FromChild, LoadMessage } from './messages.ts'
import { type DownloadProgress, type LlamaLog, ModelProcess } from './model-process.ts'

export interface LlamaEngineOptions {
  /** Path of a GGUF file, name of one in the models directory, or `hf:owner/repository:quantisation-or-file`. */
  readonly model: string
  readonly modelsDirectory: string
  /** Where `hf:` names are fetched from; default https://huggingface.co. */
  readonly hubUrl?: string
  /** CPU threads; default: one less than the machine's cores, at most 8. */
  readonly threads?: number
  /** Prompt and answer of one call together; default 16,384, less where the model or the memory ends earlier. */
  readonly contextTokens?: number
  /** Calls decoded together; default 4. */
  readonly sequences?: number
  /** Adapters open at once, each with memory of its own; default 4. Others are opened when they are called. */
  readonly adapters?: number
  /** A GGUF model for embeddings, named as `model` is; without it there is no `embed`. */
  readonly embeddingModel?: string
  readonly gpu?: LoadMessage['gpu']
  /** All that the process of the model sees of the environment; see `llamaEnvironment`. */
  readonly environment?: Readonly<Record<string, string>>
  /** Silence under a call after which the process counts as hung; default 2 minutes. */
  readonly hangAfterMs?: number
  readonly onDownloadProgress?: (progress: DownloadProgress) => void
  readonly log: LlamaLog
}

/** The engine, and the process id of llama.cpp, for whoever watches processes. */
export interface LlamaEngine extends Engine {
  readonly adapters: EngineAdapters
  readonly pid: number | undefined
}

const defaultHubUrl = 'https://huggingface.co'
const defaultSequences = 4
const defaultAdapters = 4
const defaultHangAfterMs = 120_000

/**
 * llama.cpp in a process of its own, with one model. Throws an EngineError `unavailable` that says what to change when
 * the model cannot be found, fetched or loaded. Adapters are `adapter.gguf` files; each has a context of its own.
 */
export async function createLlamaEngine(options: LlamaEngineOptions): Promise<LlamaEngine> {
  const { process, facts } = await ModelProcess.start({
    load: loadMessage(options),
    environment: options.environment ?? {},
    hangAfterMs: options.hangAfterMs ?? defaultHangAfterMs,
    onDownloadProgress: options.onDownloadProgress ?? (() => {}),
    log: options.log,
  })
  const { model, modelHash, contextTokens, parallel, embeddingModel } = facts
  const adapters = llamaAdapters(process)
  return {
    description: {
      model,
      modelHash,
      contextTokens,
      parallel,
      ...(embeddingModel === undefined ? {} : { embeddingModel }),
    },
    get pid() {
      return process.pid
    },
    adapters,
    async complete({ messages, schema, maxTokens, seed, priority, adapter, signal }) {
      const body = { messages: [...messages], schema: { ...schema }, maxTokens, seed, priority }
      const call = (part: object) => process.call({ type: 'complete', ...body, ...part }, signal)
      return expectAnswer(await adapters.call(adapter, call), 'completed').completion
    },
    async score({ messages, completion, adapter, signal }) {
      const body = { messages: [...messages], completion }
      const call = (part: object) => process.call({ type: 'score', ...body, ...part }, signal)
      return expectAnswer(await adapters.call(adapter, call), 'scored').logProbabilities
    },
    ...(embeddingModel === undefined ? {} : { embed: embedder(process) }),
    async countTokens(messages) {
      return expectAnswer(await process.call({ type: 'count', messages: [...messages] }), 'counted').tokens
    },
    health: async () => process.health,
    rest: async () => await process.rest(),
    [Symbol.asyncDispose]: async () => await process[Symbol.asyncDispose](),
  }
}

function embedder(process: ModelProcess): NonNullable<Engine['embed']> {
  return async (texts) =>
    expectAnswer(await process.call({ type: 'embed', texts: [...texts] }), 'embedded').vectors
}

function loadMessage(options: LlamaEngineOptions): LoadMessage {
  return {
    type: 'load',
    model: options.model,
    modelsDirectory: options.modelsDirectory,
    hubUrl: options.hubUrl ?? defaultHubUrl,
    sequences: options.sequences ?? defaultSequences,
    adapters: options.adapters ?? defaultAdapters,
    gpu: options.gpu ?? 'auto',
    ...(options.embeddingModel === undefined ? {} : { embeddingModel: options.embeddingModel }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.contextTokens === undefined ? {} : { contextTokens: options.contextTokens }),
  }
}

type Answer<T extends FromChild['type']> = Extract<FromChild, { type: T }>

function expectAnswer<T extends FromChild['type']>(answer: FromChild, type: T): Answer<T> {
  if (answer.type === type) return answer as Answer<T>
  throw new EngineError('rejected', 'The process of the model answered another question.')
}
