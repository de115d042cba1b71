import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { Review } from '../../../runner/model-server/src/admission/review.ts'
import { createPersonaStore } from '../../../runner/model-server/src/store/persona-store.ts'
import { hashNames } from '../../../runner/model-server/src/store/personas/hashed-names.ts'
import { recordReview } from '../../../runner/model-server/src/store/record-review.ts'
import { createResponseCache } from '../../../runner/model-server/src/store/response-cache.ts'
import { dialects, stopPostgres } from '../support/dialects.ts'
import { aChunk, aConsent, aKey, aVersion, comments, day, hashOf } from '../support/persona-parts.ts'
import { PersonaStoreScene } from '../support/persona-store-scene.ts'
import { aPipelineResult, aRankedFinding } from '../support/review-parts.ts'

afterAll(stopPostgres)

describe.each(dialects)('the store of personas on $name', (dialect) => {
  const scene = new PersonaStoreScene(dialect)

  describe('consent', () => {
    test('makes a persona, whatever the case of its name', async () => {
      expect(await scene.agree({ owner: 'Acme', repository: 'Shop', login: 'Lead' })).toBe(true)
      const record = await scene.store.find(aKey)
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
      expect((await scene.store.findByCard(record?.card ?? ''))?.key).toEqual(aKey)
      expect(await scene.store.findByCard(`/cards/${'0'.repeat(32)}`)).toBeNull()
    })

    test('that is newer takes the place of the older one, never the other way round', async () => {
      await scene.agree()
      const newer = aConsent({ kind: 'commit', reference: 'c'.repeat(40), at: day(3) })
      await scene.store.agree(aKey, { repositoryId: 7, personId: 41, consent: newer })
      await scene.agree()
      expect((await scene.store.find(aKey))?.consent).toEqual(newer)
    })

    test('of the future counts for nothing', async () => {
      const consent = aConsent({ at: day(201) })
      expect(await scene.store.agree(aKey, { repositoryId: 7, personId: 41, consent })).toBe(false)
      expect(await scene.store.find(aKey)).toBeNull()
    })

    test('that was withdrawn stays withdrawn until the person gives another', async () => {
      await scene.agree()
      expect(await scene.store.isWithdrawn(aKey)).toBe(false)
      await scene.store.forget(aKey)
      expect(await scene.store.isWithdrawn(aKey)).toBe(true)
      expect(await scene.agree()).toBe(false)
      scene.now += 1000
      const consent = aConsent({ at: new Date(scene.now).toISOString() })
      expect(await scene.store.agree(aKey, { repositoryId: 7, personId: 41, consent })).toBe(true)
      expect(await scene.store.isWithdrawn(aKey)).toBe(false)
      expect(await scene.agree(), 'the old one goes on counting for nothing').toBe(false)
    })

    test('is withdrawn at the moment of the asking, never before it was given, nor in the future', async () => {
      const agreeAt = (at: string) =>
        scene.store.agree(aKey, { repositoryId: 7, personId: 41, consent: aConsent({ at }) })
      await scene.agree()
      await scene.store.forget(aKey, { at: day(3) })
      expect(await agreeAt(day(3))).toBe(false)
      expect(await agreeAt(day(4))).toBe(true)
      await scene.store.forget(aKey, { at: day(2) })
      expect(await scene.store.find(aKey)).toBeNull()
      expect(await agreeAt(day(4))).toBe(false)
      await scene.store.forget(aKey, { at: '2999-01-01T00:00:00Z' })
      scene.now += 3_600_000
      expect(await agreeAt(new Date(scene.now).toISOString())).toBe(true)
    })

    test('can be withdrawn before it was ever given', async () => {
      expect(await scene.store.forget(aKey)).toEqual({
        comments: 0,
        versions: 0,
        cancelled: false,
        hashes: [],
      })
      expect(await scene.agree()).toBe(false)
    })

    test('withdrawn by one account binds no other account that takes over the login', async () => {
      await scene.agree()
      await scene.store.forget(aKey)
      expect(await scene.agree(aKey, { repositoryId: 7, personId: 42 })).toBe(true)
    })

    test('for the persona of another account or repository is refused', async () => {
      await scene.agree()
      expect(await scene.agree(aKey, { repositoryId: 7, personId: 42 })).toBe(false)
      expect(await scene.agree(aKey, { repositoryId: 8, personId: 41 })).toBe(false)
      expect(await scene.store.find(aKey)).toMatchObject({ repositoryId: 7, personId: 41 })
    })
  })

  test('two owners with equal names of repository and login share nothing', async () => {
    const other = { ...aKey, owner: 'globex' }
    await scene.learn(3)
    await scene.agree(other, { repositoryId: 8, personId: 41 })
    await scene.store.saveVersion(aVersion({ state: 'live' }))
    expect(await scene.store.find(other)).toMatchObject({ comments: 0 })
    expect((await scene.store.texts(other)).comments).toEqual([])
    expect(await scene.store.versions(other)).toEqual([])
    await scene.store.forget(other)
    expect(await scene.store.find(aKey)).toMatchObject({ comments: 3 })
    expect(await scene.store.versions(aKey)).toHaveLength(1)
  })

  describe('feedback', () => {
    const adapter = aVersion().name
    const voiceOf = hashNames(scene.secret).voice
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
        receivedAt: scene.now,
        canBeResumed: false,
      })
      scene.now += 1000
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
      await recordReview(scene.database, { review, outcome: 'complete', totalMs: 1, result }, voiceOf)
    }
    const say = (name: string, kind: 'fixed' | 'declined' | 'up' | 'down' | 'ignored', number = 3) =>
      scene.store.recordFeedback(7, number, [{ identity: identity(name), kind }])

    test('counts each finding once, against the adapter where anybody is against it', async () => {
      await scene.learn(1)
      await scene.store.saveVersion(aVersion({ state: 'live' }))
      await reviewed(['a', 'b', 'c', 'd', 'e'].map(identity))
      expect(await scene.store.voicesOn(7, 3), 'before anybody has said anything').toEqual([aKey])
      expect(await say('a', 'fixed')).toBe(1)
      expect(await say('a', 'fixed'), 'said again').toBe(0)
      expect(await say('a', 'up')).toBe(1)
      await say('b', 'up')
      await say('b', 'declined')
      await say('c', 'down')
      await say('d', 'ignored')
      expect(await scene.store.feedbackOf(aKey, adapter)).toEqual({ good: 1, bad: 2 })
      expect((await scene.store.versions(aKey))[0]?.feedback).toEqual({ good: 1, bad: 2 })
      expect(await scene.store.voicesOn(7, 3)).toEqual([aKey])
    })

    test('passes over what no adapter raised, or not on this pull request', async () => {
      await scene.learn(1)
      await reviewed([identity('a')], { adapter: null })
      await reviewed([identity('b')], { number: 4 })
      expect(await say('a', 'fixed'), 'by past comments alone').toBe(0)
      expect(await say('b', 'fixed'), 'of another pull request').toBe(0)
      expect(await say('z', 'fixed'), 'of nobody').toBe(0)
      expect(await say('b', 'fixed', 4)).toBe(1)
      expect(await scene.store.voicesOn(7, 3)).toEqual([])
    })

    test('goes to the adapter that raised the finding first', async () => {
      await scene.learn(1)
      await reviewed([identity('a')], { adapter: 'a-000000000001' })
      await reviewed([identity('a')], { adapter: 'a-000000000002' })
      await say('a', 'fixed')
      expect(await scene.store.feedbackOf(aKey, 'a-000000000001')).toEqual({ good: 1, bad: 0 })
      expect(await scene.store.feedbackOf(aKey, 'a-000000000002')).toEqual({ good: 0, bad: 0 })
    })

    test('goes with its persona, and a review that ends later names nobody', async () => {
      await scene.learn(1)
      await reviewed([identity('a')])
      await say('a', 'fixed')
      await scene.store.forget(aKey)
      expect(await scene.database.query('SELECT 1 FROM persona_feedback')).toEqual([])
      await reviewed([identity('b')])
      expect(
        await scene.database.query('SELECT 1 FROM reviews WHERE voice IS NOT NULL OR adapter IS NOT NULL'),
      ).toEqual([])
    })
  })

  describe('forgetting', () => {
    const cacheOf = () =>
      createResponseCache({
        database: scene.database,
        secret: scene.secret,
        hours: 1,
        onFailure: (error) => {
          throw error
        },
      })

    test('counts what goes and names adapters that no other persona has', async () => {
      const other = { ...aKey, login: 'other' }
      await scene.learn(4)
      await scene.agree(other, { repositoryId: 7, personId: 43 })
      await scene.store.saveVersion(aVersion({ hash: hashOf('own') }))
      await scene.store.saveVersion(aVersion({ hash: hashOf('shared') }))
      await scene.store.saveVersion(aVersion({ hash: hashOf('shared'), key: other }))
      expect(await scene.store.forget(aKey)).toEqual({
        comments: 4,
        versions: 2,
        cancelled: false,
        hashes: [hashOf('own')],
      })
      expect(await scene.store.forget(other)).toMatchObject({ hashes: [hashOf('shared')] })
    })

    test('takes answers in this voice out of the cache, no others, and keeps none that come later', async () => {
      await scene.learn(1)
      const cache = cacheOf()
      const voice = { repositoryId: 7, login: 'Lead' }
      await cache.set('neutral', 'stays')
      await cache.set('in the style', 'goes', voice)
      expect(await cache.get('in the style')).toBe('goes')
      await scene.store.forget(aKey)
      expect(await cache.get('in the style')).toBeUndefined()
      expect(await cache.get('neutral')).toBe('stays')
      await cache.set('late', 'not kept', voice)
      expect(await cache.get('late')).toBeUndefined()
      expect(await scene.database.query('SELECT 1 FROM response_cache')).toHaveLength(1)
    })

    test('while a history is being uploaded leaves nothing of it', async () => {
      await scene.agree()
      await Promise.all([
        ...Array.from({ length: 10 }, (_, index) =>
          scene.store.addChunk(aKey, aChunk({ comments: comments(index * 20 + 1, 20) })),
        ),
        scene.store.forget(aKey),
      ])
      expect(await scene.store.find(aKey)).toBeNull()
      expect(await scene.database.query('SELECT 1 FROM persona_samples')).toEqual([])
      expect(await scene.database.query('SELECT 1 FROM persona_sessions')).toEqual([])
    })
  })

  test('with another secret nothing can be found or read', async () => {
    await scene.learn(2)
    const stranger = createPersonaStore({ database: scene.database, secret: randomBytes(32) })
    expect(await stranger.find(aKey)).toBeNull()
    expect((await stranger.texts(aKey)).comments).toEqual([])
    expect(await stranger.dueForRefresh(new Date())).toEqual([])
  })

  test('takes a sample that was moved or tampered with for none', async () => {
    await scene.learn(2)
    await scene.database.query(
      'UPDATE persona_samples a SET value = b.value FROM persona_samples b WHERE a.item <> b.item',
    )
    expect((await scene.store.texts(aKey)).comments).toEqual([])
  })
})
