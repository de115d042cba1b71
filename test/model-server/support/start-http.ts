import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { FinishedReview } from '../../../runner/model-server/src/admission/review.ts'
import { Reviews } from '../../../runner/model-server/src/admission/reviews.ts'
import { readApiKey } from '../../../runner/model-server/src/callers/api-key.ts'
import type { RunTokens } from '../../../runner/model-server/src/callers/run-tokens.ts'
import type { Engine } from '../../../runner/model-server/src/engine/engine.ts'
import { createHttp } from '../../../runner/model-server/src/http.ts'
import { createLog } from '../../../runner/model-server/src/log.ts'
import type { KeptPersonas } from '../../../runner/model-server/src/personas/persona-store.ts'
import type { Personas } from '../../../runner/model-server/src/personas/personas.ts'
import { createMetrics } from '../../../runner/model-server/src/plugins/metrics.ts'
import type { EndedReply, ReplyParts } from '../../../runner/model-server/src/replies/replies.ts'
import { Replies } from '../../../runner/model-server/src/replies/replies.ts'
import { noCache, type Pipeline } from '../../../runner/model-server/src/review/pipeline-contract.ts'

export const sealKey = createHash('sha256').update('seal').digest()

export interface HttpParts {
  readonly pipeline: Pipeline | undefined
  /** What answers in threads; absent: no model. */
  readonly engine?: Engine
  readonly slots?: number
  readonly queueLimit?: number
  /** Entries as API_KEYS holds them. */
  readonly apiKeys?: readonly string[]
  readonly tokens?: RunTokens
  /** Absent: none are kept. */
  readonly personas?: Personas
  /** What the metrics count of them. */
  readonly kept?: Pick<KeptPersonas, 'census'>
}

/** The server's HTTP face over a pipeline of the test's, listening on a free port, without a store. */
export async function startHttp(parts: HttpParts) {
  const finished: FinishedReview[] = []
  const failures: unknown[] = []
  const { pipeline } = parts
  const metrics = createMetrics(() => ({ reviews, replies, personas: parts.kept ?? null }))
  const limits = { slots: parts.slots ?? 2, queueLimit: parts.queueLimit ?? 4, sealKey }
  const ended: EndedReply[] = []
  const replyParts: ReplyParts = { engine: parts.engine ?? null, cache: noCache }
  const replies = new Replies({
    ...limits,
    ready: () => (pipeline === undefined ? undefined : replyParts),
    onEnded: (reply) => {
      ended.push(reply)
      metrics.replyEnded(reply)
    },
  })
  const reviews = new Reviews({
    ...limits,
    ready: () => (pipeline === undefined ? undefined : { pipeline, model: null }),
    onFinished: (review) => {
      finished.push(review)
      metrics.reviewFinished(review)
    },
    onFailure: (error) => failures.push(error),
  })
  const http = await createHttp({
    reviews,
    replies,
    personas: parts.personas ?? null,
    readiness: { isReady: async () => pipeline !== undefined, model: () => null, isStoring: () => true },
    metrics: metrics.registry,
    tokens: parts.tokens,
    apiKeys: (parts.apiKeys ?? []).flatMap((entry) => readApiKey(entry) ?? []),
    log: createLog('silent'),
  })
  await http.listen({ host: '127.0.0.1', port: 0 })
  const { port } = http.server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    http,
    reviews,
    replies,
    finished,
    ended,
    failures,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([reviews.drain(0), replies.drain(0)])
      const closed = http.close()
      http.server.closeAllConnections()
      await closed
    },
  }
}
