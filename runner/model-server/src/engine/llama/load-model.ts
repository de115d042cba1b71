import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import {
  type ChatWrapper,
  getLlama,
  InsufficientMemoryError,
  type Llama,
  type LlamaContext,
  LlamaLogLevel,
  type LlamaModel,
  NoBinaryFoundError,
  resolveChatWrapper,
} from 'node-llama-cpp'
import { type EmbeddingModel, loadEmbeddingModel } from './embedding-model.ts'
import { LoadError } from './load-error.ts'
import type { LoadedModelFacts, LoadMessage } from './messages.ts'
import { findModelFile, modelParts } from './model-file.ts'
import { hashModel } from './model-hash.ts'

export interface LoadedModel {
  readonly llama: Llama
  readonly model: LlamaModel
  readonly context: LlamaContext
  readonly wrapper: ChatWrapper
  readonly facts: LoadedModelFacts
  /** One more context on the same weights. Each must be disposed by whoever opened it. */
  readonly openContext: (wish: ContextWish) => Promise<LlamaContext>
  readonly embedding: EmbeddingModel | undefined
}

interface ContextWish {
  readonly contextSize: number | { readonly min: number; readonly max: number }
  readonly sequences: number
  /** Path of an adapter. */
  readonly lora?: string
}

type Download = (progress: { readonly doneBytes: number; readonly totalBytes: number }) => void

const defaultContextTokens = 16_384
/** The least that a review's prompt and answer fit into; below it a smaller context is no help. */
const minimumContextTokens = 4096
const batchTokens = 512
const mostThreads = 8

/** Loads the model as asked and opens one context for all sequences. Throws a LoadError that says what to change. */
export async function loadModel(request: LoadMessage, onDownload: Download): Promise<LoadedModel> {
  const path = await findModelFile({ ...request, onDownload })
  const parts = await modelParts(path)
  const modelHash = await hashModel(parts, join(request.modelsDirectory, '.hashes'))
  let complaint: string | undefined
  const llama = await startLlama(request.gpu, (message) => {
    complaint = message
  })
  const threads = request.threads ?? safeThreads(llama.cpuMathCores)
  llama.maxThreads = threads
  try {
    const contextTokens = request.contextTokens ?? defaultContextTokens
    const model = await llama.loadModel({
      modelPath: path,
      ...(llama.gpu === false
        ? {}
        : { gpuLayers: { fitContext: { contextSize: contextTokens * request.sequences } } }),
    })
    const openContext = contextOpener(model, threads)
    const context = await openContext(wishFor(model, request))
    const embedding = await loadEmbeddingModel(llama, request, threads)
    const wrapper = chatWrapperOf(model)
    const facts: LoadedModelFacts = {
      model: nameOf(model, path),
      modelHash,
      contextTokens: Math.min(contextTokens, context.contextSize),
      parallel: request.sequences,
      gpu: llama.gpu === false ? 'off' : llama.gpu,
      threads,
      ...(embedding === undefined ? {} : { embeddingModel: embedding.hash }),
    }
    return { llama, model, context, wrapper, facts, openContext, embedding }
  } catch (cause) {
    throw loadError(path, cause, complaint)
  }
}

/** llama.cpp's threads wait for each other by spinning, so one core is left to the rest of the machine. */
function safeThreads(mathCores: number): number {
  return Math.max(1, Math.min(mathCores - 1, availableParallelism() - 1, mostThreads))
}

async function startLlama(gpu: LoadMessage['gpu'], complain: (message: string) => void): Promise<Llama> {
  try {
    const llama = await getLlama({
      gpu: gpu === 'off' ? false : gpu,
      // Without this it compiles llama.cpp on the spot where no binary fits.
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      maxThreads: 1,
      logLevel: LlamaLogLevel.error,
      logger: (_level, message) => complain(message),
    })
    if (gpu === 'auto' || gpu === 'off' || llama.gpu === gpu) return llama
  } catch (cause) {
    if (!(cause instanceof NoBinaryFoundError)) throw cause
  }
  throw new LoadError(
    `llama.cpp has no binary that runs here with the GPU setting "${gpu}". Check the driver and its libraries, or set the GPU to auto or off.`,
  )
}

/** A size that was asked for is kept or refused; the default shrinks to the memory that there is. */
function wishFor(model: LlamaModel, request: LoadMessage): ContextWish {
  const most = Math.min(request.contextTokens ?? defaultContextTokens, model.trainContextSize)
  const contextSize =
    request.contextTokens === undefined ? { min: Math.min(minimumContextTokens, most), max: most } : most
  return { contextSize, sequences: request.sequences }
}

function contextOpener(model: LlamaModel, threads: number): LoadedModel['openContext'] {
  return async (wish) =>
    await model.createContext({
      ...wish,
      batchSize: batchTokens,
      threads: { ideal: threads, min: 1 },
      // Prompts share their beginning, which a sliding window would forget.
      swaFullCache: true,
    })
}

/** Thinking aloud is turned off where the template knows how: the answer is decoded under a grammar from its first token. */
function chatWrapperOf(model: LlamaModel): ChatWrapper {
  return resolveChatWrapper(model, {
    warningLogs: false,
    customWrapperSettings: { qwen: { thoughts: 'discourage' } },
  })
}

function nameOf(model: LlamaModel, path: string): string {
  const name = model.fileInfo.metadata.general.name?.replace(/[^\p{L}\p{N}\p{P}\p{Zs}]/gu, '').trim()
  return name ? name.slice(0, 100) : basename(path, '.gguf')
}

function loadError(path: string, cause: unknown, complaint: string | undefined): LoadError {
  if (cause instanceof LoadError) return cause
  if (cause instanceof InsufficientMemoryError) {
    return new LoadError(
      `The model ${path} and its context do not fit into memory. Lower the context tokens or the sequences, or take a smaller quantisation.`,
      { cause },
    )
  }
  const detail = (complaint ?? (cause instanceof Error ? cause.message : ''))
    .split('\n')[0]
    ?.trim()
    .slice(0, 200)
  return new LoadError(
    `llama.cpp cannot load ${path}${detail ? ` (${detail})` : ''}. The file may be damaged or cut short, or of an architecture it does not know: fetch it again or take another.`,
    { cause },
  )
}
