import type { Effort, NotReachedReason, ReviewRequest } from '@ai-review/protocol/review'
import type { Message } from '../../engine/engine.ts'
import { reviewInstructions } from '../prompt/prompt-version.ts'
import type { PromptFrame, PromptRoom } from '../prompt/review-question.ts'
import { shownText } from '../prompt/shown-text.ts'
import { type EffortSettings, effortSettings } from './effort-settings.ts'
import { orderFiles } from './order-files.ts'
import { cutHunk, type Piece, pieceTokens } from './piece.ts'
import { calibrateEstimate } from './token-estimate.ts'

/** Pieces that are shown to the model together. */
export type Batch = readonly Piece[]

/** Batches, most valuable first, and what their prompts have in common. */
export interface ReviewPlan {
  readonly frame: PromptFrame
  readonly batches: readonly Batch[]
}

interface PlanConditions {
  readonly effort: Effort
  /** In place of those of the effort, and of the instructions of a review. */
  readonly settings?: EffortSettings
  readonly instructions?: string
  readonly contextTokens: number
  /** Exact count, or why there is none. */
  readonly countTokens: (messages: readonly Message[]) => Promise<number | NotReachedReason>
}

/** Least tokens for lines of the change with which asking makes sense. */
const batchTokensMin = 48

/** Tokens kept free for what a chat template adds between messages. */
const templateTokens = 32

/** UTF-16 units of the change that the estimate is calibrated on. */
const sampleLength = 4000

/** Tokens that each piece's file head and surroundings marks cost. */
const pieceHeadTokens = 24

function shareOut(settings: EffortSettings, contextTokens: number, systemTokens: number): PromptRoom | null {
  const answer = Math.min(settings.answerTokens, Math.floor(contextTokens * 0.35))
  const left = contextTokens - answer - systemTokens - templateTokens
  const batch = Math.min(settings.batchTokens, Math.floor(left * 0.55))
  if (!(batch >= batchTokensMin)) return null
  return {
    answer,
    batch,
    guidelines: Math.min(settings.guidelineTokens, Math.floor(left * 0.2)),
    changedFiles: Math.min(600, Math.floor(left * 0.08)),
  }
}

function sampleOf(request: ReviewRequest): string {
  const lines = request.files.flatMap((file) => file.hunks.flatMap((hunk) => hunk.lines.slice(0, 40)))
  return lines
    .slice(0, 200)
    .map((line) => shownText(line.text))
    .join('\n')
    .slice(0, sampleLength)
}

/** Fills batches in order; a piece goes into the last batch when it still fits. */
function pack(pieces: readonly Piece[], frame: Pick<PromptFrame, 'settings' | 'room' | 'estimate'>): Batch[] {
  const batches: Piece[][] = []
  let tokens = 0
  let lines = 0
  for (const piece of pieces) {
    const cost = pieceTokens(piece.lines, frame.estimate) + pieceHeadTokens
    const last = batches.at(-1)
    const isFull = tokens + cost > frame.room.batch || lines + piece.lines.length > frame.settings.batchLines
    if (last === undefined || isFull) {
      batches.push([piece])
      tokens = cost
      lines = piece.lines.length
    } else {
      last.push(piece)
      tokens += cost
      lines += piece.lines.length
    }
  }
  return batches
}

function cutFiles(
  request: ReviewRequest,
  frame: Pick<PromptFrame, 'settings' | 'room' | 'estimate'>,
): Piece[] {
  const limits = { tokens: frame.room.batch - pieceHeadTokens, lines: frame.settings.batchLines }
  return orderFiles(request.files).flatMap((file) =>
    file.hunks.flatMap((hunk) => cutHunk(file, hunk, { limits, estimate: frame.estimate })),
  )
}

/**
 * Cuts a change into batches that fit the model's context, or tells why not: `too-large` when the context is too
 * small to ask anything. Sizes are estimates from two exact counts; whoever asks counts each prompt and halves
 * what does not fit.
 */
export async function planReview(
  request: ReviewRequest,
  conditions: PlanConditions,
): Promise<ReviewPlan | NotReachedReason> {
  const { contextTokens, countTokens, settings = effortSettings[conditions.effort] } = conditions
  const fixed = [
    { role: 'system', content: conditions.instructions ?? reviewInstructions },
    { role: 'user', content: '' },
  ] as const
  const systemTokens = await countTokens(fixed)
  if (typeof systemTokens === 'string') return systemTokens
  const room = shareOut(settings, contextTokens, systemTokens)
  if (room === null) return 'too-large'
  const sample = sampleOf(request)
  const sampleTokens = await countTokens([{ role: 'user', content: sample }])
  if (typeof sampleTokens === 'string') return sampleTokens
  const frame: PromptFrame = { request, settings, room, estimate: calibrateEstimate(sample, sampleTokens) }
  return { frame, batches: pack(cutFiles(request, frame), frame) }
}
