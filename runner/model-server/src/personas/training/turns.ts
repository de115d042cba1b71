import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../../engine/engine.ts'

/** An engine that tells when it is asked: reviews and a training take turns on one device by it. */
export interface Turns {
  /** The same engine, to be used for reviews. */
  readonly engine: Engine
  /** Resolves once nothing was asked for `idleMs`; rejects when `signal` fires. */
  untilIdle(idleMs: number, signal: AbortSignal): Promise<void>
  /** Calls back at the first question from now on. Returns what ends it. */
  onAsked(listener: () => void): () => void
}

const lookEveryMs = 200

export function takeTurns(engine: Engine): Turns {
  const listeners = new Set<() => void>()
  let underWay = 0
  let lastAt = Date.now()

  const noted = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    underWay += 1
    for (const listener of listeners) listener()
    try {
      return await call()
    } finally {
      underWay -= 1
      lastAt = Date.now()
    }
  }
  const { score, embed } = engine
  const attentive: Engine = {
    ...restOf(engine),
    description: engine.description,
    complete: (request) => noted(() => engine.complete(request)),
    countTokens: (messages) => noted(() => engine.countTokens(messages)),
    health: () => engine.health(),
    ...(score === undefined ? {} : { score: (request) => noted(() => score.call(engine, request)) }),
    ...(embed === undefined ? {} : { embed: (texts) => noted(() => embed.call(engine, texts)) }),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  }

  return {
    engine: attentive,
    onAsked: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    untilIdle: async (idleMs, signal) => {
      while (underWay > 0 || Date.now() - lastAt < idleMs) await sleep(lookEveryMs, undefined, { signal })
    },
  }
}

/** What is handed on as it is: nobody waits for it with a review in hand. */
function restOf(engine: Engine): Pick<Engine, 'adapters' | 'rest'> {
  const { adapters, rest } = engine
  return {
    ...(adapters === undefined ? {} : { adapters }),
    ...(rest === undefined ? {} : { rest: () => rest.call(engine) }),
  }
}
