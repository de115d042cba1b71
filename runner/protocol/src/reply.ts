import { z } from 'zod'
import { ChangeName, RepositoryName } from './review.ts'
import { Mark } from './seal.ts'

/** Limits of a conversation; what is longer is cut by the Action, the newest words kept. */
export const replyLimits = { thread: 30, text: 4000, hunk: 20_000, answer: 4000 } as const

/** One comment of a thread. `reviewer` is the bot itself. */
export const Utterance = z.strictObject({
  by: z.enum(['reviewer', 'person']),
  text: z.string().max(replyLimits.text),
})
export type Utterance = z.infer<typeof Utterance>

/**
 * `POST /v1/replies`: a person has said something in the thread of a finding. `mark` is the one of the thread's first
 * comment. `answer` asks for a sentence of the model, `decline` for a mark that the finding was declined; whether the
 * person may decline is for the Action to know. `hunk` is the code that the thread stands on, oldest comment first.
 */
export const ReplyRequest = z.strictObject({
  repository: RepositoryName,
  change: ChangeName,
  intent: z.enum(['answer', 'decline']),
  mark: Mark,
  path: z.string().min(1).max(4096),
  hunk: z.string().max(replyLimits.hunk),
  thread: z.array(Utterance).min(1).max(replyLimits.thread),
  language: z.string().min(2).max(40).optional(),
  deadlineMs: z.int().min(1000).max(600_000),
})
export type ReplyRequest = z.infer<typeof ReplyRequest>
export type ReplyRequestInput = z.input<typeof ReplyRequest>

/** Why there is no answer: nobody to give it, or none that could be shown. */
export const NoAnswerReason = z.enum([
  'no-model',
  'not-ours',
  'deadline',
  'engine-failed',
  'invalid-answer',
  'refused',
])
export type NoAnswerReason = z.infer<typeof NoAnswerReason>

/**
 * `reason` stands where `answer` is null and one was asked for. `declined` is sealed for the head of the request.
 * `model` and `promptHash` name what was asked: null and absent where no model was.
 */
export const ReplyResult = z.object({
  answer: z.string().max(replyLimits.answer).nullable(),
  reason: NoAnswerReason.optional(),
  // Open, as all answers are; what is sent is closed.
  declined: z.object(Mark.shape).optional(),
  model: z.string().nullable(),
  promptHash: z.string().optional(),
})
export type ReplyResult = z.infer<typeof ReplyResult>
