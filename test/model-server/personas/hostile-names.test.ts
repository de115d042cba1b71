import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PersonaKey } from '../../../runner/model-server/src/personas/persona-key.ts'
import type { KeptPersonas } from '../../../runner/model-server/src/personas/persona-store.ts'
import { createPersonas, type Personas } from '../../../runner/model-server/src/personas/personas.ts'
import { createVoices, type KeptVoices } from '../../../runner/model-server/src/personas/voices.ts'
import { createPersonaStore } from '../../../runner/model-server/src/store/persona-store.ts'
import { dialects, type OpenedDatabase } from '../support/dialects.ts'
import { aChunk, aConsent, aPastComment, aPerson, aVersion, comments } from '../support/persona-parts.ts'

let opened: OpenedDatabase
let store: KeptPersonas
let personas: Personas
let voices: KeptVoices

beforeAll(async () => {
  opened = await dialects[0].open()
})
beforeEach(() => {
  store = createPersonaStore({ database: opened.database, secret: randomBytes(32) })
  voices = createVoices({ store, engine: () => null, chooseAdapter: () => null, publicUrl: '' })
  personas = createPersonas({
    store,
    trainings: null,
    servedModel: () => 'model-1',
    publicUrl: '',
    forgetFiles: async () => {},
    onForgotten: (key) => voices.forget(key),
  })
})
afterEach(() => opened.database.script('TRUNCATE personas, persona_withdrawals CASCADE'))
afterAll(() => opened[Symbol.asyncDispose]())

interface Whose {
  readonly owner?: string
  readonly name?: string
  readonly repositoryId?: number
  readonly login?: string
  readonly personId?: number
}

const wholeOf = ({
  owner = 'acme',
  name = 'shop',
  repositoryId = 7,
  login = 'lead',
  personId = 41,
}: Whose) => ({
  key: { owner, repository: name, login } satisfies PersonaKey,
  about: { repository: { id: repositoryId, owner, name }, person: { id: personId, login } },
})

const agree = (whose: Whose, consent = aConsent()) => {
  const { key, about } = wholeOf(whose)
  return personas.agree(key, { ...about, consent })
}

async function learn(whose: Whose, code = 'const total = a', count = 30): Promise<void> {
  const { key, about } = wholeOf(whose)
  await agree(whose)
  const said = comments(1, count).map((comment) => ({
    ...comment,
    hunk: `@@ -1,2 +1,3 @@\n const a = 1\n+${code}`,
  }))
  await personas.upload(key, aChunk({ ...about, comments: said, done: true }))
}

const speak = (whose: Whose) => {
  const { key, about } = wholeOf(whose)
  return voices.find({ ...key, repositoryId: about.repository.id, pullRequest: 999, person: about.person })
}

const forget = (whose: Whose, numbers: { repositoryId?: number; personId?: number } = {}) =>
  personas.forget(wholeOf(whose).key, numbers)

const renamed = [
  ['the repository was renamed', { name: 'store' }],
  ['the repository has another owner', { owner: 'globex' }],
  ['the account was renamed', { login: 'leader' }],
] as const

describe.each(renamed)('where %s since', (_, now) => {
  test('forgetting under the name of today removes what is kept under the earlier one', async () => {
    await learn({})
    expect(await forget(now, { repositoryId: 7, personId: 41 })).toMatchObject({ comments: 30 })
    expect((await store.look(wholeOf({}).key)).record).toBeNull()
    expect(await speak({})).toBeNull()
  })

  test('a consent from before the withdrawal revives nothing under the name of today', async () => {
    await learn({})
    await forget({}, { repositoryId: 7, personId: 41 })
    await expect(agree(now)).rejects.toMatchObject({ code: 'no-consent' })
    const anew = aConsent({ at: new Date(Date.now() + 1000).toISOString() })
    expect(await agree(now, anew)).toMatchObject({ state: 'collecting' })
  })
})

test('an admin who knows no number of a gone account reaches what is kept under the earlier repository', async () => {
  await learn({})
  expect(await forget({ name: 'store' }, { repositoryId: 7 })).toMatchObject({ comments: 30 })
})

test('forgetting reaches nobody else in the repository, and nobody of the same name elsewhere', async () => {
  await learn({})
  await learn({ login: 'other', personId: 42 })
  await learn({ owner: 'globex', repositoryId: 8, personId: 43 })
  expect(await forget({}, { repositoryId: 7, personId: 41 })).toMatchObject({ comments: 30 })
  expect(await speak({ login: 'other', personId: 42 })).not.toBeNull()
  expect(await speak({ owner: 'globex', repositoryId: 8, personId: 43 })).not.toBeNull()
})

describe('two owners with equal names of repository and lead', () => {
  const theirs = { owner: 'globex', repositoryId: 8, personId: 43 }

  test('share no comment, no card and no withdrawal', async () => {
    await learn({}, 'const secretOfAcme = 1')
    await learn(theirs, 'const secretOfGlobex = 2')
    const [ours, others] = [await speak({}), await speak(theirs)]
    expect(ours?.card).not.toBe(others?.card)
    const place = { repositoryId: 8, pullRequest: 999, path: 'src/total.ts', code: 'const secretOfAcme = 1' }
    const near = (await others?.memory.near(place, 50)) ?? []
    expect(JSON.stringify(near)).not.toContain('secretOfAcme')
    await forget({}, { repositoryId: 7, personId: 41 })
    expect(await speak(theirs)).not.toBeNull()
    expect(await personas.status(wholeOf(theirs).key)).toMatchObject({ state: 'ready', comments: 30 })
  })

  test('share no version, though both trained the same adapter', async () => {
    await learn({})
    await learn(theirs)
    await store.saveVersion(aVersion({ state: 'live' }))
    await store.saveVersion(aVersion({ key: wholeOf(theirs).key, state: 'live' }))
    const { hashes } = await store.forget(wholeOf({}).key)
    expect(hashes, 'files that another persona still needs stay').toEqual([])
    expect(await store.versions(wholeOf({}).key)).toEqual([])
    expect(await store.versions(wholeOf(theirs).key)).toHaveLength(1)
  })
})

describe('a repository that was deleted and made again under its name', () => {
  const again = { repositoryId: 70 }

  test('is refused consent, samples, trainings and a voice', async () => {
    await learn({})
    const { key, about } = wholeOf(again)
    await expect(agree(again)).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      personas.upload(key, aChunk({ ...about, comments: [aPastComment({ id: 77 })] })),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(personas.train(key, about)).rejects.toMatchObject({ code: 'conflict' })
    await expect(personas.promote(key, { ...about, to: 'none' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(forget(again, { repositoryId: 70 })).rejects.toMatchObject({ code: 'conflict' })
    expect(await speak(again)).toBeNull()
    expect(await speak({})).toMatchObject({ login: aPerson.login })
  })
})

test('an account that took over the login has no voice, and may not add to what is there', async () => {
  await learn({})
  const taken = { personId: 99 }
  const { key, about } = wholeOf(taken)
  expect(await speak(taken)).toBeNull()
  await expect(agree(taken)).rejects.toMatchObject({ code: 'conflict' })
  await expect(personas.upload(key, aChunk(about))).rejects.toMatchObject({ code: 'conflict' })
  await expect(forget(taken, { personId: 99 })).rejects.toMatchObject({ code: 'conflict' })
})
