import type { Hunk } from '@ai-review/protocol/change'
import type { Effort, NotReachedReason, ReviewRequest } from '@ai-review/protocol/review'
import PQueue from 'p-queue'
import type { Voice } from '../../../personas/voice.ts'
import type { Model } from '../../asking/ask-model.ts'
import type { UsageMeter } from '../../asking/usage-meter.ts'
import { coverageOfMissed, nothingRead } from '../../coverage.ts'
import { planReview } from '../../plan/plan-review.ts'
import type { Candidate, Reviewer, ReviewerResult } from '../../reviewer.ts'
import { fitQuestion } from './fit-question.ts'
import { nearPieces } from './near-pieces.ts'
import { type NearPiece, type PersonaFrame, personaSystem } from './persona-question.ts'
import { exampleEstimate, exampleTokensOf, personaAnswerTokens, personaSettings } from './persona-settings.ts'
import { readPersonaAnswer } from './read-persona-answer.ts'
import { voiced } from './voiced.ts'

interface PersonaReviewerParts {
  readonly model: Model
  readonly meter: UsageMeter
  readonly effort: Effort
  readonly voice: Voice
  /** Name of an adapter that is loaded; null for the base model. */
  readonly adapter: string | null
}

interface PieceResult {
  readonly candidates: readonly Candidate[]
  readonly invalid: number
  readonly missed: NotReachedReason | null
}

const nothing = { candidates: [], coverage: [], notices: [], invalid: 0, near: 0 }

const missed = (reason: NotReachedReason): PieceResult => ({
  candidates: [],
  invalid: reason === 'invalid-answer' ? 1 : 0,
  missed: reason,
})

interface Asking extends PersonaReviewerParts {
  readonly frame: PersonaFrame
  readonly at: { readonly repositoryId: number; readonly pullRequest: number }
}

async function askPiece(asking: Asking, near: NearPiece): Promise<PieceResult> {
  const { model, frame, adapter } = asking
  const stopped = model.stopped()
  if (stopped !== null) return missed(stopped)
  const question = await fitQuestion(frame, near, model)
  if (typeof question === 'string') return missed(question)
  const { messages, schema, lines } = question
  const asked = { messages, schema, maxTokens: personaAnswerTokens, seed: 1 }
  const answer = await model.ask(adapter === null ? asked : { ...asked, adapter }, {
    read: (text) => readPersonaAnswer(text, lines),
    keeps: ({ obeyed }) => obeyed,
  })
  switch (answer.kind) {
    case 'answer': {
      const { candidates, invalid, obeyed } = answer.value
      const kept = await voiced(candidates, { ...asking, piece: near.piece })
      return {
        candidates: kept,
        invalid: invalid + candidates.length - kept.length,
        missed: obeyed ? null : 'invalid-answer',
      }
    }
    case 'overflow':
      return missed('too-large')
    case 'refused':
      return missed('refused')
    case 'truncated':
    case 'unreadable':
      return missed('invalid-answer')
    case 'failed':
      return missed(answer.reason)
  }
}

/** Hunks of which a part was missed, with the reason of the first. */
function missedHunks(pieces: readonly { readonly hunk: Hunk; readonly reason: NotReachedReason | null }[]) {
  const hunks = new Map<Hunk, NotReachedReason>()
  for (const { hunk, reason } of pieces) if (reason !== null && !hunks.has(hunk)) hunks.set(hunk, reason)
  return hunks
}

function unplanned(request: ReviewRequest, reason: NotReachedReason, meter: UsageMeter): ReviewerResult {
  const coverage = nothingRead(request.files, reason)
  const unread = request.files.flatMap((file) => file.hunks)
  return { ...nothing, coverage, unread, usage: meter.total(0) }
}

/**
 * One person's style as a reviewer of one run. Where no past comment is near it says nothing, and asks nothing: silence
 * there is what was read. What it does say rests on one to three past comments.
 */
export function createPersonaReviewer(parts: PersonaReviewerParts): Reviewer {
  const { model, meter, voice, effort } = parts
  return {
    name: 'persona',
    review: async (request, { onProgress }) => {
      if (request.files.length === 0) return nothing
      const { contextTokens, countTokens } = model
      const settings = personaSettings(effort)
      const instructions = personaSystem(voice.style)
      const plan = await planReview(request, { effort, settings, instructions, contextTokens, countTokens })
      if (typeof plan === 'string') return unplanned(request, plan, meter)
      const at = { repositoryId: request.repository.id, pullRequest: request.change.number }
      const isStopped = () => model.stopped() !== null
      const { near, unseen } = await nearPieces(voice.memory, plan.batches.flat(), { at, isStopped })
      const exampleTokens = exampleTokensOf(contextTokens)
      const frame = {
        style: voice.style,
        language: request.language,
        exampleTokens,
        estimate: exampleEstimate,
      }
      let done = 0
      onProgress(0, near.length)
      const results = await new PQueue({ concurrency: model.parallel }).addAll(
        near.map((one) => async () => {
          const result = await askPiece({ ...parts, frame, at }, one)
          done += 1
          onProgress(done, near.length)
          return result
        }),
      )
      const reason = model.stopped() ?? 'deadline'
      const hunks = missedHunks([
        ...near.map(({ piece }, index) => ({ hunk: piece.hunk, reason: results[index]?.missed ?? null })),
        ...unseen.map(({ hunk }) => ({ hunk, reason })),
      ])
      return {
        candidates: results.flatMap(({ candidates }) => candidates),
        coverage: coverageOfMissed(request.files, hunks),
        notices: [],
        invalid: results.reduce((sum, { invalid }) => sum + invalid, 0),
        usage: meter.total(near.length),
        unread: [...hunks.keys()],
        near: near.length,
      }
    },
  }
}
