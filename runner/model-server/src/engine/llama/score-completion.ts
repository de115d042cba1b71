import type { LlamaContextSequence, Token } from 'node-llama-cpp'
import { CallError } from './call-error.ts'

interface Scoring {
  /** Prompt and completion. */
  readonly tokens: readonly Token[]
  /** Index of the first token of the completion; the sequence holds all before the one before it. */
  readonly from: number
  readonly signal: AbortSignal
  readonly onProgress: () => void
}

/** Each token comes with the probabilities of the whole vocabulary, so few are evaluated together. */
const chunkTokens = 16
/** The least probability that a 32-bit float holds; what is below it comes as 0. */
const leastProbability = 2 ** -149

/** Natural logarithms of the probability of each token from `from` on. Throws the signal's reason or a CallError. */
export async function scoreCompletion(
  sequence: LlamaContextSequence,
  { tokens, from, signal, onProgress }: Scoring,
): Promise<number[]> {
  const logProbabilities: number[] = []
  for (let start = from; start < tokens.length; start += chunkTokens) {
    signal.throwIfAborted()
    const wanted = tokens.slice(start, start + chunkTokens)
    const fed = tokens.slice(start - 1, start - 1 + wanted.length)
    const outputs = await sequence.controlledEvaluate(
      fed.map((token) => [token, { generateNext: { probabilities: true, options: { temperature: 0 } } }]),
    )
    for (const [index, token] of wanted.entries()) {
      const probability = outputs[index]?.next.probabilities?.get(token) ?? Number.NaN
      if (Number.isNaN(probability)) {
        throw new CallError('rejected', 'The model answers with what is no number.')
      }
      logProbabilities.push(Math.log(Math.max(probability, leastProbability)))
    }
    onProgress()
  }
  return logProbabilities
}
