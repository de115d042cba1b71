import { randomBytes } from 'node:crypto'
import { personaLimits } from '@ai-review/protocol/persona'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Review } from '../../../runner/model-server/src/admission/review.ts'
import type { KeptPersonas, TrainingJob } from '../../../runner/model-server/src/personas/persona-store.ts'
import { styleOfTexts } from '../../../runner/model-server/src/personas/style/style-of-texts.ts'
import type { Database } from '../../../runner/model-server/src/store/database.ts'
import { createPersonaStore } from '../../../runner/model-server/src/store/persona-store.ts'
import { hashNames } from '../../../runner/model-server/src/store/personas/hashed-names.ts'
import { recordReview } from '../../../runner/model-server/src/store/record-review.ts'
import { createResponseCache } from '../../../runner/model-server/src/store/response-cache.ts'
import { dialects, type OpenedDatabase, stopPostgres } from '../support/dialects.ts'
import {
  aChunk,
  aColleagueComment,
  aConsent,
  aKey,
  aPastComment,
  aPerson,
  aRepository,
  aSilence,
  aVersion,
  comments,
  day,
  hashOf,
} from '../support/persona-parts.ts'
import { aPipelineResult, aRankedFinding } from '../support/review-parts.ts'

afterAll(stopPostgres)

const secret = randomBytes(32)

