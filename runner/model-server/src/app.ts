import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { Reviews } from './admission/reviews.ts'
import { createRunTokens } from './callers/run-tokens.ts'
import { composePersonas } from './compose-personas.ts'
import { composePipeline } from './compose-pipeline.ts'
import type { Config } from './config.ts'
import type { Engine } from './engine/engine.ts'
import { createHttp } from './http.ts'
import { describeError } from './plugins/describe-error.ts'
import { createMetrics } from './plugins/metrics.ts'
import { Replies } from './replies/replies.ts'
import type { Pipeline } from './review/pipeline-contract.ts'
import { startEngine } from './start-engine.ts'
import { forgetfulStore } from './store/forgetful-store.ts'
import { openStore, type Store, type StoreOptions, type StoreTurn } from './store/open-store.ts'
import { serverSecret } from './store/server-secret.ts'

/** How long the last bytes of answers may take when the server closes. */
const lastBytesMs = 1000

/** Parts that a test puts in place of those the configuration names. */
export interface AppOverrides {
  readonly engine?: Engine
  readonly pipeline?: Pipeline
}

interface App extends AsyncDisposable {
  /** Routes are ready; whether and where it listens is the caller's business. */
  readonly http: FastifyInstance
  /** Resolves once reviews are taken; rejects with the reason when the engine cannot start. */
  readonly started: Promise<void>
  /** Takes no more reviews, and waits `patienceMs` for those that run. */
  drain(patienceMs: number): Promise<void>
}

/**
 * Puts the server together. The store is open when it returns; the engine may still be loading, or downloading its
 * model: until `started`, reviews are answered with `engine-unavailable`. Throws a StoreError or an error of the key file.
 */
export async function createApp(
  config: Config,
  log: FastifyBaseLogger,
  overrides: AppOverrides = {},
): Promise<App> {
  const secrets = await secretsOf(config)
  const metrics = createMetrics(() => ({ reviews, replies, personas: store.personas }))
  const store = await storeOf(config, secrets.cache, {
    onFailure: metrics.storeFailed,
    onTurn: (turn) => tellTurn(log, turn),
  })
  const personas = await composePersonas({ config, store: store.personas, log })

  let engine: Engine | null = null
  let pipeline: Pipeline | undefined
  let isDraining = false
  const stopping = new AbortController()
  const limits = { slots: config.reviewSlots, queueLimit: config.queueLimit, sealKey: secrets.seal }
  const reviews = new Reviews({
    ...limits,
    ready: () => pipeline && { pipeline, model: engine?.description.model ?? null, voices: personas.voices },
    onFinished: (finished) => {
      metrics.reviewFinished(finished)
      store.record(finished)
      const { review, outcome, totalMs } = finished
      log.info({ review: review.id, outcome, effort: review.effort, milliseconds: totalMs }, 'A review ended')
    },
    onFailure: (error) => log.error(describeError(error), 'A review failed'),
  })
  const replies = new Replies({
    ...limits,
    ready: () => (pipeline === undefined ? undefined : { engine, cache: store.cache }),
    onEnded: (ended) => {
      metrics.replyEnded(ended)
      log.info({ outcome: ended.outcome, milliseconds: ended.totalMs }, 'A reply ended')
    },
  })
  const drain = async (patienceMs: number) => {
    isDraining = true
    // A trainer that must save its checkpoint has as much time as the reviews.
    const trainings = personas[Symbol.asyncDispose]()
    await Promise.all([reviews.drain(patienceMs), replies.drain(patienceMs), trainings])
  }
  const http = await createHttp({
    reviews,
    replies,
    personas: personas.personas,
    readiness: {
      isReady: async () => pipeline !== undefined && !isDraining && (await isWell(engine)),
      model: () => engine?.description.model ?? null,
      isStoring: store.isAvailable,
    },
    metrics: metrics.registry,
    apiKeys: config.apiKeys,
    tokens: config.oidc && createRunTokens(config.oidc),
    log,
  })
  const start = async () => {
    engine = overrides.engine ?? (await startEngine(config, { log, signal: stopping.signal }))
    engine = await personas.start(engine)
    pipeline = overrides.pipeline ?? composePipeline(engine, store.cache)
  }
  const started = start()
  // Whoever waits for it hears of a failure; nobody waiting must not end the process.
  started.catch(() => {})

  return {
    http,
    started,
    drain,
    [Symbol.asyncDispose]: async () => {
      await drain(0)
      await closeHttp(http)
      stopping.abort()
      // A download cannot be stopped; it ends with the process.
      await Promise.race([started.catch(() => {}), sleep(lastBytesMs)])
      await engine?.[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

/** Answers on their way get a moment; connections on which nobody has asked yet count as busy to Node, and would be waited for. */
async function closeHttp(http: FastifyInstance): Promise<void> {
  const force = setTimeout(() => http.server.closeAllConnections(), lastBytesMs)
  try {
    await http.close()
  } finally {
    clearTimeout(force)
  }
}

function tellTurn(log: FastifyBaseLogger, turn: StoreTurn): void {
  if (turn.available) log.info('The database answers again')
  else log.warn(describeError(turn.error), 'The database failed; reviews go on without it')
}

/** An engine that restarts after a crash still takes reviews: their batches wait for it. */
async function isWell(engine: Engine | null): Promise<boolean> {
  return engine === null || (await engine.health()).state !== 'down'
}

async function storeOf(
  { database, dataDirectory, cacheHours }: Config,
  cacheSecret: Uint8Array,
  listeners: Pick<StoreOptions, 'onFailure' | 'onTurn'>,
): Promise<Store> {
  if (database.kind === 'none') return forgetfulStore
  const url = database.kind === 'postgres' ? { databaseUrl: database.url } : {}
  return openStore({ directory: dataDirectory, cacheSecret, cacheHours, ...listeners, ...url })
}

/** Secrets of the configuration, else the server's own. A configured one may be of any length, so it is hashed to 32 bytes. */
async function secretsOf(config: Config): Promise<{ readonly seal: Uint8Array; readonly cache: Uint8Array }> {
  const seal =
    config.sealSecret === undefined ? await serverSecret(config.dataDirectory) : hashed(config.sealSecret)
  return { seal, cache: config.cacheSecret === undefined ? seal : hashed(config.cacheSecret) }
}

function hashed(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest()
}
