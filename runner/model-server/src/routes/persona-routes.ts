import {
  ConsentRequest,
  Forgotten,
  PersonaStatus,
  PromotionRequest,
  SamplesChunk,
} from '@ai-review/protocol/persona'
import { Problem } from '@ai-review/protocol/problem'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { reachOf } from '../callers/caller.ts'
import type { Personas } from '../personas/personas.ts'
import type { KnownCallers } from '../plugins/known-callers.ts'
import { numbersOf, PersonaParams, personaOf, personaToChange } from './persona-params.ts'

export interface PersonaRoutesOptions {
  /** Throws a ProblemError where personas cannot be kept. */
  readonly personas: () => Personas
  readonly callers: KnownCallers
}

/** Of everything but samples. */
export const smallBytes = 64 * 1024

export const personaProblem = {
  description: 'Why not',
  content: { 'application/problem+json': { schema: Problem } },
}

const number = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
const AskedNumbers = z.strictObject({
  repository: number.optional().describe("GitHub's number of the repository."),
  person: number.optional().describe("GitHub's number of the account."),
})
const ForgetQuery = AskedNumbers.extend({
  at: z.iso
    .datetime()
    .optional()
    .describe('When it was asked for, by the clock that dates consents; now where it is left out.'),
})

/** `/v1/personas/{owner}/{repository}/{login}`: its card, consent, samples, promotion, and its end. */
export function personaRoutes(http: FastifyInstance, { personas, callers }: PersonaRoutesOptions): void {
  const routes = http.withTypeProvider<ZodTypeProvider>()
  const path = '/v1/personas/:owner/:repository/:login'
  const { onRequest, callerOf } = callers
  const answers = { 200: PersonaStatus, default: personaProblem }
  const writing = (operationId: string) => ({ operationId, params: PersonaParams, response: answers })

  routes.get(
    path,
    {
      onRequest,
      schema: {
        ...writing('personaStatus'),
        description:
          'One of another repository or account than the numbers name is told as one that is not there.',
        querystring: AskedNumbers,
      },
    },
    async (request) => {
      const { params, query } = request
      const caller = callerOf(request)
      return personas().status(personaOf(caller, params), numbersOf(caller, params, query))
    },
  )

  routes.put(
    `${path}/consent`,
    { onRequest, bodyLimit: smallBytes, schema: { ...writing('agreeToPersona'), body: ConsentRequest } },
    async (request) => {
      const { params, body } = request
      return personas().agree(personaToChange(callerOf(request), params, body), body)
    },
  )

  routes.put(
    `${path}/samples`,
    { onRequest, schema: { ...writing('uploadSamples'), body: SamplesChunk } },
    async (request) => {
      const { params, body } = request
      return personas().upload(personaToChange(callerOf(request), params, body), body)
    },
  )

  routes.post(
    `${path}/promotion`,
    { onRequest, bodyLimit: smallBytes, schema: { ...writing('promoteVersion'), body: PromotionRequest } },
    async (request) => {
      const { params, body } = request
      return personas().promote(personaToChange(callerOf(request), params, body), body)
    },
  )

  routes.delete(
    path,
    {
      onRequest,
      schema: {
        operationId: 'forgetPersona',
        description: 'One of another repository or account than the numbers name is refused.',
        params: PersonaParams,
        querystring: ForgetQuery,
        response: { 200: Forgotten, default: personaProblem },
      },
    },
    async (request) => {
      const { params, query } = request
      const caller = callerOf(request)
      return personas().forget(personaToChange(caller, params), {
        ...numbersOf(caller, params, query),
        at: query.at,
        reaches: reachOf(caller),
      })
    },
  )
}
