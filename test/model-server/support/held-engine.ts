import {
  type Completion,
  type CompletionRequest,
  type Engine,
  EngineError,
} from '../../../runner/model-server/src/engine/engine.ts'
import { createScriptedEngine } from '../../support/scripted-engine.ts'

interface HeldEngine extends Engine {
  /** Calls so far, those that have ended included. */
  readonly held: readonly CompletionRequest[]
  /** Lets the oldest call that waits end with this text. */
  release(text: string): void
}

/** An engine whose calls wait until the test lets them go, or their signal fires. */
export function createHeldEngine(): HeldEngine {
  const held: CompletionRequest[] = []
  const gates: PromiseWithResolvers<Completion>[] = []
  const usage = { promptTokens: 100, cachedTokens: 0, completionTokens: 10 }
  return {
    ...createScriptedEngine(() => ''),
    held,
    release: (text) => gates.shift()?.resolve({ text, finish: 'stop', usage }),
    complete: (request) => {
      held.push(request)
      const gate = Promise.withResolvers<Completion>()
      gates.push(gate)
      request.signal.addEventListener('abort', () => {
        if (gates.includes(gate)) gates.splice(gates.indexOf(gate), 1)
        gate.reject(new EngineError('aborted', 'The call was cancelled.'))
      })
      return gate.promise
    },
  }
}
