import { Problem } from '@ai-review/protocol/problem'
import { ReplyRequest, ReplyResult } from '@ai-review/protocol/reply'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { KnownCallers } from '../plugins/known-callers.ts'
import type { Replies } from '../replies/replies.ts'
import { clientLeft } from './client-left.ts'
import { refuseOtherChanges } from './refuse-others.ts'

interface ReplyRoutesOptions {
  readonly replies: Replies
  readonly callers: KnownCallers
}

/** The longest conversation that the contract allows, each character escaped, is shorter. */
const replyBytes = 1024 * 1024

/** `POST /v1/replies`: an answer in the thread of a finding, or the mark of a declined one. */
export function replyRoutes(http: FastifyInstance, { replies, callers }: ReplyRoutesOptions): void {
  http.withTypeProvider<ZodTypeProvider>().post(
    '/v1/replies',
    {
      bodyLimit: replyBytes,
      onRequest: callers.onRequest,
      schema: {
        operationId: 'createReply',
        body: ReplyRequest,
        response: {
          200: ReplyResult,
          default: {
            description: 'Why not',
            content: { 'application/problem+json': { schema: Problem } },
          },
        },
      },
    },
    async (request, reply) => {
      const { repository, change } = request.body
      refuseOtherChanges(callers.callerOf(request), { repository, pullRequest: change.number })
      return replies.reply(request.body, clientLeft(reply))
    },
  )
}
