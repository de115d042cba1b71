import { trainingStates } from '@ai-review/protocol/persona'
import type { PersonaShare } from '@ai-review/protocol/review'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { FinishedReview } from '../admission/review.ts'
import type { Reviews } from '../admission/reviews.ts'
import type { KeptPersonas } from '../personas/persona-store.ts'
import type { EndedReply, Replies } from '../replies/replies.ts'

/** What the server counts. Labels are words of ours: never a path, a title, a repository or a model's text. */
interface Metrics {
  readonly registry: Registry
  reviewFinished(finished: FinishedReview): void
  replyEnded(ended: EndedReply): void
  /** Something the database was asked failed: a record or a cached answer. */
  storeFailed(): void
}

interface Work {
  readonly reviews: Reviews
  readonly replies: Replies
  /** Null, or absent: none are kept. */
  readonly personas?: Pick<KeptPersonas, 'census'> | null
}

const prefix = 'ai_review_'

/** Counters of one server. `work` is asked at each scrape, so that the gauges are never stale. */
export function createMetrics(work: () => Work): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const ended = new Counter({
    name: `${prefix}reviews_total`,
    help: 'Reviews by how they ended',
    labelNames: ['outcome', 'effort'],
    registers,
  })
  const seconds = new Histogram({
    name: `${prefix}review_seconds`,
    help: 'From receipt to the last event',
    labelNames: ['effort'],
    buckets: [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800],
    registers,
  })
  const replies = new Counter({
    name: `${prefix}replies_total`,
    help: 'Replies by how they ended',
    labelNames: ['outcome'],
    registers,
  })
  const findings = new Counter({
    name: `${prefix}findings_total`,
    help: 'Findings that were answered',
    labelNames: ['reviewer', 'severity'],
    registers,
  })
  const discarded = new Counter({
    name: `${prefix}findings_discarded_total`,
    help: 'Findings that did not survive, by reason',
    labelNames: ['reason'],
    registers,
  })
  const tokens = new Counter({
    name: `${prefix}tokens_total`,
    help: 'Tokens the engine read and wrote',
    labelNames: ['kind'],
    registers,
  })
  const failures = new Counter({
    name: `${prefix}store_failures_total`,
    help: 'Failed uses of the database',
    registers,
  })
  gauges(registers, work)
  const countVoice = countPersonas(registers, work)

  const countTokens = (usage: EndedReply['usage']) => {
    tokens.inc({ kind: 'prompt' }, usage.promptTokens)
    tokens.inc({ kind: 'completion' }, usage.completionTokens)
  }

  return {
    registry,
    reviewFinished: ({ review, outcome, totalMs, result }) => {
      ended.inc({ outcome, effort: review.effort })
      seconds.observe({ effort: review.effort }, totalMs / 1000)
      if (result === undefined) return
      for (const { reviewer, severity } of result.findings) findings.inc({ reviewer, severity })
      for (const [reason, count] of Object.entries(result.discarded)) discarded.inc({ reason }, count)
      countTokens(result.usage)
      countVoice(result.persona)
    },
    replyEnded: ({ outcome, usage }) => {
      replies.inc({ outcome })
      countTokens(usage)
    },
    storeFailed: () => failures.inc(),
  }
}

function gauges(registers: Registry[], work: () => Work): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `${prefix}${name}`,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('reviews_running', 'Reviews that hold a slot', () => work().reviews.capacity().running)
  gauge('reviews_queued', 'Reviews that wait for a slot', () => work().reviews.capacity().queued)
  gauge('replies_running', 'Replies that are being written', () => work().replies.load.running)
  gauge('replies_queued', 'Replies that wait for their turn', () => work().replies.load.queued)
}

/**
 * Counts personas and their trainings, and with what it returns the reviews in which one was asked for. A database that
 * does not answer leaves the numbers as they were: the scrape goes on.
 */
function countPersonas(registers: Registry[], work: () => Work): (share: PersonaShare | undefined) => void {
  const census = () =>
    work()
      .personas?.census()
      .catch(() => undefined)
  new Gauge({
    name: `${prefix}personas`,
    help: 'Persons who have agreed',
    registers,
    async collect() {
      const counted = await census()
      if (counted !== undefined) this.set(counted.personas)
    },
  })
  new Gauge({
    name: `${prefix}trainings`,
    help: 'Trainings by how they stand',
    labelNames: ['state'],
    registers,
    async collect() {
      const counted = await census()
      if (counted === undefined) return
      for (const state of trainingStates) this.set({ state }, counted.trainings[state] ?? 0)
    },
  })
  const reviews = new Counter({
    name: `${prefix}persona_reviews_total`,
    help: 'Reviews in the style of a person, by what spoke and in which arm',
    labelNames: ['by', 'arm'],
    registers,
  })
  return (share) => {
    if (share !== undefined) reviews.inc({ by: share.by, arm: share.arm })
  }
}
