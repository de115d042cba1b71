import {
  type CompletionRequest,
  type Engine,
  type EngineAdapters,
  EngineError,
  type Message,
} from '../../runner/model-server/src/engine/engine.ts'
import { createScriptedEngine } from './scripted-engine.ts'

interface AdaptingEngineOptions {
  /** What a question about a change is answered with; `adapter` as it was asked with. */
  readonly answer: (request: CompletionRequest) => string
  /** Natural logarithm of the probability of each token; default -2 for the base and -1 for an adapter. */
  readonly logProbability?: (adapter: string | undefined) => number
  readonly modelHash?: string
}

export interface AdaptingEngine extends Engine {
  readonly adapters: EngineAdapters
  /** Directories by name of all that is loaded. */
  readonly loaded: ReadonlyMap<string, string>
  /** As if it had started again. */
  restart(): void
  /** True while it has given its memory back. */
  readonly isResting: () => boolean
}

/** A scripted engine that takes any adapter, tells probabilities and can rest. */
export function createAdaptingEngine(options: AdaptingEngineOptions): AdaptingEngine {
  const { answer, logProbability = (adapter) => (adapter === undefined ? -2 : -1) } = options
  const loaded = new Map<string, string>()
  let resting: PromiseWithResolvers<void> | null = null
  const check = (adapter: string | undefined) => {
    if (adapter !== undefined && !loaded.has(adapter)) {
      throw new EngineError('rejected', 'The adapter is not loaded.')
    }
  }
  const engine = createScriptedEngine(
    (request) => ('findings' in propertiesOf(request) ? answer(request) : remarkOn(request)),
    options.modelHash === undefined ? {} : { modelHash: options.modelHash },
  )
  return {
    ...engine,
    loaded,
    restart: () => loaded.clear(),
    isResting: () => resting !== null,
    complete: async (request) => {
      await resting?.promise
      check(request.adapter)
      return engine.complete(request)
    },
    score: async ({ completion, adapter }) => {
      await resting?.promise
      check(adapter)
      return Array.from({ length: Math.ceil(completion.length / 4) }, () => logProbability(adapter))
    },
    rest: async () => {
      const turn = Promise.withResolvers<void>()
      resting = turn
      return async () => {
        resting = null
        turn.resolve()
      }
    },
    adapters: {
      load: async ({ name, directory }) => {
        loaded.set(name, directory)
      },
      unload: async (name) => {
        loaded.delete(name)
      },
      list: async () => [...loaded.keys()],
    },
  }
}

/** The part of a persona's question that is to be reviewed. */
export function partToReview(messages: readonly Message[]): string {
  return messages.at(-1)?.content.split('The part to review:').at(-1) ?? ''
}

function propertiesOf({ schema }: CompletionRequest): object {
  return schema.properties as object
}

function remarkOn({ adapter }: CompletionRequest): string {
  return JSON.stringify({ line: 'L1', remark: adapter ?? 'base' })
}
