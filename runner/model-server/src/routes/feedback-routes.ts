import { FeedbackRequest, FeedbackResult } from '@ai-review/protocol/feedback'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { reachOf } from '../callers/caller.ts'
import { type PersonaRoutesOptions, personaProblem } from './persona-routes.ts'
import { refuseOthersFeedback } from './refuse-others.ts'

/** Beyond the longest list of outcomes. */
const feedbackBytes = 512 * 1024

/** `POST /v1/feedback`: what people made of findings. */
export function feedbackRoutes(http: FastifyInstance, { personas, callers }: PersonaRoutesOptions): void {
  http.withTypeProvider<ZodTypeProvider>().post(
    '/v1/feedback',
    {
      onRequest: callers.onRequest,
      bodyLimit: feedbackBytes,
      schema: {
        operationId: 'sendFeedback',
        body: FeedbackRequest,
        response: { 200: FeedbackResult, default: personaProblem },
      },
    },
    async (request) => {
      const caller = callers.callerOf(request)
      refuseOthersFeedback(caller, request.body)
      return personas().feedback(request.body, reachOf(caller))
    },
  )
}
