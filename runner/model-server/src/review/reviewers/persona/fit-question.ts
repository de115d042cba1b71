import type { NotReachedReason } from '@ai-review/protocol/review'
import type { Message } from '../../../engine/engine.ts'
import { type NearPiece, type PersonaFrame, personaQuestion } from './persona-question.ts'
import { personaAnswerTokens } from './persona-settings.ts'

interface Room {
  readonly contextTokens: number
  readonly countTokens: (messages: readonly Message[]) => Promise<number | NotReachedReason>
}

/** How much is shown besides the piece, from plenty to the least that still has a reason to speak. */
const showings = [
  { examples: 4, contextLines: 3 },
  { examples: 2, contextLines: 0 },
  { examples: 1, contextLines: 0 },
] as const

/** The question about a piece with as many examples as fit the context, or why it cannot be asked. */
export async function fitQuestion(
  frame: PersonaFrame,
  { piece, neighbours }: NearPiece,
  { contextTokens, countTokens }: Room,
): Promise<ReturnType<typeof personaQuestion> | NotReachedReason> {
  for (const { examples, contextLines } of showings) {
    const near = { piece, neighbours: neighbours.slice(0, examples) }
    const question = personaQuestion(frame, near, contextLines)
    const tokens = await countTokens(question.messages)
    if (typeof tokens === 'string') return tokens
    if (tokens + personaAnswerTokens <= contextTokens) return question
  }
  return 'too-large'
}
