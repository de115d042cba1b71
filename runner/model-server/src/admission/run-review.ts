import { setTimeout as sleep } from 'node:timers/promises'
import type { ReviewRequest } from '@ai-review/protocol/review'
import { summaryIdentity } from '@ai-review/protocol/seal'
import type { Voice, Voices } from '../personas/voice.ts'
import type { ProblemCode } from '../problems.ts'
import { problemOf } from '../problems.ts'
import { longestOwnLedger } from '../review/earlier/settled-hunks.ts'
import { unsealedMarkOf } from '../review/mark-of.ts'
import { withoutVoice } from '../review/persona-part.ts'
import type { KnownBefore, Pipeline, PipelineResult } from '../review/pipeline-contract.ts'
import { sealOfLedger, sealOfMark } from '../review/seal.ts'
import type { Review } from './review.ts'

/** What a person waits for goes first; among its like the queue settles who starts. Lower goes first at the engine. */
const enginePriority = { asked: 50, unasked: 100 } as const
/** A review with less time left than this is told so, not started. */
const shortestRunMs = 200
/** How long a pipeline may take to stop after its deadline or a cancellation before its slot is given away. */
const stopPatienceMs = 5000

interface RunOptions {
  readonly pipeline: Pipeline
  readonly known: KnownBefore
  readonly voices?: Voices | undefined
  readonly sealKey: Uint8Array
  /** Milliseconds since the epoch by which the client has to have its answer. */
  readonly deadline: number
  readonly now: () => number
  readonly onFailure: (error: unknown) => void
}

/**
 * Runs the pipeline for one review and appends its events; the last one is `done` or `problem`. Never rejects.
 * Returns the result where there is one.
 */
export async function runReview(
  review: Review,
  request: ReviewRequest,
  options: RunOptions,
): Promise<PipelineResult | undefined> {
  const { signal } = review.abort
  if (signal.aborted) return undefined
  const left = options.deadline - options.now()
  if (left < shortestRunMs) return failed(review, 'deadline-too-short')

  const overdue = setTimeout(() => review.abort.abort(), left)
  try {
    const run = async () =>
      options.pipeline.run(request, {
        ...(await voiceOf(request, options.voices)),
        effort: review.effort,
        signal,
        // Sealing and sending take a moment of the client's time, too.
        deadline: options.deadline - Math.min(1000, left / 20),
        priority: request.asked === true ? enginePriority.asked : enginePriority.unasked,
        known: options.known,
        onProgress: (progress) => review.log.append({ event: 'progress', data: progress }),
      })
    const ended = await untilStopped(run(), signal)
    if (ended === undefined) return failed(review, 'internal')
    const result = (await isWithdrawn(request, options.voices)) ? withoutVoice(ended) : ended
    appendResult(review, result, options.sealKey)
    return result
  } catch (error) {
    if (!review.log.ended) options.onFailure(error)
    return failed(review, 'internal')
  } finally {
    clearTimeout(overdue)
  }
}

/** The voice that a request asks for; null where it cannot take part. */
async function voiceOf(
  request: ReviewRequest,
  voices: Voices | undefined,
): Promise<{ readonly voice?: Voice | null }> {
  const asked = askedVoice(request)
  return asked === null ? {} : { voice: (await voices?.find(asked)) ?? null }
}

async function isWithdrawn(request: ReviewRequest, voices: Voices | undefined): Promise<boolean> {
  const asked = askedVoice(request)
  return asked !== null && (await voices?.isWithdrawn?.(asked)) === true
}

function askedVoice({ persona, repository, change }: ReviewRequest): Parameters<Voices['find']>[0] | null {
  if (persona === undefined) return null
  const { id, login, name } = persona
  return {
    owner: repository.owner,
    repository: repository.name,
    repositoryId: repository.id,
    pullRequest: change.number,
    person: { id, login, ...(name === undefined ? {} : { name }) },
  }
}

/** The result, or undefined when the run does not stop in good time after `signal`. */
async function untilStopped(
  run: Promise<PipelineResult>,
  signal: AbortSignal,
): Promise<PipelineResult | undefined> {
  const settled = new AbortController()
  const gaveUp = new Promise<undefined>((resolve) => {
    const wait = () =>
      sleep(stopPatienceMs, undefined, { signal: settled.signal }).then(
        () => resolve(undefined),
        () => resolve(undefined),
      )
    signal.addEventListener('abort', () => void wait(), { once: true })
  })
  try {
    return await Promise.race([run, gaveUp])
  } finally {
    settled.abort()
  }
}

function appendResult(review: Review, result: PipelineResult, sealKey: Uint8Array): void {
  const { findings, read = [], ...done } = result
  const change = { repositoryId: review.repositoryId, number: review.number }
  const { head } = review
  for (const finding of findings) {
    const seal = sealOfMark(sealKey, change, unsealedMarkOf(finding, head))
    review.log.append({ event: 'finding', data: { ...finding, seal } })
  }
  const summarySeal = sealOfMark(sealKey, change, { kind: 'summary', head, identity: summaryIdentity })
  const unsealed = { head, hunks: read.slice(0, longestOwnLedger) }
  const ledger = { ...unsealed, seal: sealOfLedger(sealKey, change, unsealed) }
  const data = { ...done, summarySeal, ...(read.length === 0 ? {} : { ledger }) }
  review.log.append({ event: 'done', data })
}

function failed(review: Review, code: ProblemCode): undefined {
  review.log.append({ event: 'problem', data: problemOf(code) })
  return undefined
}
