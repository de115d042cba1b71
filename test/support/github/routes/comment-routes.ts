import {
  type Answer,
  type Call,
  checkedBody,
  idOf,
  pageOf,
  pullOf,
  type Routes,
  repositoryOf,
  textOf,
} from '../call.ts'
import { notFound, Refusal } from '../refusal.ts'
import { issueCommentJson, reactionJson } from '../render.ts'
import type { CommentState, PullState } from '../state.ts'

function createComment(call: Call): Answer {
  const repository = repositoryOf(call)
  const pull = pullOf(call)
  if (pull.locked) throw new Refusal(403, 'Unable to create comment because issue is locked.')
  const now = call.world.now()
  const comment: CommentState = {
    id: call.world.nextId(),
    user: call.token.user,
    body: checkedBody(textOf(call, 'body')),
    createdAt: now,
    updatedAt: now,
    minimized: null,
    reactions: [],
  }
  pull.comments.push(comment)
  return { status: 201, body: issueCommentJson(call.world, { repository, pull }, comment) }
}

function listComments(call: Call): Answer {
  const repository = repositoryOf(call)
  const pull = pullOf(call)
  const since = call.query.get('since')
  const page = pageOf(
    call,
    pull.comments.filter((comment) => since === null || comment.updatedAt >= since),
  )
  const body = page.items.map((comment) => issueCommentJson(call.world, { repository, pull }, comment))
  return { status: 200, body, headers: page.headers }
}

function issueCommentOf(call: Call): { pull: PullState; comment: CommentState } {
  const id = idOf(call, 'comment_id')
  for (const pull of repositoryOf(call).pulls.values()) {
    const comment = pull.comments.find((candidate) => candidate.id === id)
    if (comment !== undefined) return { pull, comment }
  }
  throw notFound()
}

function reviewCommentOf(call: Call): { comment: CommentState } {
  const id = idOf(call, 'comment_id')
  const threads = [...repositoryOf(call).pulls.values()].flatMap((pull) => pull.threads)
  const comment = threads.flatMap((thread) => thread.comments).find((candidate) => candidate.id === id)
  if (comment === undefined) throw notFound()
  return { comment }
}

function getComment(call: Call): Answer {
  const { pull, comment } = issueCommentOf(call)
  return {
    status: 200,
    body: issueCommentJson(call.world, { repository: repositoryOf(call), pull }, comment),
  }
}

function updateComment(call: Call): Answer {
  const { pull, comment } = issueCommentOf(call)
  if (comment.user.id !== call.token.user.id) throw new Refusal(403, 'Resource not accessible by integration')
  comment.body = checkedBody(textOf(call, 'body'))
  comment.updatedAt = call.world.now()
  return {
    status: 200,
    body: issueCommentJson(call.world, { repository: repositoryOf(call), pull }, comment),
  }
}

function deleteComment(call: Call): Answer {
  const { pull, comment } = issueCommentOf(call)
  pull.comments.splice(pull.comments.indexOf(comment), 1)
  return { status: 204 }
}

type FindComment = (call: Call) => { comment: CommentState }

function react(find: FindComment): (call: Call) => Answer {
  return (call) => {
    const { comment } = find(call)
    const content = textOf(call, 'content') ?? ''
    const mine = comment.reactions.find(
      (reaction) => reaction.content === content && reaction.user.id === call.token.user.id,
    )
    if (mine !== undefined) return { status: 200, body: reactionJson(call.world, mine, call.world.now()) }
    const reaction = { id: call.world.nextId(), user: call.token.user, content }
    comment.reactions.push(reaction)
    return { status: 201, body: reactionJson(call.world, reaction, call.world.now()) }
  }
}

function listReactions(find: FindComment): (call: Call) => Answer {
  return (call) => {
    const content = call.query.get('content')
    const found = find(call).comment.reactions.filter((one) => content === null || one.content === content)
    const page = pageOf(call, found)
    return {
      status: 200,
      body: page.items.map((reaction) => reactionJson(call.world, reaction, call.world.now())),
      headers: page.headers,
    }
  }
}

function deleteReaction(find: FindComment): (call: Call) => Answer {
  return (call) => {
    const { comment } = find(call)
    const index = comment.reactions.findIndex((reaction) => reaction.id === idOf(call, 'reaction_id'))
    if (index < 0) throw notFound()
    comment.reactions.splice(index, 1)
    return { status: 204 }
  }
}

const reads = ['pull-requests', 'read'] as const
const writes = ['pull-requests', 'write'] as const

export const commentRoutes: Routes = {
  'issues/create-comment': { needs: writes, handle: createComment },
  'issues/list-comments': { needs: reads, handle: listComments },
  'issues/get-comment': { needs: reads, handle: getComment },
  'issues/update-comment': { needs: writes, handle: updateComment },
  'issues/delete-comment': { needs: writes, handle: deleteComment },
  'reactions/create-for-issue-comment': { needs: writes, handle: react(issueCommentOf) },
  'reactions/list-for-issue-comment': { needs: reads, handle: listReactions(issueCommentOf) },
  'reactions/delete-for-issue-comment': { needs: writes, handle: deleteReaction(issueCommentOf) },
  'reactions/create-for-pull-request-review-comment': { needs: writes, handle: react(reviewCommentOf) },
  'reactions/list-for-pull-request-review-comment': { needs: reads, handle: listReactions(reviewCommentOf) },
  'reactions/delete-for-pull-request-comment': { needs: writes, handle: deleteReaction(reviewCommentOf) },
}
