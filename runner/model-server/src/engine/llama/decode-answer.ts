import {
  type LlamaContextSequence,
  type LlamaGrammar,
  LlamaGrammarEvaluationState,
  type Token,
} from 'node-llama-cpp'

interface Decoding {
  /** Last token of the prompt; the sequence holds all before it. */
  readonly lastPromptToken: Token
  readonly grammar: LlamaGrammar
  readonly maxTokens: number
  readonly seed: number
  readonly signal: AbortSignal
  readonly onProgress: () => void
}

interface Answer {
  readonly text: string
  readonly tokens: number
  /** `length`: cut at maxTokens, not valid JSON. */
  readonly finish: 'stop' | 'length'
}

/** Decodes greedily under the grammar until the JSON value is whole. Throws the signal's reason. */
export async function decodeAnswer(sequence: LlamaContextSequence, decoding: Decoding): Promise<Answer> {
  const { model } = sequence
  const answer: Token[] = []
  const tokens = sequence.evaluate([decoding.lastPromptToken], {
    temperature: 0,
    seed: decoding.seed,
    grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar: decoding.grammar }),
  })
  for await (const token of tokens) {
    decoding.signal.throwIfAborted()
    decoding.onProgress()
    answer.push(token)
    if (mayEndValue(model.detokenize([token]))) {
      const text = model.detokenize(answer).trim()
      if (isJson(text)) return { text, tokens: answer.length, finish: 'stop' }
    }
    if (answer.length >= decoding.maxTokens) break
  }
  const text = model.detokenize(answer).trim()
  return { text, tokens: answer.length, finish: isJson(text) ? 'stop' : 'length' }
}

/** The grammar itself ends in line breaks, which need not be waited for after a closing bracket. */
function mayEndValue(piece: string): boolean {
  return /[}\]\n]/.test(piece)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
