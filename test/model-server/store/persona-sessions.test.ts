import { personaLimits } from '@ai-review/protocol/persona'
import { afterAll, describe, expect, test } from 'vitest'
import { styleOfTexts } from '../../../runner/model-server/src/personas/style/style-of-texts.ts'
import { dialects, stopPostgres } from '../support/dialects.ts'
import {
  aChunk,
  aColleagueComment,
  aKey,
  aPastComment,
  aPerson,
  aRepository,
  aSilence,
  aVersion,
  comments,
  day,
} from '../support/persona-parts.ts'
import { PersonaStoreScene } from '../support/persona-store-scene.ts'

afterAll(stopPostgres)

describe.each(dialects)('the collections of personas on $name', (dialect) => {
  const scene = new PersonaStoreScene(dialect)

  describe('a collection', () => {
    test('adds up piece by piece, and a piece that comes again changes nothing', async () => {
      await scene.agree()
      const first = aChunk({ comments: comments(1, 3), silences: [aSilence('a')] })
      await scene.store.addChunk(aKey, first)
      const before = await scene.store.find(aKey)
      await scene.store.addChunk(aKey, first)
      expect(await scene.store.find(aKey)).toEqual(before)
      expect(before).toMatchObject({
        comments: 3,
        silences: 1,
        collection: { session: 'one', cursor: 'after-1', comments: 3 },
        window: { from: day(1), to: day(3) },
      })
      await scene.store.addChunk(aKey, aChunk({ comments: comments(3, 2), cursor: 'after-2' }))
      const after = await scene.store.find(aKey)
      expect(after).toMatchObject({ comments: 4, collection: { cursor: 'after-2' } })
      expect(after?.revision).not.toBe(before?.revision)
    })

    test('that has ended takes the place of what was there before; until then that goes on serving', async () => {
      await scene.learn(5)
      await scene.store.addChunk(aKey, aChunk({ session: 'two', comments: comments(100, 2) }))
      expect(await scene.store.find(aKey)).toMatchObject({
        comments: 5,
        collection: { session: 'two', comments: 2 },
      })
      await scene.store.addChunk(aKey, aChunk({ session: 'two', comments: comments(102, 1), done: true }))
      expect(await scene.store.find(aKey)).toMatchObject({ comments: 3, collection: null })
      const { comments: kept } = await scene.store.texts(aKey)
      expect(kept.map(({ id }) => id)).toEqual([102, 101, 100])
      const rows = await scene.database.query('SELECT 1 FROM persona_samples')
      expect(rows).toHaveLength(3)
    })

    test('whose end comes again, or after a newer one has ended, changes nothing', async () => {
      await scene.agree()
      await scene.store.addChunk(aKey, aChunk({ session: 'slow', comments: comments(1, 2) }))
      await scene.store.addChunk(aKey, aChunk({ session: 'quick', comments: comments(10, 3), done: true }))
      const settled = await scene.store.find(aKey)
      await scene.store.addChunk(aKey, aChunk({ session: 'slow', comments: comments(3, 1), done: true }))
      await scene.store.addChunk(aKey, aChunk({ session: 'quick', comments: comments(20, 3), done: true }))
      expect(await scene.store.find(aKey)).toEqual(settled)
      expect((await scene.store.texts(aKey)).comments).toHaveLength(3)
    })

    test('serves unfinished where nothing else is there', async () => {
      await scene.agree()
      await scene.store.addChunk(
        aKey,
        aChunk({ comments: comments(1, 2), colleagues: [aColleagueComment(9)] }),
      )
      const texts = await scene.store.texts(aKey)
      expect(texts.comments).toEqual([aPastComment({ id: 2 }), aPastComment({ id: 1 })])
      expect(texts.colleagues).toEqual([aColleagueComment(9)])
    })

    test('learns from answers whether a comment was acted on, whichever comes first', async () => {
      await scene.agree()
      const replies = [
        { id: 50, to: 1, says: 'done' },
        { id: 51, to: 2, says: 'disagrees' },
        { id: 52, to: 3, says: 'done' },
        { id: 53, to: 4, says: 'other' },
        { id: 54, to: 999, says: 'done' },
      ] as const
      await scene.store.addChunk(aKey, aChunk({ replies: [...replies] }))
      const known = aPastComment({ id: 3, addressed: 'no' })
      const pieces = [...comments(1, 2), known, aPastComment({ id: 4 })]
      await scene.store.addChunk(aKey, aChunk({ comments: pieces }))
      const told = async () =>
        (await scene.store.texts(aKey)).comments.map(({ id, addressed }) => `${id} ${addressed}`)
      const expected = ['4 unknown', '3 no', '2 no', '1 yes']
      expect(await told(), 'while it goes on').toEqual(expected)
      await scene.store.addChunk(aKey, aChunk({ done: true }))
      expect(await told(), 'once it has ended').toEqual(expected)
      expect(await scene.database.query("SELECT 1 FROM persona_samples WHERE kind = 'reply'")).toEqual([])
    })

    test('keeps the newest within the limit', async () => {
      await scene.agree()
      const many = Array.from({ length: personaLimits.colleagues + 30 }, (_, index) => ({
        id: index + 1,
        at: new Date(Date.parse(day(0)) + index * 1000).toISOString(),
        body: `Remark ${index + 1}`,
      }))
      for (let start = 0; start < many.length; start += personaLimits.chunk) {
        const colleagues = many.slice(start, start + personaLimits.chunk)
        await scene.store.addChunk(aKey, aChunk({ colleagues }))
      }
      const { colleagues } = await scene.store.texts(aKey)
      expect(colleagues).toHaveLength(personaLimits.colleagues)
      expect(colleagues[0]?.id).toBe(many.length)
      expect(colleagues.at(-1)?.id).toBe(31)
    })

    test('for a persona that is gone, or of another account, leaves nothing', async () => {
      await scene.store.addChunk(aKey, aChunk({ comments: comments(1, 2) }))
      expect(await scene.store.find(aKey)).toBeNull()
      await scene.agree()
      const stranger = aChunk({ comments: comments(1, 2), person: { id: 42, login: 'lead' } })
      await scene.store.addChunk(aKey, stranger)
      expect(await scene.store.find(aKey)).toMatchObject({ comments: 0, collection: null })
    })

    test('that comes twice at once is kept once', async () => {
      await scene.agree()
      const chunk = aChunk({ comments: comments(1, 50), silences: [aSilence('a')] })
      await Promise.all([
        scene.store.addChunk(aKey, chunk),
        scene.store.addChunk(aKey, chunk),
        scene.store.addChunk(aKey, chunk),
      ])
      expect(await scene.store.find(aKey)).toMatchObject({ comments: 50, silences: 1 })
    })

    test('that nobody goes on with is dropped after a week', async () => {
      await scene.agree()
      await scene.store.addChunk(aKey, aChunk({ comments: comments(1, 2) }))
      scene.now += 6 * 86_400_000
      await scene.store.tidy()
      expect(await scene.store.find(aKey)).toMatchObject({ comments: 2 })
      scene.now += 2 * 86_400_000
      await scene.store.tidy()
      expect(await scene.store.find(aKey)).toMatchObject({ comments: 0, collection: null })
      expect(await scene.database.query('SELECT 1 FROM persona_samples')).toEqual([])
    })

    /** Brings a version of what is there. */
    async function train(): Promise<void> {
      const about = { repositoryId: aRepository.id, personId: aPerson.id }
      await scene.store.enqueue({ key: aKey, ...about, baseModel: 'model-1', force: false })
      const job = await scene.store.takeJob('w', 60_000)
      await scene.store.reportJob(job?.id ?? '', 'w', { state: 'done', version: aVersion().name })
    }

    test('keeps what the next training needs where it came while one ran', async () => {
      await scene.learn(2)
      await train()
      await scene.store.addChunk(aKey, aChunk({ session: 'two', silences: [aSilence('a')], done: true }))
      await scene.store.dropTrainingTexts(aKey)
      expect((await scene.store.texts(aKey)).silences).toHaveLength(1)
    })

    test('loses what only a training needs, and keeps its comments and its revision', async () => {
      await scene.agree()
      await scene.store.addChunk(
        aKey,
        aChunk({
          comments: comments(1, 2),
          silences: [aSilence('a')],
          colleagues: [aColleagueComment(9)],
          done: true,
        }),
      )
      const before = await scene.store.find(aKey)
      await scene.store.dropTrainingTexts(aKey)
      expect(await scene.store.find(aKey), 'nothing was learned from it').toEqual(before)
      await train()
      await scene.store.dropTrainingTexts(aKey)
      expect(await scene.store.texts(aKey)).toMatchObject({ silences: [], colleagues: [] })
      expect(await scene.store.find(aKey)).toEqual({ ...before, silences: 0 })
    })

    test('tells a style by the same words after colleagues were dropped, however often', async () => {
      await scene.agree()
      const own = comments(1, 30).map((one) => ({ ...one, body: `please round this once, ${one.id}` }))
      const colleagues = Array.from({ length: 60 }, (_, index) => aColleagueComment(500 + index))
      await scene.store.addChunk(aKey, aChunk({ comments: own, colleagues, done: true }))
      const style = async () => styleOfTexts(await scene.store.texts(aKey))
      const before = await style()
      expect(before.words).toContain('please')
      await train()
      await scene.store.dropTrainingTexts(aKey)
      await scene.store.dropTrainingTexts(aKey)
      expect((await scene.store.texts(aKey)).colleagues).toEqual([])
      expect(await style()).toEqual(before)
    })
  })
})
