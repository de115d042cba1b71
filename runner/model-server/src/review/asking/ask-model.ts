import { createHash } from 'node:crypto'
import type { NotReachedReason } from '@ai-review/protocol/review'
import type { CompletionRequest, Engine, Message } from '../../engine/engine.ts'
import type { Clock, Deadline } from '../deadline.ts'
import type { ResponseCache, VoiceName } from '../pipeline-contract.ts'
import { createCallEngine } from './call-engine.ts'
import type { UsageMeter } from './usage-meter.ts'

/** Everything that determines an answer. */
export type Question = Pick<CompletionRequest, 'messages' | 'schema' | 'maxTokens' | 'seed' | 'adapter'>

/** `unreadable`: the answer is not what was asked for. `overflow`: prompt and answer do not fit the context. */
type Answer<Value> =
  | { readonly kind: 'answer'; readonly value: Value }
  | { readonly kind: 'unreadable' | 'truncated' | 'refused' | 'overflow' }
  | { readonly kind: 'failed'; readonly reason: NotReachedReason }

interface AnswerReader<Value> {
  /** Turns the text of an answer into a value, or null when it is not one; it sees cached answers too. */
  readonly read: (text: string) => Value | null
  /** Whether the answer is worth keeping for the same question; every value, when left out. */
  readonly keeps?: (value: Value) => boolean
}

/** The model as one review sees it. */
export interface Model {
  readonly contextTokens: number
  readonly parallel: number
  /** Why nothing is asked any more, or null while there is time. */
  stopped(): NotReachedReason | null
  ask<Value>(question: Question, reader: AnswerReader<Value>): Promise<Answer<Value>>
  /** Exact tokens of the messages, or why they could not be counted. */
  countTokens(messages: readonly Message[]): Promise<number | NotReachedReason>
}

interface ModelParts {
  readonly engine: Engine
  readonly cache: ResponseCache
  readonly priority: number
  readonly deadline: Deadline
  readonly meter: UsageMeter
  readonly now: Clock
  /** In whose style answers are: kept ones are forgotten with that person. */
  readonly voice?: VoiceName | undefined
}

/** Longest answer that is looked at, in UTF-16 units: no schema of ours allows a tenth of it. */
const answerLengthMax = 400_000

/** An answer in somebody's style is kept for that one alone, even where another was asked the very same. */
function cacheKey(engine: Engine, question: Question, voice: VoiceName | undefined): string {
  const { messages, schema, maxTokens, seed, adapter } = question
  const asked = [engine.description.modelHash, adapter ?? null, seed, maxTokens, schema, messages]
  const whose = voice === undefined ? [] : [voice.repositoryId, voice.login.toLowerCase()]
  return createHash('sha256')
    .update(JSON.stringify([...asked, ...whose]))
    .digest('hex')
}

export function openModel({ engine, cache, priority, deadline, meter, now, voice }: ModelParts): Model {
  // Counting tokens may well work on an engine that cannot complete: each keeps its own count of failures.
  const callForCount = createCallEngine(deadline, now)
  const callForAnswer = createCallEngine(deadline, now)

  // A cache that fails costs time, never a review.
  const cached = async <Value>(key: string, read: AnswerReader<Value>['read']): Promise<Value | null> => {
    const text = await cache.get(key).catch(() => undefined)
    return text === undefined ? null : read(text)
  }
  const keep = (key: string, text: string) => cache.set(key, text, voice).catch(() => undefined)

  const complete = async (question: Question) => {
    const started = now()
    const completion = await engine.complete({ ...question, priority, signal: deadline.signal })
    meter.addCall(completion.usage, now() - started)
    return completion
  }

  return {
    contextTokens: engine.description.contextTokens,
    parallel: Math.max(1, Math.trunc(engine.description.parallel) || 1),
    stopped: () => (deadline.signal.aborted ? deadline.reason() : null),
    countTokens: async (messages) => {
      const outcome = await callForCount(() => engine.countTokens(messages))
      if (outcome.kind === 'done') return outcome.value
      return outcome.kind === 'overflow' ? Number.POSITIVE_INFINITY : outcome.reason
    },
    ask: async (question, { read, keeps }) => {
      const key = cacheKey(engine, question, voice)
      const known = await cached(key, read)
      if (known !== null) {
        meter.addCached()
        return { kind: 'answer', value: known }
      }
      const outcome = await callForAnswer(() => complete(question))
      if (outcome.kind !== 'done') return outcome
      const { text, finish } = outcome.value
      if (finish === 'refusal') return { kind: 'refused' }
      if (finish === 'length') return { kind: 'truncated' }
      const value = text.length > answerLengthMax ? null : read(text)
      if (value === null) return { kind: 'unreadable' }
      if (keeps?.(value) !== false) await keep(key, text)
      return { kind: 'answer', value }
    },
  }
}
