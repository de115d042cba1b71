import type { NoAnswerReason, ReplyRequest } from '@ai-review/protocol/reply'
import type { NotReachedReason } from '@ai-review/protocol/review'
import type { Model } from '../review/asking/ask-model.ts'
import { readReply } from './read-reply.ts'
import { replyQuestion, replyRooms, replyTokens } from './reply-question.ts'

/** What the model says in a thread, or why it says nothing. */
export type ThreadAnswer = { readonly answer: string } | { readonly reason: NoAnswerReason }

const reasonOf = (reason: NotReachedReason): NoAnswerReason =>
  reason === 'deadline' || reason === 'cancelled' ? 'deadline' : 'engine-failed'

/** Asks the model once for the next comment of a thread, showing it as much of the conversation as its context holds. */
export async function answerThread(model: Model, request: ReplyRequest): Promise<ThreadAnswer> {
  for (const room of replyRooms) {
    const question = replyQuestion(request, room)
    const tokens = await model.countTokens(question.messages)
    if (typeof tokens === 'string') return { reason: reasonOf(tokens) }
    if (tokens + replyTokens > model.contextTokens) continue
    const answer = await model.ask(question, { read: readReply })
    switch (answer.kind) {
      case 'answer':
        return { answer: answer.value }
      case 'refused':
        return { reason: 'refused' }
      case 'unreadable':
      case 'truncated':
        return { reason: 'invalid-answer' }
      case 'failed':
        return { reason: reasonOf(answer.reason) }
      case 'overflow':
        break
    }
  }
  // A context that holds not even the smallest question is of no use to anybody.
  return { reason: 'engine-failed' }
}
