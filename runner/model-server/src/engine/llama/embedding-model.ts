import { join } from 'node:path'
import type { Llama, LlamaEmbeddingContext, LlamaModel } from 'node-llama-cpp'
import { LoadError } from './load-error.ts'
import type { LoadMessage } from './messages.ts'
import { findModelFile, modelParts } from './model-file.ts'
import { hashModel } from './model-hash.ts'

export interface EmbeddingModel {
  readonly hash: string
  /** A vector of length 1. Of a text that is longer than the model reads only the beginning counts. */
  embed(text: string): Promise<Float32Array>
}

/** Past comments and hunks have a few hundred tokens. */
const mostTokens = 2048
/** Tokens that the model may put around a text. */
const frameTokens = 2

/** The second, small model of the process, where one is configured. Throws a LoadError that says what to change. */
export async function loadEmbeddingModel(
  llama: Llama,
  request: LoadMessage,
  threads: number,
): Promise<EmbeddingModel | undefined> {
  if (request.embeddingModel === undefined) return undefined
  const path = await findModelFile({ ...request, model: request.embeddingModel, onDownload: () => {} })
  const hash = await hashModel(await modelParts(path), join(request.modelsDirectory, '.hashes'))
  try {
    const model = await llama.loadModel({ modelPath: path })
    const contextSize = Math.min(mostTokens, model.trainContextSize)
    // An encoder reads a text in one batch.
    const context = await model.createEmbeddingContext({ contextSize, batchSize: contextSize, threads })
    const embed = embedder(model, context, contextSize)
    await embed('a')
    return { hash, embed }
  } catch (cause) {
    throw new LoadError(
      `llama.cpp cannot embed with ${path}. Set EMBEDDING_MODEL to a GGUF file of an embedding model, or leave it out.`,
      { cause },
    )
  }
}

function embedder(model: LlamaModel, context: LlamaEmbeddingContext, contextSize: number) {
  return async (text: string): Promise<Float32Array> => {
    const tokens = model.tokenize(text).slice(0, contextSize - frameTokens - 1)
    const { vector } = await context.getEmbeddingFor(tokens.length > 0 ? tokens : model.tokenize(' '))
    const length = Math.hypot(...vector)
    if (!(length > 0 && Number.isFinite(length))) throw new Error('The embedding has no direction.')
    return Float32Array.from(vector, (value) => value / length)
  }
}
