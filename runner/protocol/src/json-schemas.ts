import { z } from 'zod'
import { Capacity } from './capacity.ts'
import { ReviewEvent } from './event.ts'
import { FeedbackRequest, FeedbackResult } from './feedback.ts'
import {
  ConsentRequest,
  PersonaStatus,
  PromotionRequest,
  SamplesChunk,
  TrainingRequest,
  TrainingStatus,
} from './persona.ts'
import { Problem } from './problem.ts'
import { ReplyRequest, ReplyResult } from './reply.ts'
import { ReviewRequest, ReviewResult } from './review.ts'

const shapes = {
  'review-request': ReviewRequest,
  'review-result': ReviewResult,
  'review-event': ReviewEvent,
  'reply-request': ReplyRequest,
  'reply-result': ReplyResult,
  'feedback-request': FeedbackRequest,
  'feedback-result': FeedbackResult,
  'persona-consent': ConsentRequest,
  'persona-samples': SamplesChunk,
  'persona-status': PersonaStatus,
  'persona-training-request': TrainingRequest,
  'persona-training-status': TrainingStatus,
  'persona-promotion': PromotionRequest,
  capacity: Capacity,
  problem: Problem,
} as const

export type WireShapeName = keyof typeof shapes

/**
 * JSON Schema (draft 2020-12) of everything that crosses the wire, by file name without `.json`.
 * The request is closed to unknown fields; answers are open, since later servers may add some.
 */
export function wireJsonSchemas(): Record<WireShapeName, Record<string, unknown>> {
  const entries = Object.entries(shapes).map(([name, shape]) => [
    name,
    // As input: defaults stay optional, and objects that are not strict stay open.
    { ...z.toJSONSchema(shape, { io: 'input' }), title: name },
  ])
  return Object.fromEntries(entries)
}
