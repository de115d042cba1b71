import { FeedbackRequest, FeedbackResult } from '@ai-review/protocol/feedback'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { type PersonaRoutesOptions, personaProblem } from './persona-routes.ts'

/** Beyond the longest list of outcomes. */
const feedbackBytes = 512 * 1024

/** `POST /v1/feedback`: what people made of findings. */
export function feedbackRoutes(
  http: FastifyInstance,
  { personas, authenticate }: PersonaRoutesOptions,
): void {
  http.withTypeProvider<ZodTypeProvider>().post(
    '/v1/feedback',
    {
      onRequest: async (request) => {
        authenticate(request)
      },
      bodyLimit: feedbackBytes,
      schema: {
        operationId: 'sendFeedback',
        body: FeedbackRequest,
        response: { 200: FeedbackResult, default: personaProblem },
      },
    },
    async ({ body }) => personas().feedback(body),
  )
}
