import type { ReviewRequest } from '@ai-review/protocol/review'
import { Mark } from '@ai-review/protocol/seal'
import { expect, test } from 'vitest'
import type { Review } from '../../../runner/model-server/src/admission/review.ts'
import { Reviews } from '../../../runner/model-server/src/admission/reviews.ts'
import { profileOf } from '../../../runner/model-server/src/personas/style/style-profile.ts'
import type { Voice, Voices } from '../../../runner/model-server/src/personas/voice.ts'
import {
  ledgerName,
  longestOwnLedger,
} from '../../../runner/model-server/src/review/earlier/settled-hunks.ts'
import { isTrusted, isTrustedLedger } from '../../../runner/model-server/src/review/seal.ts'
import { aChangedFile, aReviewRequest } from '../../support/review-request.ts'
import { aPipelineResult, aRankedFinding, GatedPipeline, until } from '../support/review-parts.ts'
import { aLedger, sealedChange, sealKey } from '../support/sealed.ts'

const file = aChangedFile(['+const total = price'])

function start(pipeline: GatedPipeline, voices?: Voices) {
  return new Reviews({
    slots: 1,
    queueLimit: 10,
    sealKey,
    ready: () => ({ pipeline, model: 'scripted', ...(voices === undefined ? {} : { voices }) }),
    onFinished: () => {},
    onFailure: (error) => {
      throw error
    },
  })
}

const submit = (reviews: Reviews, request: ReviewRequest) => reviews.submit(request, { caller: 'one' })

const eventsOf = (review: Review) => review.log.events.map(({ event }) => event)

async function doneOf(review: Review) {
  await until(() => review.log.ended)
  const last = eventsOf(review).at(-1)
  return last?.event === 'done' ? last.data : undefined
}

test('what a person asked for starts before what was pushed, and goes first at the engine', async () => {
  const pipeline = new GatedPipeline()
  const reviews = start(pipeline)
  const request = (number: number, asked: boolean) => {
    const { change } = aReviewRequest([])
    return aReviewRequest([file], { change: { ...change, number }, ...(asked ? { asked } : {}) })
  }
  submit(reviews, request(1, false))
  const pushed = submit(reviews, request(2, false))
  const asked = submit(reviews, request(3, true))
  const queuedOf = (review: Review) =>
    eventsOf(review).map((one) => one.event === 'accepted' && one.data.queue)
  expect([...queuedOf(pushed), ...queuedOf(asked)]).toEqual([0, 0])
  await until(() => pipeline.runs.length === 1)
  pipeline.release()
  await until(() => pipeline.runs.length === 2)
  expect(pushed.log.ended).toBe(false)
  pipeline.open()
  await doneOf(asked)
  await doneOf(pushed)
  const priorities = pipeline.runs.map(({ run }) => run.priority)
  expect(priorities[1]).toBeLessThan(priorities[0] ?? 0)
  expect(priorities[2]).toBe(priorities[0])
})

test('the pipeline is told which hunks are settled, and its answer is sealed', async () => {
  const pipeline = new GatedPipeline()
  const reviews = start(pipeline)
  const request = aReviewRequest([file], { ledgers: [aLedger(file.hunks)] })
  const review = submit(reviews, request)
  await until(() => pipeline.runs.length === 1)
  expect([...(pipeline.runs[0]?.run.known?.settled ?? [])]).toEqual(request.files[0]?.hunks)
  const finding = aRankedFinding({ flagged: 'd'.repeat(32), line: 3, startLine: 2 })
  const read = file.hunks.map(ledgerName)
  pipeline.release(aPipelineResult({ findings: [finding], read }))
  const done = await doneOf(review)
  const head = request.change.headSha
  expect(done?.ledger).toMatchObject({ head, hunks: read })
  expect(done?.ledger && isTrustedLedger(sealKey, sealedChange, done.ledger)).toBe(true)
  const [sent] = eventsOf(review).flatMap((one) => (one.event === 'finding' ? [one.data] : []))
  const { identity, severity, category, seal = '' } = sent ?? {}
  const told = { severity, category, lines: 2, flagged: finding.flagged }
  const mark = Mark.parse({ kind: 'finding', head, identity, ...told, seal })
  expect(isTrusted(sealKey, sealedChange, mark)).toBe(true)
})

