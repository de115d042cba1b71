import { Problem } from '@ai-review/protocol/problem'
import { ReviewRequest, ReviewResult } from '@ai-review/protocol/review'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Review } from '../admission/review.ts'
import type { Reviews } from '../admission/reviews.ts'
import type { KnownCallers } from '../plugins/known-callers.ts'
import { ProblemError } from '../problems.ts'
import { acceptsEvents } from './accepts-events.ts'
import { clientLeft } from './client-left.ts'
import { streamEvents } from './event-stream.ts'
import { foldEvents } from './fold-events.ts'
import { refuseOtherChanges } from './refuse-others.ts'

interface ReviewRoutesOptions {
  readonly reviews: Reviews
  readonly callers: KnownCallers
}

const ReviewId = z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/) })
const IdempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{8,200}$/)
    .optional()
    .describe('Names the request: sent again with the same body, it answers with the same review.'),
})
const ResumeHeaders = z.object({
  'last-event-id': z
    .string()
    .regex(/^\d{1,9}$/)
    .optional()
    .describe('The last event that was received; the stream goes on after it.'),
})

const answers = {
  200: {
    description:
      'The events of the review, or its result when application/json is accepted and events are not.',
    content: {
      'text/event-stream': { schema: z.string() },
      'application/json': { schema: ReviewResult },
    },
  },
  default: { description: 'Why not', content: { 'application/problem+json': { schema: Problem } } },
}

/** `POST /v1/reviews` and what is done with a review by its id. */
export function reviewRoutes(http: FastifyInstance, { reviews, callers }: ReviewRoutesOptions): void {
  const routes = http.withTypeProvider<ZodTypeProvider>()
  const { onRequest, callerOf } = callers
  const reviewOf = (request: FastifyRequest, id: string): Review => {
    const review = reviews.find(id, callerOf(request).name)
    if (review === undefined) throw new ProblemError('not-found')
    return review
  }

  routes.post(
    '/v1/reviews',
    {
      onRequest,
      schema: {
        operationId: 'createReview',
        headers: IdempotencyHeaders,
        body: ReviewRequest,
        response: answers,
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { repository, change } = request.body
      refuseOtherChanges(caller, { repository, pullRequest: change.number })
      const key = request.headers['idempotency-key']
      const named = key === undefined ? {} : { idempotencyKey: key }
      const review = reviews.submit(request.body, { caller: caller.name, ...named })
      return answer(reply, { reviews, review, after: 0 })
    },
  )

  routes.get(
    '/v1/reviews/:id',
    {
      onRequest,
      schema: { operationId: 'followReview', params: ReviewId, headers: ResumeHeaders, response: answers },
    },
    async (request, reply) => {
      const after = Number(request.headers['last-event-id'] ?? 0)
      return answer(reply, { reviews, review: reviewOf(request, request.params.id), after })
    },
  )

  routes.delete(
    '/v1/reviews/:id',
    {
      onRequest,
      schema: {
        operationId: 'cancelReview',
        params: ReviewId,
        response: { 204: z.null().describe('Cancelled, or over already'), default: answers.default },
      },
    },
    async (request, reply) => {
      reviews.cancel(reviewOf(request, request.params.id))
      return reply.code(204).send(null)
    },
  )
}

interface Answer {
  readonly reviews: Reviews
  readonly review: Review
  readonly after: number
}

/** The review as a stream of events where the client reads those, else its result once it is there. */
async function answer(reply: FastifyReply, { reviews, review, after }: Answer): Promise<FastifyReply> {
  const left = clientLeft(reply)
  const leave = reviews.watch(review)
  try {
    if (acceptsEvents(reply.request)) {
      reply.hijack()
      await streamEvents(review.log, reply.raw, { after, signal: left })
      return reply
    }
    const result = await foldEvents(review.log, left)
    // Built from the wire's own types field by field, so it is sent without a second check.
    return reply.type('application/json').serializer(JSON.stringify).send(result)
  } finally {
    leave()
  }
}
