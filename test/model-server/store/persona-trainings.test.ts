import { afterAll, describe, expect, test } from 'vitest'
import type { TrainingJob } from '../../../runner/model-server/src/personas/persona-store.ts'
import { dialects, stopPostgres } from '../support/dialects.ts'
import { aChunk, aKey, aVersion, comments, day, hashOf } from '../support/persona-parts.ts'
import { PersonaStoreScene } from '../support/persona-store-scene.ts'

afterAll(stopPostgres)

describe.each(dialects)('the versions and trainings of personas on $name', (dialect) => {
  const scene = new PersonaStoreScene(dialect)

  describe('versions', () => {
    const first = aVersion({ hash: hashOf('first'), at: day(100) })
    const second = aVersion({ hash: hashOf('second'), at: day(101) })

    test('come newest first, as they were saved, for one model', async () => {
      await scene.learn(1)
      const other = aVersion({ hash: hashOf('other'), baseModel: 'model-2', at: day(102), gate: null })
      for (const version of [first, second, other]) await scene.store.saveVersion(version)
      expect(await scene.store.versions(aKey, 'model-1')).toMatchObject([second, first])
      expect(await scene.store.versions(aKey)).toMatchObject([other, second, first])
      expect(await scene.store.waitingVersions('model-1')).toMatchObject([first, second])
    })

    test('of which one is live and one a canary at most', async () => {
      await scene.learn(1)
      await scene.store.saveVersion({ ...first, state: 'live' })
      await scene.store.saveVersion({ ...second, state: 'canary' })
      const states = async () => (await scene.store.versions(aKey)).map(({ state }) => state)
      expect(await states()).toEqual(['canary', 'live'])
      expect((await scene.store.servingVersions('model-1')).map(({ name }) => name)).toEqual([
        second.name,
        first.name,
      ])
      await scene.store.setVersionState(aKey, second.name, 'live')
      expect(await states()).toEqual(['live', 'retired'])
    })

    test('that serve or wait for their tests are told, however many newer ones there are', async () => {
      await scene.learn(1)
      const states = ['live', 'canary', 'candidate', 'refused'] as const
      for (const [index, state] of states.entries())
        await scene.store.saveVersion(aVersion({ hash: hashOf(state), state, at: day(index) }))
      for (let index = 0; index < 100; index++)
        await scene.store.saveVersion(
          aVersion({ hash: hashOf(`newer ${index}`), state: 'refused', at: day(10 + index) }),
        )
      for (const model of ['model-1', undefined]) {
        const told = await scene.store.versions(aKey, model)
        expect(told).toHaveLength(103)
        expect(told.slice(-4).map(({ state }) => state)).toEqual(['refused', 'candidate', 'canary', 'live'])
      }
    })

    test('of a persona that is gone are not kept', async () => {
      await scene.store.saveVersion(first)
      expect(await scene.store.versions(aKey)).toEqual([])
    })
  })

  describe('trainings', () => {
    const asked = { key: aKey, repositoryId: 7, personId: 41, baseModel: 'model-1', force: false }

    async function queued(overrides: Partial<typeof asked> = {}): Promise<TrainingJob> {
      return scene.store.enqueue({ ...asked, ...overrides })
    }

    /** Lets seconds pass since a worker was heard, on the clock of the database. */
    const pass = (seconds: number) =>
      scene.database.query("UPDATE persona_trainings SET heard_at = heard_at - $1 * interval '1 second'", [
        seconds,
      ])

    test('are one for a persona and a model, forced where anybody wants it', async () => {
      await scene.learn(1)
      const job = await queued()
      expect(job.status).toMatchObject({ state: 'queued', position: 0, step: 0, version: null })
      const again = await queued({ force: true })
      expect(again).toEqual({ ...job, force: true })
      expect((await queued()).force).toBe(true)
      expect((await queued({ baseModel: 'model-2' })).id).not.toBe(job.id)
    })

    test('are asked for by many at once and queued once', async () => {
      await scene.learn(1)
      const jobs = await Promise.all(Array.from({ length: 5 }, () => queued()))
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(1)
    })

    test('wait for those before them', async () => {
      await scene.learn(1)
      const other = { ...aKey, login: 'other' }
      await scene.agree(other, { repositoryId: 7, personId: 43 })
      await queued()
      expect((await queued({ key: other })).status.position).toBe(1)
      const taken = await scene.store.takeJob('w1', 60_000)
      expect(taken).toMatchObject({ key: aKey, status: { state: 'preparing', position: 0 } })
      expect((await scene.store.job(other))?.status.position, 'one runs, and goes before it').toBe(1)
      await scene.store.reportJob(taken?.id ?? '', 'w1', { state: 'done' })
      expect((await scene.store.job(other))?.status.position).toBe(0)
    })

    test('are taken by one worker, also when many ask at once', async () => {
      await scene.learn(1)
      await queued()
      const taken = await Promise.all(['w1', 'w2', 'w3'].map((worker) => scene.store.takeJob(worker, 60_000)))
      expect(taken.filter((job) => job !== null)).toHaveLength(1)
    })

    test('go to another worker once theirs is silent, and the first one is told to stop', async () => {
      await scene.learn(1)
      const { id } = await queued()
      await scene.store.takeJob('w1', 60_000)
      expect(
        await scene.store.reportJob(id, 'w1', { state: 'training', step: 3, steps: 9, secondsLeft: 12 }),
      ).toBe(true)
      await pass(59)
      expect(await scene.store.takeJob('w2', 60_000)).toBeNull()
      await pass(2)
      expect((await scene.store.takeJob('w2', 60_000))?.status).toMatchObject({ state: 'training', step: 3 })
      expect(await scene.store.reportJob(id, 'w1', { step: 4 })).toBe(false)
      expect(await scene.store.reportJob(id, 'w2', { step: 4, secondsLeft: null })).toBe(true)
      expect((await scene.store.job(aKey))?.status).toMatchObject({ step: 4, steps: 9, secondsLeft: null })
    })

    test('stay with their worker on whatever clock a server looks', async () => {
      await scene.learn(1)
      const { id } = await queued()
      await scene.store.takeJob('w1', 60_000)
      scene.now += 3_600_000
      expect(await scene.store.takeJob('w2', 60_000)).toBeNull()
      scene.now -= 2 * 3_600_000
      expect(await scene.store.reportJob(id, 'w1', { step: 1 })).toBe(true)
      expect(await scene.store.takeJob('w2', 60_000)).toBeNull()
    })

    test('of repositories take turns, those under way first', async () => {
      const keys = [
        ['shop', 'one'],
        ['shop', 'two'],
        ['shop', 'three'],
        ['tools', 'one'],
        ['tools', 'two'],
        ['docs', 'one'],
      ].map(([repository = '', login = '']) => ({ owner: 'acme', repository, login }))
      const numbers: Record<string, number> = { shop: 7, tools: 8, docs: 9 }
      for (const [index, key] of keys.entries()) {
        const repositoryId = numbers[key.repository] ?? 0
        await scene.agree(key, { repositoryId, personId: 50 + index })
        await scene.store.enqueue({ ...asked, key, repositoryId, personId: 50 + index })
      }
      const nameOf = ({ repository, login }: { repository: string; login: string }) =>
        `${repository} ${login}`
      const places = await Promise.all(keys.map(async (key) => (await scene.store.job(key))?.status.position))
      expect(places).toEqual([0, 3, 5, 1, 4, 2])
      const taken: string[] = []
      for (const _ of keys) {
        const job = await scene.store.takeJob('w1', 60_000)
        if (job === null) throw new Error('nothing waits')
        expect(job.status.position).toBe(0)
        taken.push(nameOf(job.key))
        await scene.store.reportJob(job.id, 'w1', { state: 'done' })
      }
      expect(taken).toEqual(['shop one', 'tools one', 'docs one', 'shop two', 'tools two', 'shop three'])
    })

    test('that a silent worker has left go before those that wait', async () => {
      await scene.learn(1)
      const { id } = await queued()
      await scene.store.takeJob('w1', 60_000)
      const other = { ...aKey, repository: 'tools' }
      await scene.agree(other, { repositoryId: 8, personId: 43 })
      await queued({ key: other })
      await pass(61)
      expect((await scene.store.takeJob('w2', 60_000))?.id).toBe(id)
    })

    test('that are forced begin anew where they run on another history, and only there', async () => {
      await scene.learn(2)
      const { id } = await queued()
      await scene.store.takeJob('w1', 60_000)
      expect((await queued({ force: true })).id, 'of the same history').toBe(id)
      await scene.learn(3, 'two')
      expect((await queued()).id, 'nobody insists').toBe(id)
      const anew = await queued({ force: true })
      expect(anew).toMatchObject({ force: true, status: { state: 'queued', step: 0, version: null } })
      expect(anew.id).not.toBe(id)
      expect(await scene.store.reportJob(id, 'w1', { step: 1 })).toBe(false)
      expect((await scene.store.takeJob('w1', 60_000))?.id).toBe(anew.id)
      expect(await scene.store.lastTraining(aKey)).toMatchObject({ isCurrent: true })
    })

    test('that are cancelled take out what they have made and nobody has decided on', async () => {
      await scene.learn(1)
      const made = aVersion({ state: 'candidate', gate: null })
      await scene.store.saveVersion(made)
      await scene.store.saveVersion(aVersion({ hash: hashOf('live'), state: 'live' }))
      const { id } = await queued()
      await scene.store.takeJob('w1', 60_000)
      await scene.store.reportJob(id, 'w1', { state: 'gating', version: made.name })
      expect(await scene.store.openJobs()).toEqual([id])
      await scene.store.cancelJob(aKey)
      expect(await scene.store.openJobs()).toEqual([])
      expect(await scene.store.waitingVersions('model-1')).toEqual([])
      expect((await scene.store.versions(aKey)).map(({ state }) => state).toSorted()).toEqual([
        'live',
        'retired',
      ])
    })

    test('that are handed back can be taken at once', async () => {
      await scene.learn(1)
      const { id } = await queued()
      await scene.store.takeJob('w1', 60_000)
      expect(await scene.store.reportJob(id, 'w1', { state: 'queued' })).toBe(true)
      expect(await scene.store.reportJob(id, 'w1', { step: 1 })).toBe(false)
      expect((await scene.store.takeJob('w2', 60_000))?.id).toBe(id)
    })

    test('that are cancelled, or whose persona is forgotten, are not gone on with', async () => {
      await scene.learn(1)
      const { id } = await queued()
      await scene.store.takeJob('w1', 60_000)
      expect(await scene.store.cancelJob(aKey)).toBe(true)
      expect(await scene.store.cancelJob(aKey)).toBe(false)
      expect(await scene.store.reportJob(id, 'w1', { step: 1 })).toBe(false)
      expect((await scene.store.job(aKey))?.status.state).toBe('cancelled')

      const next = await queued()
      expect(next.id).not.toBe(id)
      await scene.store.takeJob('w1', 60_000)
      expect(await scene.store.forget(aKey)).toMatchObject({ cancelled: true })
      expect(await scene.store.reportJob(next.id, 'w1', { step: 1 })).toBe(false)
      await expect(queued()).rejects.toMatchObject({ code: 'unavailable' })
    })

    test('for one model are no matter of a server that has another', async () => {
      await scene.learn(2)
      const old = await queued({ baseModel: 'model-0' })
      expect(await scene.store.takeJob('w1', 60_000, 'model-1')).toBeNull()
      expect(await scene.store.lastTraining(aKey, 'model-1')).toBeNull()
      const { id } = await queued()
      expect((await scene.store.takeJob('w1', 60_000, 'model-1'))?.id).toBe(id)
      expect((await scene.store.job(aKey, 'model-0'))?.id).toBe(old.id)
      expect((await scene.store.job(aKey, 'model-1'))?.id).toBe(id)
    })

    test('that wait learn from a history that was read meanwhile', async () => {
      await scene.learn(2)
      const { id } = await queued()
      await scene.store.addChunk(aKey, aChunk({ session: 'two', comments: comments(50, 1), done: true }))
      await queued()
      expect(await scene.store.lastTraining(aKey)).toMatchObject({ job: { id }, isCurrent: true })
      await scene.store.takeJob('w1', 60_000)
      await scene.store.addChunk(aKey, aChunk({ session: 'three', comments: comments(60, 1), done: true }))
      await queued()
      expect(await scene.store.lastTraining(aKey)).toMatchObject({ job: { id }, isCurrent: false })
    })

    test('are known to be current until the comments change', async () => {
      await scene.learn(2)
      const { id } = await queued()
      await scene.store.takeJob('w1', 60_000)
      await scene.store.reportJob(id, 'w1', { state: 'done', version: 'a-0123456789ab' })
      await scene.store.dropTrainingTexts(aKey)
      expect(await scene.store.lastTraining(aKey)).toMatchObject({ job: { id }, isCurrent: true })
      await scene.store.addChunk(aKey, aChunk({ session: 'two', comments: comments(50, 1), done: true }))
      expect(await scene.store.lastTraining(aKey)).toMatchObject({ job: { id }, isCurrent: false })
    })

    test('come due weekly where there is something new to learn', async () => {
      const due = async () =>
        (await scene.store.dueForRefresh(new Date(scene.now - 7 * 86_400_000))).map(({ key }) => key)
      await scene.learn(2)
      expect(await due(), 'nobody asked for it').toEqual([])
      await scene.store.setRefresh(aKey, 'weekly')
      expect(await due(), 'never trained').toEqual([aKey])
      const { id } = await queued()
      expect(await due(), 'under way').toEqual([])
      await scene.store.takeJob('w1', 60_000)
      await scene.store.reportJob(id, 'w1', { state: 'done' })
      scene.now += 8 * 86_400_000
      expect(await due(), 'nothing new').toEqual([])
      await scene.store.addChunk(aKey, aChunk({ session: 'two', comments: comments(50, 1), done: true }))
      expect(await due()).toEqual([aKey])
      await scene.store.setRefresh(aKey, 'never')
      expect(await due()).toEqual([])
    })

    test('and personas are counted', async () => {
      await scene.learn(1)
      await queued()
      expect(await scene.store.census()).toEqual({ personas: 1, trainings: { queued: 1 } })
    })
  })
})