describe.each(dialects)('the store of personas on $name', ({ open }) => {
  let opened: OpenedDatabase
  let database: Database
  let store: KeptPersonas
  let now = Date.parse(day(200))

  beforeAll(async () => {
    opened = await open()
    database = opened.database
    store = createPersonaStore({ database, secret, now: () => now })
  })

  afterEach(async () => {
    await database.script(
      'TRUNCATE personas, persona_withdrawals, persona_feedback, reviews, response_cache CASCADE',
    )
    now = Date.parse(day(200))
  })

  afterAll(async () => {
    await opened[Symbol.asyncDispose]()
  })

  const agree = (key = aKey, about = { repositoryId: aRepository.id, personId: aPerson.id }) =>
    store.agree(key, { ...about, consent: aConsent() })

  /** A persona whose history is whole. */
  async function learn(count: number, session = 'one'): Promise<void> {
    await agree()
    await store.addChunk(aKey, aChunk({ session, comments: comments(1, count), done: true }))
  }

  describe('consent', () => {
    test('makes a persona, whatever the case of its name', async () => {
      expect(await agree({ owner: 'Acme', repository: 'Shop', login: 'Lead' })).toBe(true)
      const record = await store.find(aKey)
      expect(record).toMatchObject({
        key: aKey,
        repositoryId: 7,
        personId: 41,
        consent: aConsent(),
        comments: 0,
        window: null,
        collection: null,
      })
      expect(record?.card).toMatch(/^\/cards\/[0-9a-f]{32}$/)
      expect((await store.findByCard(record?.card ?? ''))?.key).toEqual(aKey)
      expect(await store.findByCard(`/cards/${'0'.repeat(32)}`)).toBeNull()
    })

    test('that is newer takes the place of the older one, never the other way round', async () => {
      await agree()
      const newer = aConsent({ kind: 'commit', reference: 'c'.repeat(40), at: day(3) })
      await store.agree(aKey, { repositoryId: 7, personId: 41, consent: newer })
      await agree()
      expect((await store.find(aKey))?.consent).toEqual(newer)
    })

    test('of the future counts for nothing', async () => {
      const consent = aConsent({ at: day(201) })
      expect(await store.agree(aKey, { repositoryId: 7, personId: 41, consent })).toBe(false)
      expect(await store.find(aKey)).toBeNull()
    })

    test('that was withdrawn stays withdrawn until the person gives another', async () => {
      await agree()
      expect(await store.isWithdrawn(aKey)).toBe(false)
      await store.forget(aKey)
      expect(await store.isWithdrawn(aKey)).toBe(true)
      expect(await agree()).toBe(false)
      now += 1000
      const consent = aConsent({ at: new Date(now).toISOString() })
      expect(await store.agree(aKey, { repositoryId: 7, personId: 41, consent })).toBe(true)
      expect(await store.isWithdrawn(aKey)).toBe(false)
      expect(await agree(), 'the old one goes on counting for nothing').toBe(false)
    })

    test('is withdrawn at the moment of the asking, never before it was given, nor in the future', async () => {
      const agreeAt = (at: string) =>
        store.agree(aKey, { repositoryId: 7, personId: 41, consent: aConsent({ at }) })
      await agree()
      await store.forget(aKey, { at: day(3) })
      expect(await agreeAt(day(3))).toBe(false)
      expect(await agreeAt(day(4))).toBe(true)
      await store.forget(aKey, { at: day(2) })
      expect(await store.find(aKey)).toBeNull()
      expect(await agreeAt(day(4))).toBe(false)
      await store.forget(aKey, { at: '2999-01-01T00:00:00Z' })
      now += 3_600_000
      expect(await agreeAt(new Date(now).toISOString())).toBe(true)
    })

    test('can be withdrawn before it was ever given', async () => {
      expect(await store.forget(aKey)).toEqual({ comments: 0, versions: 0, cancelled: false, hashes: [] })
      expect(await agree()).toBe(false)
    })

    test('withdrawn by one account binds no other account that takes over the login', async () => {
      await agree()
      await store.forget(aKey)
      expect(await agree(aKey, { repositoryId: 7, personId: 42 })).toBe(true)
    })

    test('for the persona of another account or repository is refused', async () => {
      await agree()
      expect(await agree(aKey, { repositoryId: 7, personId: 42 })).toBe(false)
      expect(await agree(aKey, { repositoryId: 8, personId: 41 })).toBe(false)
      expect(await store.find(aKey)).toMatchObject({ repositoryId: 7, personId: 41 })
    })
  })

  describe('a collection', () => {
    test('adds up piece by piece, and a piece that comes again changes nothing', async () => {
      await agree()
      const first = aChunk({ comments: comments(1, 3), silences: [aSilence('a')] })
      await store.addChunk(aKey, first)
      const before = await store.find(aKey)
      await store.addChunk(aKey, first)
      expect(await store.find(aKey)).toEqual(before)
      expect(before).toMatchObject({
        comments: 3,
        silences: 1,
        collection: { session: 'one', cursor: 'after-1', comments: 3 },
        window: { from: day(1), to: day(3) },
      })
      await store.addChunk(aKey, aChunk({ comments: comments(3, 2), cursor: 'after-2' }))
      const after = await store.find(aKey)
      expect(after).toMatchObject({ comments: 4, collection: { cursor: 'after-2' } })
      expect(after?.revision).not.toBe(before?.revision)
    })

    test('that has ended takes the place of what was there before; until then that goes on serving', async () => {
      await learn(5)
      await store.addChunk(aKey, aChunk({ session: 'two', comments: comments(100, 2) }))
      expect(await store.find(aKey)).toMatchObject({
        comments: 5,
        collection: { session: 'two', comments: 2 },
      })
      await store.addChunk(aKey, aChunk({ session: 'two', comments: comments(102, 1), done: true }))
      expect(await store.find(aKey)).toMatchObject({ comments: 3, collection: null })
      const { comments: kept } = await store.texts(aKey)
      expect(kept.map(({ id }) => id)).toEqual([102, 101, 100])
      const rows = await database.query('SELECT 1 FROM persona_samples')
      expect(rows).toHaveLength(3)
    })

    test('whose end comes again, or after a newer one has ended, changes nothing', async () => {
      await agree()
      await store.addChunk(aKey, aChunk({ session: 'slow', comments: comments(1, 2) }))
      await store.addChunk(aKey, aChunk({ session: 'quick', comments: comments(10, 3), done: true }))
      const settled = await store.find(aKey)
      await store.addChunk(aKey, aChunk({ session: 'slow', comments: comments(3, 1), done: true }))
      await store.addChunk(aKey, aChunk({ session: 'quick', comments: comments(20, 3), done: true }))
      expect(await store.find(aKey)).toEqual(settled)
      expect((await store.texts(aKey)).comments).toHaveLength(3)
    })

    test('serves unfinished where nothing else is there', async () => {
      await agree()
      await store.addChunk(aKey, aChunk({ comments: comments(1, 2), colleagues: [aColleagueComment(9)] }))
      const texts = await store.texts(aKey)
      expect(texts.comments).toEqual([aPastComment({ id: 2 }), aPastComment({ id: 1 })])
      expect(texts.colleagues).toEqual([aColleagueComment(9)])
    })

    test('learns from answers whether a comment was acted on, whichever comes first', async () => {
      await agree()
      const replies = [
        { id: 50, to: 1, says: 'done' },
        { id: 51, to: 2, says: 'disagrees' },
        { id: 52, to: 3, says: 'done' },
        { id: 53, to: 4, says: 'other' },
        { id: 54, to: 999, says: 'done' },
      ] as const
      await store.addChunk(aKey, aChunk({ replies: [...replies] }))
      const known = aPastComment({ id: 3, addressed: 'no' })
      const pieces = [...comments(1, 2), known, aPastComment({ id: 4 })]
      await store.addChunk(aKey, aChunk({ comments: pieces }))
      const told = async () =>
        (await store.texts(aKey)).comments.map(({ id, addressed }) => `${id} ${addressed}`)
      const expected = ['4 unknown', '3 no', '2 no', '1 yes']
      expect(await told(), 'while it goes on').toEqual(expected)
      await store.addChunk(aKey, aChunk({ done: true }))
      expect(await told(), 'once it has ended').toEqual(expected)
      expect(await database.query("SELECT 1 FROM persona_samples WHERE kind = 'reply'")).toEqual([])
    })

    test('keeps the newest within the limit', async () => {
      await agree()
      const many = Array.from({ length: personaLimits.colleagues + 30 }, (_, index) => ({
        id: index + 1,
        at: new Date(Date.parse(day(0)) + index * 1000).toISOString(),
        body: `Remark ${index + 1}`,
      }))
      for (let start = 0; start < many.length; start += personaLimits.chunk) {
        const colleagues = many.slice(start, start + personaLimits.chunk)
        await store.addChunk(aKey, aChunk({ colleagues }))
      }
      const { colleagues } = await store.texts(aKey)
      expect(colleagues).toHaveLength(personaLimits.colleagues)
      expect(colleagues[0]?.id).toBe(many.length)
      expect(colleagues.at(-1)?.id).toBe(31)
    })

    test('for a persona that is gone, or of another account, leaves nothing', async () => {
      await store.addChunk(aKey, aChunk({ comments: comments(1, 2) }))
      expect(await store.find(aKey)).toBeNull()
      await agree()
      const stranger = aChunk({ comments: comments(1, 2), person: { id: 42, login: 'lead' } })
      await store.addChunk(aKey, stranger)
      expect(await store.find(aKey)).toMatchObject({ comments: 0, collection: null })
    })

    test('that comes twice at once is kept once', async () => {
      await agree()
      const chunk = aChunk({ comments: comments(1, 50), silences: [aSilence('a')] })
      await Promise.all([
        store.addChunk(aKey, chunk),
        store.addChunk(aKey, chunk),
        store.addChunk(aKey, chunk),
      ])
      expect(await store.find(aKey)).toMatchObject({ comments: 50, silences: 1 })
    })

    test('that nobody goes on with is dropped after a week', async () => {
      await agree()
      await store.addChunk(aKey, aChunk({ comments: comments(1, 2) }))
      now += 6 * 86_400_000
      await store.tidy()
      expect(await store.find(aKey)).toMatchObject({ comments: 2 })
      now += 2 * 86_400_000
      await store.tidy()
      expect(await store.find(aKey)).toMatchObject({ comments: 0, collection: null })
      expect(await database.query('SELECT 1 FROM persona_samples')).toEqual([])
    })

    test('loses what only a training needs, and keeps its comments and its revision', async () => {
      await agree()
      await store.addChunk(
        aKey,
        aChunk({
          comments: comments(1, 2),
          silences: [aSilence('a')],
          colleagues: [aColleagueComment(9)],
          done: true,
        }),
      )
      const before = await store.find(aKey)
      await store.dropTrainingTexts(aKey)
      expect(await store.texts(aKey)).toMatchObject({ silences: [], colleagues: [] })
      expect(await store.find(aKey)).toEqual({ ...before, silences: 0 })
    })

    test('tells a style by the same words after colleagues were dropped, however often', async () => {
      await agree()
      const own = comments(1, 30).map((one) => ({ ...one, body: `please round this once, ${one.id}` }))
      const colleagues = Array.from({ length: 60 }, (_, index) => aColleagueComment(500 + index))
      await store.addChunk(aKey, aChunk({ comments: own, colleagues, done: true }))
      const style = async () => styleOfTexts(await store.texts(aKey))
      const before = await style()
      expect(before.words).toContain('please')
      await store.dropTrainingTexts(aKey)
      await store.dropTrainingTexts(aKey)
      expect((await store.texts(aKey)).colleagues).toEqual([])
      expect(await style()).toEqual(before)
    })
  })

  test('two owners with equal names of repository and login share nothing', async () => {
    const other = { ...aKey, owner: 'globex' }
    await learn(3)
    await agree(other, { repositoryId: 8, personId: 41 })
    await store.saveVersion(aVersion({ state: 'live' }))
    expect(await store.find(other)).toMatchObject({ comments: 0 })
    expect((await store.texts(other)).comments).toEqual([])
    expect(await store.versions(other)).toEqual([])
    await store.forget(other)
    expect(await store.find(aKey)).toMatchObject({ comments: 3 })
    expect(await store.versions(aKey)).toHaveLength(1)
  })

  describe('versions', () => {
    const first = aVersion({ hash: hashOf('first'), at: day(100) })
    const second = aVersion({ hash: hashOf('second'), at: day(101) })

    test('come newest first, as they were saved, for one model', async () => {
      await learn(1)
      const other = aVersion({ hash: hashOf('other'), baseModel: 'model-2', at: day(102), gate: null })
      for (const version of [first, second, other]) await store.saveVersion(version)
      expect(await store.versions(aKey, 'model-1')).toEqual([second, first])
      expect(await store.versions(aKey)).toEqual([other, second, first])
      expect(await store.waitingVersions('model-1')).toEqual([first, second])
    })

    test('of which one is live and one a canary at most', async () => {
      await learn(1)
      await store.saveVersion({ ...first, state: 'live' })
      await store.saveVersion({ ...second, state: 'canary' })
      const states = async () => (await store.versions(aKey)).map(({ state }) => state)
      expect(await states()).toEqual(['canary', 'live'])
      expect((await store.servingVersions('model-1')).map(({ name }) => name)).toEqual([
        second.name,
        first.name,
      ])
      await store.setVersionState(aKey, second.name, 'live')
      expect(await states()).toEqual(['live', 'retired'])
    })

    test('of a persona that is gone are not kept', async () => {
      await store.saveVersion(first)
      expect(await store.versions(aKey)).toEqual([])
    })
  })

  describe('trainings', () => {
    const asked = { key: aKey, repositoryId: 7, personId: 41, baseModel: 'model-1', force: false }

    async function queued(overrides: Partial<typeof asked> = {}): Promise<TrainingJob> {
      return store.enqueue({ ...asked, ...overrides })
    }

    test('are one for a persona and a model, forced where anybody wants it', async () => {
      await learn(1)
      const job = await queued()
      expect(job.status).toMatchObject({ state: 'queued', position: 0, step: 0, version: null })
      const again = await queued({ force: true })
      expect(again).toEqual({ ...job, force: true })
      expect((await queued()).force).toBe(true)
      expect((await queued({ baseModel: 'model-2' })).id).not.toBe(job.id)
    })

    test('are asked for by many at once and queued once', async () => {
      await learn(1)
      const jobs = await Promise.all(Array.from({ length: 5 }, () => queued()))
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(1)
    })

    test('wait for those before them', async () => {
      await learn(1)
      const other = { ...aKey, login: 'other' }
      await agree(other, { repositoryId: 7, personId: 43 })
      await queued()
      expect((await queued({ key: other })).status.position).toBe(1)
      const taken = await store.takeJob('w1', 60_000)
      expect(taken).toMatchObject({ key: aKey, status: { state: 'preparing', position: 0 } })
      expect((await store.job(other))?.status.position, 'one runs, and goes before it').toBe(1)
      await store.reportJob(taken?.id ?? '', 'w1', { state: 'done' })
      expect((await store.job(other))?.status.position).toBe(0)
    })

    test('are taken by one worker, also when many ask at once', async () => {
      await learn(1)
      await queued()
      const taken = await Promise.all(['w1', 'w2', 'w3'].map((worker) => store.takeJob(worker, 60_000)))
      expect(taken.filter((job) => job !== null)).toHaveLength(1)
    })

    test('go to another worker once theirs is silent, and the first one is told to stop', async () => {
      await learn(1)
      const { id } = await queued()
      await store.takeJob('w1', 60_000)
      expect(await store.reportJob(id, 'w1', { state: 'training', step: 3, steps: 9, secondsLeft: 12 })).toBe(
        true,
      )
      now += 59_000
      expect(await store.takeJob('w2', 60_000)).toBeNull()
      now += 2000
      expect((await store.takeJob('w2', 60_000))?.status).toMatchObject({ state: 'training', step: 3 })
      expect(await store.reportJob(id, 'w1', { step: 4 })).toBe(false)
      expect(await store.reportJob(id, 'w2', { step: 4, secondsLeft: null })).toBe(true)
      expect((await store.job(aKey))?.status).toMatchObject({ step: 4, steps: 9, secondsLeft: null })
    })

    test('that are handed back can be taken at once', async () => {
      await learn(1)
      const { id } = await queued()
      await store.takeJob('w1', 60_000)
      expect(await store.reportJob(id, 'w1', { state: 'queued' })).toBe(true)
      expect(await store.reportJob(id, 'w1', { step: 1 })).toBe(false)
      expect((await store.takeJob('w2', 60_000))?.id).toBe(id)
    })

    test('that are cancelled, or whose persona is forgotten, are not gone on with', async () => {
      await learn(1)
      const { id } = await queued()
      await store.takeJob('w1', 60_000)
      expect(await store.cancelJob(aKey)).toBe(true)
      expect(await store.cancelJob(aKey)).toBe(false)
      expect(await store.reportJob(id, 'w1', { step: 1 })).toBe(false)
      expect((await store.job(aKey))?.status.state).toBe('cancelled')

      const next = await queued()
      expect(next.id).not.toBe(id)
      await store.takeJob('w1', 60_000)
      expect(await store.forget(aKey)).toMatchObject({ cancelled: true })
      expect(await store.reportJob(next.id, 'w1', { step: 1 })).toBe(false)
      await expect(queued()).rejects.toMatchObject({ code: 'unavailable' })
    })

    test('for one model are no matter of a server that has another', async () => {
      await learn(2)
      const old = await queued({ baseModel: 'model-0' })
      expect(await store.takeJob('w1', 60_000, 'model-1')).toBeNull()
      expect(await store.lastTraining(aKey, 'model-1')).toBeNull()
      const { id } = await queued()
      expect((await store.takeJob('w1', 60_000, 'model-1'))?.id).toBe(id)
      expect((await store.job(aKey, 'model-0'))?.id).toBe(old.id)
      expect((await store.job(aKey, 'model-1'))?.id).toBe(id)
    })

    test('that wait learn from a history that was read meanwhile', async () => {
      await learn(2)
      const { id } = await queued()
      await store.addChunk(aKey, aChunk({ session: 'two', comments: comments(50, 1), done: true }))
      await queued()
      expect(await store.lastTraining(aKey)).toMatchObject({ job: { id }, isCurrent: true })
      await store.takeJob('w1', 60_000)
      await store.addChunk(aKey, aChunk({ session: 'three', comments: comments(60, 1), done: true }))
      await queued()
      expect(await store.lastTraining(aKey)).toMatchObject({ job: { id }, isCurrent: false })
    })

    test('are known to be current until the comments change', async () => {
      await learn(2)
      const { id } = await queued()
      await store.takeJob('w1', 60_000)
      await store.reportJob(id, 'w1', { state: 'done', version: 'a-0123456789ab' })
      await store.dropTrainingTexts(aKey)
      expect(await store.lastTraining(aKey)).toMatchObject({ job: { id }, isCurrent: true })
      await store.addChunk(aKey, aChunk({ session: 'two', comments: comments(50, 1), done: true }))
      expect(await store.lastTraining(aKey)).toMatchObject({ job: { id }, isCurrent: false })
    })

    test('come due weekly where there is something new to learn', async () => {
      const due = async () =>
        (await store.dueForRefresh(new Date(now - 7 * 86_400_000))).map(({ key }) => key)
      await learn(2)
      expect(await due(), 'nobody asked for it').toEqual([])
      await store.setRefresh(aKey, 'weekly')
      expect(await due(), 'never trained').toEqual([aKey])
      const { id } = await queued()
      expect(await due(), 'under way').toEqual([])
      await store.takeJob('w1', 60_000)
      await store.reportJob(id, 'w1', { state: 'done' })
      now += 8 * 86_400_000
      expect(await due(), 'nothing new').toEqual([])
      await store.addChunk(aKey, aChunk({ session: 'two', comments: comments(50, 1), done: true }))
      expect(await due()).toEqual([aKey])
      await store.setRefresh(aKey, 'never')
      expect(await due()).toEqual([])
    })

    test('and personas are counted', async () => {
      await learn(1)
      await queued()
      expect(await store.census()).toEqual({ personas: 1, trainings: { queued: 1 } })
    })
  })

  describe('feedback', () => {
    const adapter = aVersion().name
    const voiceOf = hashNames(secret).voice
    const identity = (name: string) => hashOf(name)

    async function reviewed(
      identities: readonly string[],
      share: { readonly adapter?: string | null; readonly login?: string; readonly number?: number } = {},
    ): Promise<void> {
      const review = new Review({
        id: randomBytes(16).toString('hex'),
        caller: 'local',
        repositoryId: 7,
        number: share.number ?? 3,
        head: 'a'.repeat(40),
        effort: 'standard',
        policyHash: 'b'.repeat(64),
        receivedAt: now,
        canBeResumed: false,
      })
      now += 1000
      const findings = identities.map((each) => aRankedFinding({ identity: each, reviewer: 'persona' }))
      const persona = {
        login: share.login ?? 'Lead',
        by: 'adapter',
        adapter: share.adapter === undefined ? adapter : share.adapter,
        arm: 'live',
        near: 1,
        card: null,
      } as const
      const result = aPipelineResult({ findings, persona })
      await recordReview(database, { review, outcome: 'complete', totalMs: 1, result }, voiceOf)
    }
    const say = (name: string, kind: 'fixed' | 'declined' | 'up' | 'down' | 'ignored', number = 3) =>
      store.recordFeedback(7, number, [{ identity: identity(name), kind }])

    test('counts each finding once, against the adapter where anybody is against it', async () => {
      await learn(1)
      await store.saveVersion(aVersion({ state: 'live' }))
      await reviewed(['a', 'b', 'c', 'd', 'e'].map(identity))
      expect(await say('a', 'fixed')).toBe(1)
      expect(await say('a', 'fixed'), 'said again').toBe(0)
      expect(await say('a', 'up')).toBe(1)
      await say('b', 'up')
      await say('b', 'declined')
      await say('c', 'down')
      await say('d', 'ignored')
      expect(await store.feedbackOf(aKey, adapter)).toEqual({ good: 1, bad: 2 })
      expect((await store.versions(aKey))[0]?.feedback).toEqual({ good: 1, bad: 2 })
      expect(await store.voicesOn(7, 3)).toEqual([aKey])
    })

    test('passes over what no adapter raised, or not on this pull request', async () => {
      await learn(1)
      await reviewed([identity('a')], { adapter: null })
      await reviewed([identity('b')], { number: 4 })
      expect(await say('a', 'fixed'), 'by past comments alone').toBe(0)
      expect(await say('b', 'fixed'), 'of another pull request').toBe(0)
      expect(await say('z', 'fixed'), 'of nobody').toBe(0)
      expect(await say('b', 'fixed', 4)).toBe(1)
      expect(await store.voicesOn(7, 3)).toEqual([])
    })

    test('goes to the adapter that raised the finding first', async () => {
      await learn(1)
      await reviewed([identity('a')], { adapter: 'a-000000000001' })
      await reviewed([identity('a')], { adapter: 'a-000000000002' })
      await say('a', 'fixed')
      expect(await store.feedbackOf(aKey, 'a-000000000001')).toEqual({ good: 1, bad: 0 })
      expect(await store.feedbackOf(aKey, 'a-000000000002')).toEqual({ good: 0, bad: 0 })
    })

    test('goes with its persona, and a review that ends later names nobody', async () => {
      await learn(1)
      await reviewed([identity('a')])
      await say('a', 'fixed')
      await store.forget(aKey)
      expect(await database.query('SELECT 1 FROM persona_feedback')).toEqual([])
      await reviewed([identity('b')])
      expect(
        await database.query('SELECT 1 FROM reviews WHERE voice IS NOT NULL OR adapter IS NOT NULL'),
      ).toEqual([])
    })
  })

  describe('forgetting', () => {
    const cacheOf = () =>
      createResponseCache({
        database,
        secret,
        hours: 1,
        onFailure: (error) => {
          throw error
        },
      })

    test('counts what goes and names adapters that no other persona has', async () => {
      const other = { ...aKey, login: 'other' }
      await learn(4)
      await agree(other, { repositoryId: 7, personId: 43 })
      await store.saveVersion(aVersion({ hash: hashOf('own') }))
      await store.saveVersion(aVersion({ hash: hashOf('shared') }))
      await store.saveVersion(aVersion({ hash: hashOf('shared'), key: other }))
      expect(await store.forget(aKey)).toEqual({
        comments: 4,
        versions: 2,
        cancelled: false,
        hashes: [hashOf('own')],
      })
      expect(await store.forget(other)).toMatchObject({ hashes: [hashOf('shared')] })
    })

    test('takes answers in this voice out of the cache, no others, and keeps none that come later', async () => {
      await learn(1)
      const cache = cacheOf()
      const voice = { repositoryId: 7, login: 'Lead' }
      await cache.set('neutral', 'stays')
      await cache.set('in the style', 'goes', voice)
      expect(await cache.get('in the style')).toBe('goes')
      await store.forget(aKey)
      expect(await cache.get('in the style')).toBeUndefined()
      expect(await cache.get('neutral')).toBe('stays')
      await cache.set('late', 'not kept', voice)
      expect(await cache.get('late')).toBeUndefined()
      expect(await database.query('SELECT 1 FROM response_cache')).toHaveLength(1)
    })

    test('while a history is being uploaded leaves nothing of it', async () => {
      await agree()
      await Promise.all([
        ...Array.from({ length: 10 }, (_, index) =>
          store.addChunk(aKey, aChunk({ comments: comments(index * 20 + 1, 20) })),
        ),
        store.forget(aKey),
      ])
      expect(await store.find(aKey)).toBeNull()
      expect(await database.query('SELECT 1 FROM persona_samples')).toEqual([])
      expect(await database.query('SELECT 1 FROM persona_sessions')).toEqual([])
    })
  })

  test('with another secret nothing can be found or read', async () => {
    await learn(2)
    const stranger = createPersonaStore({ database, secret: randomBytes(32) })
    expect(await stranger.find(aKey)).toBeNull()
    expect((await stranger.texts(aKey)).comments).toEqual([])
    expect(await stranger.dueForRefresh(new Date())).toEqual([])
  })

  test('takes a sample that was moved or tampered with for none', async () => {
    await learn(2)
    await database.query(
      'UPDATE persona_samples a SET value = b.value FROM persona_samples b WHERE a.item <> b.item',
    )
    expect((await store.texts(aKey)).comments).toEqual([])
  })
})
