import type { Effort } from '@ai-review/protocol/review'
import { type EffortSettings, effortSettings } from '../../plan/effort-settings.ts'
import type { TokenEstimate } from '../../plan/token-estimate.ts'
import { commentsMax } from './persona-question.ts'

/** Lines of one piece: about as many as stand around a past comment in a training. */
export const pieceLines = 40

/** Tokens of an answer: two comments of the longest kind. */
export const personaAnswerTokens = 500

/** What an effort buys for a persona: one reading of small pieces; its guidelines are its past comments. */
export function personaSettings(effort: Effort): EffortSettings {
  return {
    ...effortSettings[effort],
    batchTokens: 900,
    batchLines: pieceLines,
    contextLines: 3,
    guidelineTokens: 0,
    findings: commentsMax,
    answerTokens: personaAnswerTokens,
  }
}

/** Tokens for examples in a context of this size. */
export function exampleTokensOf(contextTokens: number): number {
  return Math.min(1200, Math.floor(contextTokens * 0.25))
}

/** A guess that is the same in a review, in the gate and in a training, so that all show the same examples. */
export const exampleEstimate: TokenEstimate = (text) => Math.ceil(Buffer.byteLength(text) / 3)
