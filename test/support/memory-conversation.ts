import type { CommentName, Conversation, RepositoryRole, Thread } from '../../src/roles.ts'

/** A conversation that lives in memory: what was said and reacted stands in lists, in order. */
interface MemoryConversation extends Conversation {
  readonly said: string[]
  readonly replies: string[]
  readonly reactions: string[]
}

export interface ConversationParts {
  /** By the number of the account; others have none. */
  readonly roles?: Readonly<Record<number, RepositoryRole>>
  readonly thread?: Thread
  /** What every reaction ends with. */
  readonly reactionError?: Error
}

export function memoryConversation({
  roles = {},
  thread,
  reactionError,
}: ConversationParts): MemoryConversation {
  const said: string[] = []
  const replies: string[] = []
  const reactions: string[] = []
  const add = (place: string[], { body, once }: { readonly body: string; readonly once: string }) => {
    if (!place.some((other) => other.includes(once))) place.push(body)
    return Promise.resolve()
  }
  return {
    said,
    replies,
    reactions,
    react(comment: CommentName, reaction) {
      if (reactionError !== undefined) return Promise.reject(reactionError)
      const name = `${comment.kind} ${comment.id}: ${reaction}`
      if (!reactions.includes(name)) reactions.push(name)
      return Promise.resolve()
    },
    roleOf: ({ id }) => Promise.resolve((id === null ? undefined : roles[id]) ?? 'none'),
    say: (_, remark) => add(said, remark),
    thread: () => Promise.resolve(thread ?? null),
    replyInThread: (_, remark) => add(replies, remark),
  }
}
