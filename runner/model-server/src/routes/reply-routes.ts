import { Problem } from '@ai-review/protocol/problem'
import { ReplyRequest, ReplyResult } from '@ai-review/protocol/reply'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Replies } from '../replies/replies.ts'
import { clientLeft } from './client-left.ts'

interface ReplyRoutesOptions {
  readonly replies: Replies
  readonly authenticate: (request: FastifyRequest) => string
}

/** The longest conversation that the contract allows, each character escaped, is shorter. */
const replyBytes = 1024 * 1024

/** `POST /v1/replies`: an answer in the thread of a finding, or the mark of a declined one. */
export function replyRoutes(http: FastifyInstance, { replies, authenticate }: ReplyRoutesOptions): void {
  http.withTypeProvider<ZodTypeProvider>().post(
    '/v1/replies',
    {
      bodyLimit: replyBytes,
      // Before the body is read: a stranger's body costs nothing.
      onRequest: async (request) => {
        authenticate(request)
      },
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
    async (request, reply) => replies.reply(request.body, clientLeft(reply)),
  )
}
