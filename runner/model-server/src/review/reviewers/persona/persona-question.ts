import type { StyleProfile } from '@ai-review/protocol/persona'
import type { DecodingSchema, Message } from '../../../engine/engine.ts'
import { describeStyle } from '../../../personas/style/describe-style.ts'
import type { Neighbour } from '../../../personas/voice.ts'
import type { Piece } from '../../plan/piece.ts'
import type { TokenEstimate } from '../../plan/token-estimate.ts'
import { personaSchema } from '../../prompt/answer-schema.ts'
import { personaInstructions } from '../../prompt/prompt-version.ts'
import { renderBatch, type ShownLine } from '../../prompt/render-batch.ts'
import { shownName } from '../../prompt/shown-text.ts'
import { renderExamples } from './render-examples.ts'

/** Most comments on one piece: a person says one thing about a few lines, seldom two. */
export const commentsMax = 2

/** Some lines of a change, and the past comments that are near to them, nearest first. */
export interface NearPiece {
  readonly piece: Piece
  readonly neighbours: readonly Neighbour[]
}

/** What every question of one persona has in common. */
export interface PersonaFrame {
  readonly style: StyleProfile
  readonly language?: string | undefined
  /** Tokens for examples, by estimate. */
  readonly exampleTokens: number
  readonly estimate: TokenEstimate
}

interface PersonaQuestion {
  readonly messages: readonly Message[]
  readonly schema: DecodingSchema
  readonly lines: ReadonlyMap<string, ShownLine>
}

/** The first message of all questions to one persona. */
export function personaSystem(style: StyleProfile): string {
  return `${personaInstructions}\n\nHow this reviewer writes, measured over ${style.comments} comments: ${describeStyle(style)}`
}

/**
 * The question what a person would say about a piece. It is the same in a review, in the gate and in a training. It names
 * neither the person nor the repository.
 */
export function personaQuestion(
  { style, language, exampleTokens, estimate }: PersonaFrame,
  { piece, neighbours }: NearPiece,
  contextLines: number,
): PersonaQuestion {
  const batch = renderBatch([piece], contextLines)
  const examples = renderExamples(neighbours, { tokens: exampleTokens, estimate })
  const past = examples === '' ? '' : `Past comments of this reviewer, on other changes:\n\n${examples}\n\n`
  const spoken = language === undefined ? '' : ` Write body in ${shownName(language)}.`
  const content = `${past}The part to review:\n\n${batch.text}\n\nAt most ${commentsMax} findings.${spoken}`
  return {
    messages: [
      { role: 'system', content: personaSystem(style) },
      { role: 'user', content },
    ],
    schema: personaSchema([...batch.lines.keys()], commentsMax),
    lines: batch.lines,
  }
}
