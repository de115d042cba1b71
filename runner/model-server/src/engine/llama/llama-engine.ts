import type { Engine } from '../engine.ts'
import { EngineError } from '../engine.ts'
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
  readonly pid: number | undefined
}

const defaultHubUrl = 'https://huggingface.co'
const defaultSequences = 4
const defaultHangAfterMs = 120_000

/**
 * llama.cpp in a process of its own, with one model. Throws an EngineError `unavailable` that says what to change when
 * the model cannot be found, fetched or loaded. `adapter` in a call is refused: this engine has none.
 */
export async function createLlamaEngine(options: LlamaEngineOptions): Promise<LlamaEngine> {
  const { process, facts } = await ModelProcess.start({
    load: loadMessage(options),
    environment: options.environment ?? {},
    hangAfterMs: options.hangAfterMs ?? defaultHangAfterMs,
    onDownloadProgress: options.onDownloadProgress ?? (() => {}),
    log: options.log,
  })
  const { model, modelHash, contextTokens, parallel } = facts
  return {
    description: { model, modelHash, contextTokens, parallel },
    get pid() {
      return process.pid
    },
    async complete({ messages, schema, maxTokens, seed, priority, adapter, signal }) {
      if (adapter !== undefined) throw new EngineError('rejected', 'The embedded engine has no adapters.')
      const body = { messages: [...messages], schema: { ...schema }, maxTokens, seed, priority }
      return expectAnswer(await process.call({ type: 'complete', ...body }, signal), 'completed').completion
    },
    async countTokens(messages) {
      return expectAnswer(await process.call({ type: 'count', messages: [...messages] }), 'counted').tokens
    },
    health: async () => process.health,
    [Symbol.asyncDispose]: async () => await process[Symbol.asyncDispose](),
  }
}

function loadMessage(options: LlamaEngineOptions): LoadMessage {
  return {
    type: 'load',
    model: options.model,
    modelsDirectory: options.modelsDirectory,
    hubUrl: options.hubUrl ?? defaultHubUrl,
    sequences: options.sequences ?? defaultSequences,
    gpu: options.gpu ?? 'auto',
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.contextTokens === undefined ? {} : { contextTokens: options.contextTokens }),
  }
}

type Answer<T extends FromChild['type']> = Extract<FromChild, { type: T }>

function expectAnswer<T extends FromChild['type']>(answer: FromChild, type: T): Answer<T> {
  if (answer.type === type) return answer as Answer<T>
  throw new EngineError('rejected', 'The process of the model answered another question.')
}
