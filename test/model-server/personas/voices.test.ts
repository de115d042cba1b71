import { describe, expect, it } from 'vitest'
import { personaKeyOf } from '../../../runner/model-server/src/personas/persona-key.ts'
import type { PersonaRecord } from '../../../runner/model-server/src/personas/persona-store.ts'
import { createVoices } from '../../../runner/model-server/src/personas/voices.ts'
import { createScriptedEngine } from '../../support/scripted-engine.ts'
import { aHistory } from '../support/past-comments.ts'

const key = personaKeyOf({ owner: 'Acme', repository: 'Shop', login: 'Maintainer' })
const asked = {
  owner: 'acme',
  repository: 'shop',
  repositoryId: 7,
  pullRequest: 12,
  person: { id: 3, login: 'maintainer' },
}

/** A store of one persona that counts how often its texts are read. */
function aStore(overrides: Partial<PersonaRecord> = {}) {
  const record: PersonaRecord = {
    key,
    repositoryId: 7,
    personId: 3,
    consent: { kind: 'comment', reference: '1', at: '2024-01-01T00:00:00Z' },
    card: '/cards/1',
    revision: 'one',
    comments: 40,
    silences: 0,
    window: null,
    readAt: null,
    collection: null,
    ...overrides,
  }
  const state = { record: record as PersonaRecord | null, reads: 0, fails: false }
  return {
    state,
    find: async () => {
      if (state.fails) throw new Error('The database is gone.')
      return state.record
    },
    texts: async () => {
      state.reads += 1
      return { comments: aHistory(), silences: [], colleagues: [] }
    },
    isWithdrawn: async () => state.record === null,
    versions: async () => [],
  }
}

const voicesOf = (store: ReturnType<typeof aStore>) =>
  createVoices({
    store,
    engine: () => createScriptedEngine(() => ''),
    chooseAdapter: () => null,
    publicUrl: '',
  })

describe('a voice', () => {
  it('has the memory, the style and the card of its persona, under the name that was asked', async () => {
    const voice = await voicesOf(aStore()).find(asked)
    expect(voice).toMatchObject({ login: 'maintainer', name: 'maintainer', adapter: null, card: '/cards/1' })
    expect(voice?.memory.size).toBe(40)
    expect(voice?.style.comments).toBe(40)
    const named = { ...asked, person: { ...asked.person, name: 'The maintainer' } }
    expect(await voicesOf(aStore()).find(named)).toMatchObject({ name: 'The maintainer' })
  })

  it.each([
    ['another repository of that name', { repositoryId: 8 }],
    ['another account of that name', { personId: 4 }],
    ['too few comments', { comments: 19 }],
  ])('is not found for %s', async (_, overrides) => {
    expect(await voicesOf(aStore(overrides)).find(asked)).toBeNull()
  })

  it('is not found where there is no persona, or no database', async () => {
    const store = aStore()
    store.state.record = null
    expect(await voicesOf(store).find(asked)).toBeNull()
    store.state.fails = true
    expect(await voicesOf(store).find(asked)).toBeNull()
  })

  it('keeps its memory until its comments change or it is forgotten', async () => {
    const store = aStore()
    const voices = voicesOf(store)
    const [first, second] = [await voices.find(asked), await voices.find(asked)]
    expect(second?.memory).toBe(first?.memory)
    expect(store.state.reads).toBe(1)
    if (store.state.record !== null) store.state.record = { ...store.state.record, revision: 'two' }
    expect((await voices.find(asked))?.memory).not.toBe(first?.memory)
    voices.forget({ owner: 'ACME', repository: 'shop', login: 'maintainer' })
    await voices.find(asked)
    expect(store.state.reads).toBe(3)
  })

  it('is not found once it was forgotten while its memory was built', async () => {
    const store = aStore()
    const forgetting = {
      ...store,
      texts: async () => {
        store.state.record = null
        return { comments: aHistory(), silences: [], colleagues: [] }
      },
    }
    expect(await voicesOf(forgetting).find(asked)).toBeNull()
  })
})
