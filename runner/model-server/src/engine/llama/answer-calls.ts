import type { EngineErrorCode } from '../engine.ts'
import { decodeAnswer } from './decode-answer.ts'
import { grammarCompiler, SchemaError } from './decoding-grammar.ts'
import { feedPrompt, firstPace } from './feed-prompt.ts'
import type { LoadedModel } from './load-model.ts'
import type { CompleteMessage, FromChild, ToChild } from './messages.ts'
import { renderPrompt } from './render-prompt.ts'
import { sequencePool } from './sequence-pool.ts'

type Call = Exclude<ToChild, { type: 'load' }>
type Completed = Extract<FromChild, { type: 'completed' }>
type RejectionCode = Exclude<EngineErrorCode, 'crashed'>

class CallError extends Error {
  readonly code: RejectionCode
  constructor(code: RejectionCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Answers the calls of the server with the loaded model. Every `complete` and `count` gets exactly one answer. */
export function answerCalls(loaded: LoadedModel, send: (message: FromChild) => void): (call: Call) => void {
  const running = new Map<number, AbortController>()
  const complete = completer(
    loaded,
    atMostEvery(aliveEveryMs, () => send({ type: 'alive' })),
  )

  const run = async (call: CompleteMessage) => {
    const controller = new AbortController()
    running.set(call.id, controller)
    try {
      send(await complete(call, controller.signal))
    } catch (error) {
      send(rejection(call.id, controller.signal.aborted ? aborted : error))
    } finally {
      running.delete(call.id)
    }
  }
  return (call) => {
    switch (call.type) {
      case 'complete':
        void run(call)
        break
      case 'count':
        try {
          send({ type: 'counted', id: call.id, tokens: renderPrompt(loaded, call.messages).length })
        } catch (error) {
          send(rejection(call.id, error))
        }
        break
      case 'abort':
        running.get(call.id)?.abort(aborted)
        break
    }
  }
}

const aliveEveryMs = 1000

function atMostEvery(intervalMs: number, act: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    const now = performance.now()
    if (now - last < intervalMs) return
    last = now
    act()
  }
}

const aborted = new CallError('aborted', 'The call was cancelled.')

function completer(loaded: LoadedModel, onProgress: () => void) {
  const compile = grammarCompiler(loaded.llama)
  const pool = sequencePool(loaded.context)
  const pace = firstPace()

  return async (call: CompleteMessage, signal: AbortSignal): Promise<Completed> => {
    const prompt = renderPrompt(loaded, call.messages)
    const lastPromptToken = prompt.at(-1)
    if (lastPromptToken === undefined) throw new CallError('rejected', 'The prompt is empty.')
    if (prompt.length + call.maxTokens > loaded.facts.contextTokens) {
      throw new CallError(
        'context-overflow',
        `The prompt has ${prompt.length} tokens and the answer may have ${call.maxTokens}, but the context holds ${loaded.facts.contextTokens}.`,
      )
    }
    const grammar = await compile(call.schema)
    const sequence = await pool.take({ prompt, priority: call.priority, signal })
    try {
      const cachedTokens = await feedPrompt(sequence, prompt.slice(0, -1), { pace, signal, onProgress })
      const { maxTokens, seed } = call
      const answer = await decodeAnswer(sequence, {
        lastPromptToken,
        grammar,
        maxTokens,
        seed,
        signal,
        onProgress,
      })
      const usage = { promptTokens: prompt.length, cachedTokens, completionTokens: answer.tokens }
      return {
        type: 'completed',
        id: call.id,
        completion: { text: answer.text, finish: answer.finish, usage },
      }
    } catch (error) {
      // After a failed evaluation nobody knows what the sequence holds.
      if (error !== aborted) await sequence.clearHistory()
      throw error
    } finally {
      pool.giveBack(sequence)
    }
  }
}

/** Messages of llama.cpp may quote what it was given, so only our own go further. */
function rejection(id: number, error: unknown): FromChild {
  if (error instanceof CallError) return { type: 'rejected', id, code: error.code, reason: error.message }
  if (error instanceof SchemaError) return { type: 'rejected', id, code: 'rejected', reason: error.message }
  return { type: 'rejected', id, code: 'unavailable', reason: 'llama.cpp failed to evaluate the prompt.' }
}
