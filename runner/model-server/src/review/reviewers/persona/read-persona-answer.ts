import { AnsweredComment } from '../../prompt/answer-schema.ts'
import type { ShownLine } from '../../prompt/render-batch.ts'
import { type ReadAnswer, readAnswer } from '../model/read-answer.ts'
import { commentsMax } from './persona-question.ts'

/** Checks a persona's answer against what it was asked; null when it is none. */
export function readPersonaAnswer(text: string, lines: ReadonlyMap<string, ShownLine>): ReadAnswer | null {
  const answer = readAnswer(text, { lines, limit: commentsMax, shape: AnsweredComment })
  if (answer === null) return null
  const candidates = answer.candidates.map((one) => ({ ...one, reviewer: 'persona' as const }))
  return { ...answer, candidates }
}
