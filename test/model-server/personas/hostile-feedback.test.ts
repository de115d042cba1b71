import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Review } from '../../../runner/model-server/src/admission/review.ts'
import { takeFeedback } from '../../../runner/model-server/src/feedback/take-feedback.ts'
import type { KeptPersonas } from '../../../runner/model-server/src/personas/persona-store.ts'
import { createPersonaStore } from '../../../runner/model-server/src/store/persona-store.ts'
import { hashNames } from '../../../runner/model-server/src/store/personas/hashed-names.ts'
import { recordReview } from '../../../runner/model-server/src/store/record-review.ts'
import { dialects, type OpenedDatabase } from '../support/dialects.ts'
import { aConsent, aKey, aRepository, aVersion } from '../support/persona-parts.ts'
import { aPipelineResult, aRankedFinding } from '../support/review-parts.ts'

const share = { by: 'adapter', arm: 'canary', near: 1, card: null } as const

let opened: OpenedDatabase
let store: KeptPersonas
let voiceOf: ReturnType<typeof hashNames>['voice']
const canary = aVersion({ state: 'canary' })

beforeAll(async () => {
  opened = await dialects[0].open()
})
afterAll(() => opened[Symbol.asyncDispose]())
beforeEach(async () => {
  await opened.database.script('TRUNCATE personas, persona_withdrawals, persona_feedback, reviews CASCADE')
  const secret = randomBytes(32)
  store = createPersonaStore({ database: opened.database, secret })
  voiceOf = hashNames(secret).voice
  await store.agree(aKey, { repositoryId: 7, personId: 41, consent: aConsent() })
  await store.saveVersion(canary)
})

const identityOf = (name: string) => createHash('sha256').update(name).digest('hex')
const range = (length: number) => Array.from({ length }, (_, index) => index)
const namesOn = (number: number, count: number) =>
  range(count).map((index) => identityOf(`${number} ${index}`))

/** The canary raised so many findings on a pull request. */
async function raised(number: number, count: number, repositoryId = 7): Promise<void> {
  const review = new Review({
    id: randomBytes(16).toString('hex'),
    caller: 'local',
    repositoryId,
    number,
    head: 'a'.repeat(40),
    effort: 'standard',
    policyHash: 'b'.repeat(64),
    receivedAt: Date.now(),
    canBeResumed: false,
  })
  const findings = namesOn(number, count).map((identity) => aRankedFinding({ identity, reviewer: 'persona' }))
  const persona = { ...share, login: 'lead', adapter: canary.name }
  const result = aPipelineResult({ findings, persona })
  await recordReview(opened.database, { review, outcome: 'complete', totalMs: 1, result }, voiceOf)
}

const sayAt = (id: number, [number, count]: readonly [number, number], kind: 'fixed' | 'declined') =>
  takeFeedback(store, {
    repository: { ...aRepository, id },
    pullRequest: number,
    outcomes: namesOn(number, count).map((identity) => ({ identity, kind })),
  })
const say = (number: number, count: number, kind: 'fixed' | 'declined') => sayAt(7, [number, count], kind)
const stateNow = async () => (await store.versions(aKey))[0]?.state

test.each(['declined', 'fixed'] as const)(
  'the author of one pull request alone decides nothing (%s)',
  async (kind) => {
    await raised(1, 90)
    for (const _ of range(3)) await say(1, 90, kind)
    expect(await stateNow()).toBe('canary')
    expect(await store.feedbackOf(aKey, canary.name)).toEqual(
      kind === 'fixed' ? { good: 3, bad: 0 } : { good: 0, bad: 3 },
    )
  },
)

test('several pull requests decide', async () => {
  for (const number of [1, 2, 3]) {
    await raised(number, 5)
    await say(number, 5, 'declined')
  }
  expect(await stateNow()).toBe('refused')
})

test('findings of nobody, of another pull request and of another repository count for nothing', async () => {
  await raised(1, 5)
  expect(await say(2, 90, 'declined')).toEqual({ recorded: 0 })
  for (const id of [8, 70]) {
    expect(await sayAt(id, [1, 5], 'declined')).toEqual({ recorded: 0 })
  }
  expect(await stateNow()).toBe('canary')
})

test('what is said of a persona that was forgotten leaves nothing', async () => {
  await raised(1, 5)
  await store.forget(aKey)
  await raised(2, 5)
  expect(await say(1, 5, 'declined')).toEqual({ recorded: 0 })
  expect(await say(2, 5, 'declined')).toEqual({ recorded: 0 })
  expect(await opened.database.query('SELECT 1 FROM persona_feedback')).toEqual([])
  expect(await opened.database.query('SELECT 1 FROM reviews WHERE voice IS NOT NULL')).toEqual([])
})

test('the number of a repository alone, stated by who is bound to the name of another, counts for nothing', async () => {
  await raised(1, 3)
  const outcomes = namesOn(1, 3).map((identity) => ({ identity, kind: 'declined' as const }))
  const stated = { repository: { id: 7, owner: 'other', name: 'shop' }, pullRequest: 1, outcomes }
  expect(await takeFeedback(store, stated, ({ owner }) => owner === 'other')).toEqual({ recorded: 0 })
  expect(await store.feedbackOf(aKey, canary.name)).toEqual({ good: 0, bad: 0 })
  expect(await takeFeedback(store, stated, ({ owner }) => owner === 'acme')).toEqual({ recorded: 3 })
})
