import { TrainingRequest, TrainingStatus } from '@ai-review/protocol/persona'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { acceptsEvents } from './accepts-events.ts'
import { clientLeft } from './client-left.ts'
import { streamFrames } from './event-stream.ts'
import { numbersOf, PersonaParams, personaOf, personaToChange } from './persona-params.ts'
import { type PersonaRoutesOptions, personaProblem, smallBytes } from './persona-routes.ts'

const followed = {
  description:
    'How it stands now; where events are accepted, also each change until it has ended, as events `training`.',
  content: { 'text/event-stream': { schema: z.string() }, 'application/json': { schema: TrainingStatus } },
}

/** `…/training`: begins a training, tells how it stands, once or until it has ended, and ends it. */
export function personaTrainingRoutes(
  http: FastifyInstance,
  { personas, callers }: PersonaRoutesOptions,
): void {
  const routes = http.withTypeProvider<ZodTypeProvider>()
  const path = '/v1/personas/:owner/:repository/:login/training'
  const { onRequest, callerOf } = callers

  routes.post(
    path,
    {
      onRequest,
      bodyLimit: smallBytes,
      schema: {
        operationId: 'trainPersona',
        params: PersonaParams,
        body: TrainingRequest,
        response: {
          200: TrainingStatus.describe('Nothing changed since the last training'),
          202: TrainingStatus.describe('Queued, or under way already'),
          default: personaProblem,
        },
      },
    },
    async (request, reply) => {
      const key = personaToChange(callerOf(request), request.params, request.body)
      const status = await personas().train(key, request.body)
      return reply.code(status.state === 'done' ? 200 : 202).send(status)
    },
  )

  routes.get(
    path,
    {
      onRequest,
      schema: {
        operationId: 'personaTraining',
        params: PersonaParams,
        response: { 200: followed, default: personaProblem },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const key = personaOf(caller, request.params)
      const all = personas()
      const status = await all.training(key, numbersOf(caller, request.params))
      if (!acceptsEvents(request)) {
        return reply.type('application/json').serializer(JSON.stringify).send(status)
      }
      const left = clientLeft(reply)
      reply.hijack()
      try {
        await streamFrames(framesOf(all.watch(key, left)), reply.raw, left)
      } catch {
        // The database fails: the client sees a stream that breaks off, and asks again.
        reply.raw.destroy()
      }
      return reply
    },
  )

  routes.delete(
    path,
    {
      onRequest,
      schema: {
        operationId: 'cancelTraining',
        params: PersonaParams,
        response: { 204: z.null().describe('Cancelled, or over already'), default: personaProblem },
      },
    },
    async (request, reply) => {
      const { params } = request
      const caller = callerOf(request)
      await personas().cancel(personaToChange(caller, params), numbersOf(caller, params))
      return reply.code(204).send(null)
    },
  )
}

async function* framesOf(statuses: AsyncIterable<TrainingStatus>): AsyncGenerator<string> {
  for await (const status of statuses) yield `event: training\ndata: ${JSON.stringify(status)}\n\n`
}
