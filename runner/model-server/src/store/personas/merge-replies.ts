import type { Addressed, PastReply } from '@ai-review/protocol/persona'
import type { z } from 'zod'

type Answered = { readonly id: number; readonly addressed: z.infer<typeof Addressed> }

/**
 * Comments of which nobody knows yet whether they were acted on, by what was answered: the latest answer that says so
 * counts. What the code told before stands.
 */
export function mergeReplies<Comment extends Answered>(
  comments: readonly Comment[],
  replies: readonly PastReply[],
): Comment[] {
  const latest = new Map<number, PastReply>()
  for (const reply of replies) {
    const known = latest.get(reply.to)
    if (reply.says !== 'other' && (known === undefined || known.id < reply.id)) latest.set(reply.to, reply)
  }
  return comments.map((comment) => {
    const says = latest.get(comment.id)?.says
    if (comment.addressed !== 'unknown' || says === undefined) return comment
    return { ...comment, addressed: says === 'done' ? 'yes' : 'no' }
  })
}