test('a ledger has room in the text of a check, and is left out where it would be empty', async () => {
  const pipeline = new GatedPipeline()
  const reviews = start(pipeline)
  const names = Array.from({ length: 4000 }, (_, at) => at.toString(16).padStart(32, '0'))
  const long = submit(reviews, aReviewRequest([file]))
  await until(() => pipeline.runs.length === 1)
  pipeline.release(aPipelineResult({ read: names }))
  expect((await doneOf(long))?.ledger?.hunks).toEqual(names.slice(0, longestOwnLedger))
  const empty = submit(reviews, aReviewRequest([file]))
  await until(() => pipeline.runs.length === 2)
  pipeline.release(aPipelineResult({ read: [] }))
  expect(await doneOf(empty)).not.toHaveProperty('ledger')
})

test('the pipeline is given the voice that is asked for, found by who and where, and null where there is none', async () => {
  const asked: unknown[] = []
  const voice: Voice = {
    login: 'maintainer',
    name: 'The maintainer',
    memory: { size: 0, near: async () => [], isCopied: async () => false },
    style: profileOf([], []),
    adapter: null,
    card: '/cards/1',
  }
  const voices: Voices = {
    find: async (one) => {
      asked.push(one)
      return voice
    },
  }
  const persona = { id: 3, login: 'maintainer', name: 'The maintainer', beside: false }
  const runOf = async (request: ReviewRequest, known?: Voices) => {
    const pipeline = new GatedPipeline()
    pipeline.open()
    await doneOf(submit(start(pipeline, known), request))
    return pipeline.runs[0]?.run
  }
  expect((await runOf(aReviewRequest([file], { persona }), voices))?.voice).toBe(voice)
  expect(asked).toEqual([
    {
      owner: 'acme',
      repository: 'shop',
      repositoryId: 7,
      pullRequest: 12,
      person: { id: 3, login: 'maintainer', name: 'The maintainer' },
    },
  ])
  expect((await runOf(aReviewRequest([file], { persona })))?.voice).toBeNull()
  expect(await runOf(aReviewRequest([file]), voices)).not.toHaveProperty('voice')
  expect(asked).toHaveLength(1)
})

test('nothing is said in the style of a person who took the consent back meanwhile', async () => {
  const persona = { id: 3, login: 'maintainer', beside: true }
  const finding = aRankedFinding({ voice: 'maintainer', reviewer: 'persona' })
  const share = {
    login: 'maintainer',
    by: 'retrieval',
    adapter: null,
    arm: 'none',
    near: 3,
    card: '/cards/1',
  } as const
  const saidBy = async (isWithdrawn: boolean) => {
    const pipeline = new GatedPipeline()
    const voices: Voices = { find: async () => null, isWithdrawn: async () => isWithdrawn }
    const review = submit(start(pipeline, voices), aReviewRequest([file], { persona }))
    await until(() => pipeline.runs.length === 1)
    pipeline.release(aPipelineResult({ findings: [finding, aRankedFinding()], persona: share }))
    const done = await doneOf(review)
    return { done, findings: eventsOf(review).filter(({ event }) => event === 'finding').length }
  }
  expect(await saidBy(false)).toMatchObject({ findings: 2, done: { persona: { by: 'retrieval' } } })
  expect(await saidBy(true)).toMatchObject({
    findings: 1,
    done: { persona: { by: 'absent', card: null }, notices: [{ code: 'persona-absent' }] },
  })
})

test('a voice alone hands the newest believed ledger on, for the head that it read', async () => {
  const pipeline = new GatedPipeline()
  pipeline.open()
  const reviews = start(pipeline)
  const ledger = aLedger(file.hunks)
  const persona = { id: 3, login: 'maintainer', beside: false }
  await doneOf(submit(reviews, aReviewRequest([file], { persona, ledgers: [aLedger([]), ledger] })))
  expect(pipeline.runs[0]?.run.known?.ledger).toEqual(ledger.hunks)
  expect(pipeline.runs[0]?.run.known?.settled.size).toBe(0)
})
