import { z } from 'zod'
import { type Engine, EngineError, type Message } from '../../engine/engine.ts'

export type ProbedEngine = Pick<Engine, 'complete' | 'score'>

/** Calls on behalf of a probe: of the base model where no adapter is named. */
interface ProbeCaller {
  /** Null where the engine cannot tell. */
  score(about: {
    readonly messages: readonly Message[]
    readonly completion: string
  }): Promise<number[] | null>
  /** The greedy answer, and whether it is one. */
  answer(messages: readonly Message[]): Promise<{ readonly text: string; readonly isValid: boolean }>
}

interface ProbeCall {
  readonly engine: ProbedEngine
  readonly adapter?: string
  readonly signal: AbortSignal
}

/** Reviews go before. */
const probePriority = 1_000_000
const remarkLength = 200
/** Enough for a remark of which each character is spelled in bytes. */
const maxTokens = 4 * remarkLength
const answerSchema = {
  type: 'object',
  properties: { line: { enum: ['L1'] }, remark: { type: 'string', maxLength: remarkLength } },
}
/** Grammars count code points, and bytes that are no text become several characters here. */
const Answer = z.object({ line: z.literal('L1'), remark: z.string().max(4 * remarkLength) })

/** Each call is made once more where the engine crashed under it, as engines ask for. */
export function probeCaller({ engine, adapter, signal }: ProbeCall): ProbeCaller {
  const part = adapter === undefined ? {} : { adapter }
  return {
    async score({ messages, completion }) {
      if (engine.score === undefined) return null
      const scores = await onceMore(async () => engine.score?.({ messages, completion, signal, ...part }))
      return [...(scores ?? [])]
    },
    async answer(messages) {
      const { text, finish } = await onceMore(() =>
        engine.complete({
          messages,
          schema: answerSchema,
          maxTokens,
          seed: 1,
          priority: probePriority,
          signal,
          ...part,
        }),
      )
      return { text, isValid: finish === 'stop' && isAnswer(text) }
    },
  }
}

async function onceMore<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof EngineError && error.code === 'crashed')) throw error
    return await call()
  }
}

function isAnswer(text: string): boolean {
  try {
    return Answer.safeParse(JSON.parse(text)).success
  } catch {
    // What is no JSON is no answer.
    return false
  }
}
