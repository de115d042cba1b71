import type { LlamaContextSequence, Token } from 'node-llama-cpp'
import type { AdapterContexts } from './adapter-contexts.ts'
import { aborted, CallError } from './call-error.ts'
import { decodeAnswer } from './decode-answer.ts'
import { grammarCompiler } from './decoding-grammar.ts'
import { feedPrompt, firstPace } from './feed-prompt.ts'
import type { LoadedModel } from './load-model.ts'
import type { AdapterFile, CompleteMessage, EmbedMessage, FromChild, ScoreMessage } from './messages.ts'
import { renderPrompt } from './render-prompt.ts'
import { scoreCompletion } from './score-completion.ts'
import { type SequencePool, sequencePool } from './sequence-pool.ts'

type Answer<T extends FromChild['type']> = Extract<FromChild, { type: T }>

interface ModelCalls {
  complete(call: CompleteMessage, signal: AbortSignal): Promise<Answer<'completed'>>
  score(call: ScoreMessage, signal: AbortSignal): Promise<Answer<'scored'>>
  embed(call: EmbedMessage, signal: AbortSignal): Promise<Answer<'embedded'>>
}

interface ModelCallsOptions {
  readonly adapters: AdapterContexts
  readonly onProgress: () => void
}

/** Nobody waits for a score, so it goes after all that somebody waits for. */
const scorePriority = Number.POSITIVE_INFINITY

/** The calls that evaluate, each on a sequence of its own. They throw a CallError, a SchemaError or the signal's reason. */
export function modelCalls(loaded: LoadedModel, { adapters, onProgress }: ModelCallsOptions): ModelCalls {
  const compile = grammarCompiler(loaded.llama)
  const withSequence = sequenceLender(loaded, adapters)
  const pace = firstPace()

  return {
    async complete({ id, messages, schema, adapter, maxTokens, seed, priority }, signal) {
      const prompt = renderPrompt(loaded, messages)
      const lastPromptToken = prompt.at(-1)
      if (lastPromptToken === undefined) throw new CallError('rejected', 'The prompt is empty.')
      expectFit(loaded, prompt.length, maxTokens)
      const grammar = await compile(schema)
      return await withSequence({ adapter, prompt, priority, signal }, async (sequence) => {
        const cachedTokens = await feedPrompt(sequence, prompt.slice(0, -1), { pace, signal, onProgress })
        const decoding = { lastPromptToken, grammar, maxTokens, seed, signal, onProgress }
        const { text, finish, tokens } = await decodeAnswer(sequence, decoding)
        const usage = { promptTokens: prompt.length, cachedTokens, completionTokens: tokens }
        return { type: 'completed', id, completion: { text, finish, usage } }
      })
    },

    async score({ id, messages, completion, adapter }, signal) {
      const prompt = renderPrompt(loaded, messages)
      const tokens = [...renderPrompt(loaded, messages, completion), ...endOfTurn(loaded)]
      const from = sharedLength(prompt, tokens)
      if (from === 0) throw new CallError('rejected', 'The prompt is empty.')
      expectFit(loaded, from, tokens.length - from)
      const wish = { adapter, prompt, priority: scorePriority, signal }
      return await withSequence(wish, async (sequence) => {
        await feedPrompt(sequence, tokens.slice(0, from - 1), { pace, signal, onProgress })
        const logProbabilities = await scoreCompletion(sequence, { tokens, from, signal, onProgress })
        return { type: 'scored', id, logProbabilities }
      })
    },

    async embed({ id, texts }, signal) {
      const { embedding } = loaded
      if (embedding === undefined) throw new CallError('rejected', 'No embedding model is configured.')
      const vectors: Float32Array[] = []
      for (const text of texts) {
        signal.throwIfAborted()
        vectors.push(await embedding.embed(text))
        onProgress()
      }
      return { type: 'embedded', id, vectors }
    },
  }
}

interface SequenceWish {
  readonly adapter: AdapterFile | undefined
  readonly prompt: readonly Token[]
  readonly priority: number
  readonly signal: AbortSignal
}

/** Lends a sequence of the base model, or of the adapter that is asked for. */
function sequenceLender(loaded: LoadedModel, adapters: AdapterContexts) {
  const base = sequencePool(loaded.context)
  return async <Result>(
    wish: SequenceWish,
    work: (sequence: LlamaContextSequence) => Promise<Result>,
  ): Promise<Result> => {
    const { adapter, signal } = wish
    const lend = (pool: SequencePool) => onSequence(pool, wish, work)
    return adapter === undefined ? await lend(base) : await adapters.use({ adapter, signal }, lend)
  }
}

async function onSequence<Result>(
  pool: SequencePool,
  wish: SequenceWish,
  work: (sequence: LlamaContextSequence) => Promise<Result>,
): Promise<Result> {
  const sequence = await pool.take(wish)
  try {
    return await work(sequence)
  } catch (error) {
    // After a failed evaluation nobody knows what the sequence holds.
    if (error !== aborted) await sequence.clearHistory()
    throw error
  } finally {
    pool.giveBack(sequence)
  }
}

function expectFit({ facts }: LoadedModel, promptTokens: number, answerTokens: number): void {
  if (promptTokens + answerTokens <= facts.contextTokens) return
  throw new CallError(
    'context-overflow',
    `The prompt has ${promptTokens} tokens and the answer may have ${answerTokens}, but the context holds ${facts.contextTokens}.`,
  )
}

function endOfTurn({ model }: LoadedModel): readonly Token[] {
  const end = model.tokens.eot ?? model.tokens.eos
  return end === null ? [] : [end]
}

/** How many tokens both begin with. */
function sharedLength(prompt: readonly Token[], whole: readonly Token[]): number {
  const different = prompt.findIndex((token, index) => whole[index] !== token)
  return different === -1 ? prompt.length : different
}
