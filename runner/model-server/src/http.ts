import { requestLimits } from '@ai-review/protocol/review'
import fastifySwagger from '@fastify/swagger'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { fastify, LogController } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Registry } from 'prom-client'
import type { Reviews } from './admission/reviews.ts'
import type { ApiKey } from './callers/api-key.ts'
import type { RunTokens } from './callers/run-tokens.ts'
import type { Personas } from './personas/personas.ts'
import { answerBrokenRequest, answerProblems, sendProblem } from './plugins/answer-problems.ts'
import { createAuthenticate } from './plugins/authenticate.ts'
import { guardLocalhost } from './plugins/guard-localhost.ts'
import { createKnownCallers } from './plugins/known-callers.ts'
import { limitBodies } from './plugins/limit-bodies.ts'
import { ProblemError } from './problems.ts'
import type { Replies } from './replies/replies.ts'
import { cardRoutes } from './routes/card-routes.ts'
import { feedbackRoutes } from './routes/feedback-routes.ts'
import { personaRoutes } from './routes/persona-routes.ts'
import { personaTrainingRoutes } from './routes/persona-training-routes.ts'
import { replyRoutes } from './routes/reply-routes.ts'
import { reviewRoutes } from './routes/review-routes.ts'
import type { Readiness } from './routes/status-routes.ts'
import { statusRoutes } from './routes/status-routes.ts'
import { serverVersion } from './server-version.ts'

interface HttpOptions {
  readonly reviews: Reviews
  readonly replies: Replies
  /** Null: nothing is kept, so there are none. */
  readonly personas?: Personas | null
  readonly readiness: Readiness
  readonly metrics: Registry
  readonly apiKeys: readonly ApiKey[]
  /** Absent: workflow tokens are not taken. With no keys either, only programs on this machine may ask. */
  readonly tokens?: RunTokens | undefined
  readonly log: FastifyBaseLogger
}

/** Slow or endless requests are cut; answers are streams and may take as long as a review takes. */
const httpLimits = {
  /** Whole request, head and body. */
  requestTimeout: 60_000,
  keepAliveTimeout: 30_000,
  headerBytes: 16 * 1024,
  /** Bodies of all requests that are being read at once. */
  bodyBytesTogether: 8 * requestLimits.bytes,
} as const

/** The HTTP face of the server: routes, limits, authentication, problems and the contract. It does not listen yet. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const http = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: requestLimits.bytes,
    requestTimeout: httpLimits.requestTimeout,
    keepAliveTimeout: httpLimits.keepAliveTimeout,
    http: { maxHeaderSize: httpLimits.headerBytes, headersTimeout: 10_000 },
    // Names of repositories have up to 100 characters.
    routerOptions: { maxParamLength: 100 },
    return503OnClosing: true,
    clientErrorHandler: answerBrokenRequest,
    // A URL that cannot be read: the framework's own answer would repeat it.
    frameworkErrors: (_error, _request, reply) => {
      sendProblem(reply, new ProblemError('bad-request', { hint: 'Send a well-formed URL.' }))
    },
  })
  http.setValidatorCompiler(validatorCompiler)
  http.setSerializerCompiler(serializerCompiler)
  http.removeContentTypeParser('text/plain')
  answerProblems(http)
  protectAnswers(http)
  logRequests(http)
  limitBodies(http, { each: requestLimits.bytes, together: httpLimits.bodyBytesTogether })
  if (options.apiKeys.length === 0 && options.tokens === undefined) guardLocalhost(http)
  await describeRoutes(http)

  const callers = createKnownCallers(createAuthenticate({ ...options, keys: options.apiKeys }))
  http.register(async (scope) => {
    reviewRoutes(scope, { reviews: options.reviews, callers })
    replyRoutes(scope, { replies: options.replies, callers })
    statusRoutes(scope, { ...options, callers })
    const personas = () => keptOf(options.personas)
    personaRoutes(scope, { personas, callers })
    personaTrainingRoutes(scope, { personas, callers })
    feedbackRoutes(scope, { personas, callers })
    cardRoutes(scope, { personas })
  })
  await http.ready()
  return http
}

function keptOf(personas: Personas | null | undefined): Personas {
  if (personas) return personas
  throw new ProblemError('no-personas')
}

/** Answers speak of private code: nothing on the way may keep them, and no browser may take them for a page. */
function protectAnswers(http: FastifyInstance): void {
  http.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  })
}

/** Asked every few seconds for ever: of no interest while they are answered. */
const probes: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

/** The route's pattern, not the URL: a URL may hold anything. */
function logRequests(http: FastifyInstance): void {
  http.addHook('onResponse', async (request, reply) => {
    const level = probes.has(request.routeOptions.url ?? '') ? 'debug' : 'info'
    request.log[level](
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'Answered',
    )
  })
}

async function describeRoutes(http: FastifyInstance): Promise<void> {
  await http.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'ai-review model server', version: serverVersion },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      security: [{ key: [] }],
    },
    transform: jsonSchemaTransform,
  })
}
