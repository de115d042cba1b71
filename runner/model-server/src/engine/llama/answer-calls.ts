import { adapterContexts } from './adapter-contexts.ts'
import { aborted, CallError } from './call-error.ts'
import { SchemaError } from './decoding-grammar.ts'
import type { LoadedModel } from './load-model.ts'
import type { FromChild, ToChild } from './messages.ts'
import { modelCalls } from './model-calls.ts'
import { renderPrompt } from './render-prompt.ts'

type Call = Exclude<ToChild, { type: 'load' }>
type Answered = Exclude<Call, { type: 'abort' }>

/** Answers the calls of the server with the loaded model. Every call but `abort` gets exactly one answer. */
export function answerCalls(
  loaded: LoadedModel,
  { mostAdapters, send }: { readonly mostAdapters: number; readonly send: (message: FromChild) => void },
): (call: Call) => void {
  const running = new Map<number, AbortController>()
  const adapters = adapterContexts(loaded, mostAdapters)
  const model = modelCalls(loaded, {
    adapters,
    onProgress: atMostEvery(aliveEveryMs, () => send({ type: 'alive' })),
  })

  const answer = async (call: Answered, signal: AbortSignal): Promise<FromChild> => {
    switch (call.type) {
      case 'complete':
        return await model.complete(call, signal)
      case 'score':
        return await model.score(call, signal)
      case 'embed':
        return await model.embed(call, signal)
      case 'open-adapter':
        await adapters.use({ adapter: call.adapter, signal }, async () => {})
        return { type: 'adapter-opened', id: call.id }
      case 'close-adapter':
        await adapters.close(call.adapter)
        return { type: 'adapter-closed', id: call.id }
      case 'count':
        return { type: 'counted', id: call.id, tokens: renderPrompt(loaded, call.messages).length }
    }
  }
  const run = async (call: Answered) => {
    const controller = new AbortController()
    running.set(call.id, controller)
    try {
      send(await answer(call, controller.signal))
    } catch (error) {
      send(rejection(call.id, controller.signal.aborted ? aborted : error))
    } finally {
      running.delete(call.id)
    }
  }
  return (call) => {
    if (call.type === 'abort') running.get(call.id)?.abort(aborted)
    else void run(call)
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

/** Messages of llama.cpp may quote what it was given, so only our own go further. */
function rejection(id: number, error: unknown): FromChild {
  if (error instanceof CallError) return { type: 'rejected', id, code: error.code, reason: error.message }
  if (error instanceof SchemaError) return { type: 'rejected', id, code: 'rejected', reason: error.message }
  return { type: 'rejected', id, code: 'unavailable', reason: 'llama.cpp failed to evaluate the prompt.' }
}
