import { ReviewError } from '../../errors.ts'
import type { CommentName, Conversation } from '../../roles.ts'
import type { RepositoryName } from '../client/address.ts'
import { fitsBody } from '../client/fits-body.ts'
import type { Octokit } from '../client/octokit.ts'
import { refusalKind } from '../client/refusal-kind.ts'
import { type Operation, translating } from '../client/translate-error.ts'
import { writeOnce } from '../client/write-once.ts'
import { clearPending, type HoldsRunMark } from '../post/pending-review.ts'
import type { ReviewPlace } from '../post/review-requests.ts'
import { findRemark, type RemarkPlace } from './find-remark.ts'
import { findThread } from './find-thread.ts'
import { readRole } from './read-role.ts'

interface ConversationOptions {
  readonly octokit: Octokit
  readonly repository: RepositoryName
  readonly holdsRunMark: HoldsRunMark
  /** Milliseconds that one unit of back-off between attempts lasts. */
  readonly backoffUnitMs?: number
}

interface Remark {
  readonly place: RemarkPlace
  readonly operation: Operation
  readonly body: string
  readonly once: string
  readonly write: () => Promise<unknown>
}

const permission = 'pull-requests: write'

/** Talks to people on the pull requests of one repository. */
export function createConversation(options: ConversationOptions): Conversation {
  const { octokit, repository, holdsRunMark, backoffUnitMs = 1000 } = options
  const home = { owner: repository.owner, repo: repository.name }

  function remark({ place, operation, body, once, write }: Remark): Promise<void> {
    return translating(operation, async () => {
      refuseLongBody(body)
      // The same event may be run a second time, so the first write is looked for as well.
      if (await findRemark(place, once)) return
      const look = async () => ((await findRemark(place, once)) ? true : null)
      await writeOnce({ operation, write, look, backoffUnitMs })
    })
  }

  return {
    react: (comment, reaction) => react(options, comment, reaction),
    roleOf: (person) => readRole(octokit, repository, person),
    thread: (pullRequest, commentId) => findThread({ octokit, repository, number: pullRequest }, commentId),
    say: (pullRequest, { body, once }) =>
      remark({
        place: { octokit, repository, number: pullRequest },
        operation: { doing: 'answering in the conversation', permission },
        body,
        once,
        write: () => octokit.rest.issues.createComment({ ...home, issue_number: pullRequest, body }),
      }),
    replyInThread: (pullRequest, { root, body, once }) =>
      remark({
        place: { octokit, repository, number: pullRequest, root },
        operation: { doing: 'answering in a thread', permission },
        body,
        once,
        write: () =>
          pastPending({ octokit, pullRequest: { repository, number: pullRequest }, holdsRunMark }, () =>
            octokit.rest.pulls.createReplyForReviewComment({
              ...home,
              pull_number: pullRequest,
              comment_id: root,
              body,
            }),
          ),
      }),
  }
}

/** Writes, and once more where a pending review that we left behind was in the way. */
async function pastPending(
  { holdsRunMark, ...place }: ReviewPlace & { readonly holdsRunMark: HoldsRunMark },
  write: () => Promise<unknown>,
): Promise<unknown> {
  try {
    return await write()
  } catch (error) {
    if (refusalKind(error) !== 'pending') throw error
    await clearPending(place, holdsRunMark)
    return await write()
  }
}

/** GitHub gives back the reaction that is there already, so a repeated request leaves one. */
function react(
  { octokit, repository, backoffUnitMs = 1000 }: ConversationOptions,
  comment: CommentName,
  content: 'eyes' | '+1' | 'confused',
): Promise<void> {
  const operation = { doing: 'reacting to a comment', permission }
  const { createForIssueComment, createForPullRequestReviewComment } = octokit.rest.reactions
  const parameters = { owner: repository.owner, repo: repository.name, comment_id: comment.id, content }
  const write = () =>
    comment.kind === 'issue'
      ? createForIssueComment(parameters)
      : createForPullRequestReviewComment(parameters)
  return translating(operation, async () => {
    await writeOnce<unknown>({ operation, write, backoffUnitMs })
  })
}

function refuseLongBody(body: string): void {
  if (fitsBody(body)) return
  throw new ReviewError('internal', 'The answer is longer than GitHub accepts.', {
    hint: 'Report it with the version of the Action and the code of this message.',
  })
}
