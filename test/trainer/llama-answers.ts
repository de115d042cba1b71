import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LoadedModel, loadModel } from '../../runner/model-server/src/engine/llama/load-model.ts'

type LlamaModel = LoadedModel['model']
type Sequence = ReturnType<LoadedModel['context']['getSequence']>
type Token = ReturnType<LlamaModel['tokenize']>[number]

/** A greedy answer: tokens and their natural log-probabilities. */
export interface LlamaAnswer {
  readonly tokens: readonly number[]
  readonly logprobs: readonly number[]
}

/** A GGUF model in llama.cpp, loaded by the server's own code: on the CPU, with one thread. */
export async function loadInLlama(gguf: string): Promise<LoadedModel & AsyncDisposable> {
  const modelsDirectory = await mkdtemp(join(tmpdir(), 'models-'))
  try {
    const loaded = await loadModel(
      {
        type: 'load',
        model: gguf,
        modelsDirectory,
        hubUrl: 'http://localhost',
        threads: 1,
        contextTokens: 512,
        sequences: 1,
        adapters: 1,
        gpu: 'off',
      },
      () => {},
    )
    return { ...loaded, [Symbol.asyncDispose]: async () => await loaded.llama.dispose() }
  } finally {
    await rm(modelsDirectory, { recursive: true, force: true })
  }
}

/** Greedy answers of `steps` tokens to prompts of ids. */
export async function llamaAnswers(
  model: LlamaModel,
  asked: {
    readonly prompts: readonly (readonly number[])[]
    readonly steps: number
    readonly adapter?: string
  },
): Promise<LlamaAnswer[]> {
  const context = await model.createContext({
    contextSize: 512,
    threads: 1,
    // Flash attention and the default cache reckon in 16 bits, which transformers does not.
    flashAttention: false,
    experimentalKvCacheKeyType: 'F32',
    experimentalKvCacheValueType: 'F32',
    ...(asked.adapter === undefined ? {} : { lora: asked.adapter }),
  })
  try {
    const sequence = context.getSequence()
    const answers: LlamaAnswer[] = []
    for (const prompt of asked.prompts) {
      await sequence.clearHistory()
      const tokens: number[] = []
      const logprobs: number[] = []
      let feed = prompt as readonly Token[]
      for (let step = 0; step < asked.steps; step++) {
        const [token, probability] = await mostLikely(sequence, feed)
        tokens.push(token)
        logprobs.push(Math.log(probability))
        feed = [token]
      }
      answers.push({ tokens, logprobs })
    }
    return answers
  } finally {
    await context.dispose()
  }
}

async function mostLikely(sequence: Sequence, feed: readonly Token[]): Promise<[Token, number]> {
  const options = { temperature: 1, topK: 0, topP: 1, minP: 0, seed: 1 }
  const last = feed.at(-1)
  if (last === undefined) throw new Error('There is nothing to continue.')
  const results = await sequence.controlledEvaluate([
    ...feed.slice(0, -1),
    [last, { generateNext: { probabilities: true, options } }],
  ])
  const first = results.at(-1)?.next.probabilities?.entries().next().value
  if (first === undefined) throw new Error('llama.cpp gave no probabilities.')
  return first
}
