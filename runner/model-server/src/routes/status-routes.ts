import { Capacity } from '@ai-review/protocol/capacity'
import { Problem } from '@ai-review/protocol/problem'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Registry } from 'prom-client'
import { z } from 'zod'
import type { Reviews } from '../admission/reviews.ts'
import type { KnownCallers } from '../plugins/known-callers.ts'
import { ProblemError } from '../problems.ts'

/** What a load balancer and a person want to know: can it take reviews, and with which model. */
export interface Readiness {
  /** True once the engine is loaded, while it works, until the server drains. */
  readonly isReady: () => Promise<boolean>
  readonly model: () => string | null
  /** False while the database does not answer: reviews go on without being recorded. */
  readonly isStoring: () => boolean
}

interface StatusRoutesOptions {
  readonly reviews: Reviews
  readonly readiness: Readiness
  readonly metrics: Registry
  readonly callers: KnownCallers
}

const Ready = z.object({
  status: z.literal('ready'),
  model: z.string().nullable(),
  storage: z.enum(['available', 'unavailable']),
})
const problem = { description: 'Why not', content: { 'application/problem+json': { schema: Problem } } }

/** Capacity, health, readiness, metrics and the contract. All but capacity are open: they hold numbers only. */
export function statusRoutes(http: FastifyInstance, options: StatusRoutesOptions): void {
  const { reviews, readiness, metrics, callers } = options
  const routes = http.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/v1/capacity',
    {
      onRequest: callers.onRequest,
      schema: { operationId: 'capacity', response: { 200: Capacity, default: problem } },
    },
    async () => reviews.capacity(),
  )

  routes.get(
    '/healthz',
    { schema: { operationId: 'health', response: { 200: z.object({ status: z.literal('alive') }) } } },
    async () => ({ status: 'alive' as const }),
  )

  routes.get(
    '/readyz',
    { schema: { operationId: 'readiness', response: { 200: Ready, 503: problem } } },
    async () => {
      if (!(await readiness.isReady())) throw new ProblemError('engine-unavailable', { retryAfter: 5 })
      const storage = readiness.isStoring() ? ('available' as const) : ('unavailable' as const)
      return { status: 'ready' as const, model: readiness.model(), storage }
    },
  )

  http.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })

  http.get('/openapi.json', { schema: { hide: true } }, async () => http.swagger())
}
