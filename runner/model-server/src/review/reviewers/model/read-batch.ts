import type { NotReachedReason } from '@ai-review/protocol/review'
import type { Model } from '../../asking/ask-model.ts'
import { halvePiece, type Piece } from '../../plan/piece.ts'
import type { Batch } from '../../plan/plan-review.ts'
import { type PromptFrame, type ReviewQuestion, reviewQuestion } from '../../prompt/review-question.ts'
import type { Candidate } from '../../reviewer.ts'
import { type ReadAnswer, readAnswer } from './read-answer.ts'

/** How a batch is read: with which model, looking for what. */
interface Reading {
  readonly model: Model
  readonly frame: PromptFrame
  readonly focus: string
  readonly seed: number
}

export interface BatchResult {
  readonly candidates: readonly Candidate[]
  readonly missed: readonly { readonly piece: Piece; readonly reason: NotReachedReason }[]
  readonly invalid: number
  readonly cutGuidelines: readonly string[]
}

/** What may still be done about an answer that is not whole. */
interface Tries {
  /** An answer that was cut off may be asked for once more. */
  readonly mayRepair: boolean
  /** How often an answer that is full may be followed by questions about the halves. */
  readonly splits: number
}

/** Up to eight questions about what is left of a batch: an engine that never has enough costs no more. */
export const firstTries: Tries = { mayRepair: true, splits: 3 }

function missedBatch(batch: Batch, reason: NotReachedReason): BatchResult {
  const invalid = reason === 'invalid-answer' ? 1 : 0
  return { candidates: [], missed: batch.map((piece) => ({ piece, reason })), invalid, cutGuidelines: [] }
}

function joined(parts: readonly BatchResult[]): BatchResult {
  return {
    candidates: withoutRepeats(parts.flatMap((part) => part.candidates)),
    missed: parts.flatMap((part) => part.missed),
    invalid: parts.reduce((sum, part) => sum + part.invalid, 0),
    cutGuidelines: parts.flatMap((part) => part.cutGuidelines),
  }
}

/** The same line in the same category, however it is worded: said of the whole, it is said again of a half. */
function withoutRepeats(candidates: readonly Candidate[]): Candidate[] {
  const placeOf = ({ path, side, line, category }: Candidate) => JSON.stringify([path, side, line, category])
  const first = new Map(candidates.toReversed().map((candidate) => [placeOf(candidate), candidate]))
  return candidates.filter((candidate) => first.get(placeOf(candidate)) === candidate)
}

function halves(batch: Batch): readonly Batch[] | null {
  const [only, ...others] = batch
  if (only === undefined) return null
  if (others.length === 0)
    return (
      halvePiece(only)
        ?.map((half) => [half])
        .filter(hasChange) ?? null
    )
  const middle = Math.ceil(batch.length / 2)
  return [batch.slice(0, middle), batch.slice(middle)]
}

function hasChange(batch: Batch): boolean {
  return batch.some(({ lines }) => lines.some(({ kind }) => kind !== 'context'))
}

/** `otherwise` is why a batch that cannot be halved is missed. */
async function readHalves(
  reading: Reading,
  batch: Batch,
  { otherwise, ...tries }: Tries & { readonly otherwise: NotReachedReason },
): Promise<BatchResult> {
  const parts = halves(batch)
  if (parts === null) return missedBatch(batch, otherwise)
  const results: BatchResult[] = []
  for (const part of parts) results.push(await readBatch(reading, part, tries))
  return joined(results)
}

/** The question with as much of the surroundings as fits, or why it cannot be asked. */
async function fittingQuestion(
  { model, frame, focus }: Reading,
  batch: Batch,
): Promise<ReviewQuestion | NotReachedReason> {
  for (const contextLines of new Set([frame.settings.contextLines, 0])) {
    const question = reviewQuestion(frame, batch, { focus, contextLines })
    const tokens = await model.countTokens(question.messages)
    if (typeof tokens === 'string') return tokens
    if (tokens + frame.room.answer <= model.contextTokens) return question
  }
  return 'too-large'
}

function resultOf(batch: Batch, answer: ReadAnswer, question: ReviewQuestion): BatchResult {
  const { candidates, invalid, obeyed } = answer
  const missed = obeyed ? [] : batch.map((piece) => ({ piece, reason: 'invalid-answer' as const }))
  return { candidates, missed, invalid, cutGuidelines: question.cutGuidelines }
}

/** What was answered, and what more there is in the halves of what was asked about: an answer has room for a few findings. */
async function readOn(reading: Reading, batch: Batch, { result, tries }: FullAnswer): Promise<BatchResult> {
  if (tries.splits === 0 || halves(batch) === null) return result
  const more = { ...tries, splits: tries.splits - 1, otherwise: 'too-large' } as const
  return joined([result, await readHalves(reading, batch, more)])
}

interface FullAnswer {
  readonly result: BatchResult
  readonly tries: Tries
}

/**
 * Asks the model about a batch. A prompt that does not fit, an answer that was cut off, and one that is full, are
 * followed by questions about the halves; what still fails is missed, with its reason.
 */
export async function readBatch(reading: Reading, batch: Batch, tries: Tries): Promise<BatchResult> {
  const { model, frame, seed } = reading
  // Writing thousands of questions that nobody asks would hold up the hand-in of those that were answered.
  const stopped = model.stopped()
  if (stopped !== null) return missedBatch(batch, stopped)
  const question = await fittingQuestion(reading, batch)
  const tooLarge = { ...tries, otherwise: 'too-large' } as const
  if (question === 'too-large') return readHalves(reading, batch, tooLarge)
  if (typeof question === 'string') return missedBatch(batch, question)
  const { messages, schema, lines } = question
  const answer = await model.ask(
    { messages, schema, maxTokens: frame.room.answer, seed },
    {
      read: (text) => readAnswer(text, { lines, limit: frame.settings.findings }),
      // Asked once more, the engine may keep to the schema.
      keeps: ({ obeyed }) => obeyed,
    },
  )
  switch (answer.kind) {
    case 'answer': {
      const result = resultOf(batch, answer.value, question)
      return answer.value.isFull ? readOn(reading, batch, { result, tries }) : result
    }
    case 'overflow':
      return readHalves(reading, batch, tooLarge)
    case 'truncated':
      return tries.mayRepair
        ? readHalves(reading, batch, { ...tries, otherwise: 'invalid-answer', mayRepair: false })
        : missedBatch(batch, 'invalid-answer')
    case 'refused':
      return missedBatch(batch, 'refused')
    case 'unreadable':
      return missedBatch(batch, 'invalid-answer')
    case 'failed':
      return missedBatch(batch, answer.reason)
  }
}
