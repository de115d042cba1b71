import type { PastComment, Silence } from '@ai-review/protocol/persona'
import type { Engine } from '../engine/engine.ts'
import { fitQuestion } from '../review/reviewers/persona/fit-question.ts'
import { neighboursOf } from '../review/reviewers/persona/near-pieces.ts'
import {
  exampleEstimate,
  exampleTokensOf,
  personaAnswerTokens,
} from '../review/reviewers/persona/persona-settings.ts'
import { readPersonaAnswer } from '../review/reviewers/persona/read-persona-answer.ts'
import { basisOf } from '../review/reviewers/persona/voiced.ts'
import type { GateAnswer } from './gate/gate-contract.ts'
import { pastPiece } from './past-piece.ts'
import type { Voice } from './voice.ts'

/** A held-out case, and with what it is asked about. */
interface PersonaCase {
  readonly engine: Engine
  /** Of `memory` only what was said before the case is shown. */
  readonly voice: Pick<Voice, 'memory' | 'style'>
  readonly repositoryId: number
  readonly sample: PastComment | Silence
  /** Absent: the base model. */
  readonly adapter?: string
  readonly language?: string
  /** Lower goes first at the engine. */
  readonly priority: number
  readonly signal: AbortSignal
}

const silent: GateAnswer = { isValid: true, remarks: [] }
const invalid: GateAnswer = { isValid: false, remarks: [] }

/**
 * What would be said about a held-out case: the question of a review, with the same examples. Where no past comment is
 * near nothing is asked, and it is a silence. Remarks are as answered: copies are in, and those without a basis.
 * Throws the EngineErrors of the engine.
 */
export async function askPersona(about: PersonaCase): Promise<GateAnswer> {
  const { engine, voice, sample, repositoryId, adapter, language, priority, signal } = about
  const piece = pastPiece(sample)
  const at = { repositoryId, pullRequest: sample.pullRequest, before: sample.at }
  const neighbours = await neighboursOf(voice.memory, piece, at)
  if (neighbours.length === 0) return silent
  const { contextTokens } = engine.description
  const exampleTokens = exampleTokensOf(contextTokens)
  const frame = { style: voice.style, language, exampleTokens, estimate: exampleEstimate }
  const countTokens = (messages: Parameters<Engine['countTokens']>[0]) => engine.countTokens(messages)
  const question = await fitQuestion(frame, { piece, neighbours }, { contextTokens, countTokens })
  if (typeof question === 'string') return invalid
  const { messages, schema, lines } = question
  const completion = await engine.complete({
    messages,
    schema,
    maxTokens: personaAnswerTokens,
    seed: 1,
    priority,
    signal,
    ...(adapter === undefined ? {} : { adapter }),
  })
  const answer = completion.finish === 'stop' ? readPersonaAnswer(completion.text, lines) : null
  if (answer === null) return invalid
  const remarks = await Promise.all(
    answer.candidates.map(async (one) => {
      const basis = await basisOf(one, { memory: voice.memory, piece, at })
      return { line: one.line, body: one.body, hasBasis: basis.length > 0 }
    }),
  )
  // A remark whose quote stands nowhere is dropped as in a review; the form of the answer was kept all the same.
  return { isValid: answer.obeyed, remarks }
}
