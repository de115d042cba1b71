import { type ReplyRequestInput, replyLimits } from '@ai-review/protocol/reply'
import type { Mark } from '@ai-review/protocol/seal'
import { ownSign } from '../review/own-sign.ts'
import type { Policy } from '../review/policy.ts'
import { clip } from '../review/visible-text.ts'
import type { PullRequest, Thread, ThreadComment } from '../roles.ts'

interface ReplyParts {
  readonly pullRequest: PullRequest
  readonly thread: Thread
  readonly mark: Mark
  /** Where in the thread the reply stands: what was said behind it is not sent. */
  readonly at: number
  readonly intent: ReplyRequestInput['intent']
  readonly policy: Policy
  /** The reply as it was when the event came about. */
  readonly said: string
}

const longestDeadlineMs = 600_000

/** What the model server is asked about a reply, within the limits of the wire: the newest comments, the last of the code. */
export function buildReplyRequest(parts: ReplyParts, deadlineMs: number): ReplyRequestInput {
  const { pullRequest, thread, mark, at, intent, policy, said } = parts
  const { id, owner, name } = pullRequest.repository
  const heard = thread.comments.slice(0, at)
  return {
    repository: { id, owner, name },
    change: {
      number: pullRequest.number,
      headSha: pullRequest.head.sha,
      baseSha: pullRequest.base.sha,
    },
    intent,
    mark,
    path: thread.path,
    hunk: thread.hunk.slice(-replyLimits.hunk),
    thread: [
      ...heard.slice(1 - replyLimits.thread).map(toUtterance),
      { by: 'person' as const, text: shown(said) },
    ],
    ...(policy.language === undefined ? {} : { language: policy.language }),
    deadlineMs: Math.min(longestDeadlineMs, deadlineMs),
  }
}

/** The first comment is ours by its mark, whatever account wrote it. */
function toUtterance({ author, body }: ThreadComment, index: number) {
  const isReviewer = author.isUs || (index === 0 && body.includes(ownSign))
  return { by: isReviewer ? ('reviewer' as const) : ('person' as const), text: shown(body) }
}

/** What people see of a comment: what is hidden in it was said to nobody. */
function shown(body: string): string {
  return clip(body.replace(/<!--[\s\S]*?(?:-->|$)/g, '').trim(), replyLimits.text)
}
