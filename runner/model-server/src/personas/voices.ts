import { fewestComments } from '@ai-review/protocol/persona'
import { LRUCache } from 'lru-cache'
import type { Engine } from '../engine/engine.ts'
import { keyText, type PersonaKey, personaKeyOf } from './persona-key.ts'
import type { PersonaRecord, PersonaStore, StoredVersion } from './persona-store.ts'
import { createMemory } from './retrieval/memory.ts'
import { styleOfTexts } from './style/style-of-texts.ts'
import type { Voice, Voices } from './voice.ts'

interface VoicesOptions {
  readonly store: Pick<PersonaStore, 'find' | 'isWithdrawn' | 'texts' | 'versions'>
  /** Null where no model is configured, or while it is starting. */
  readonly engine: () => Engine | null
  readonly chooseAdapter: (
    versions: readonly StoredVersion[],
    change: { readonly repositoryId: number; readonly pullRequest: number },
  ) => Voice['adapter']
  /** Where people reach this server; '' where that is for those who ask it to know. */
  readonly publicUrl: string
}

/** Voices whose memories are kept from review to review. */
export interface KeptVoices extends Voices {
  /** Drops what is kept of a persona. */
  forget(key: PersonaKey): void
}

type Remembered = Pick<Voice, 'memory' | 'style'>

/**
 * Memories kept at once, and comments in all of them together: a comment takes a few kilobytes. One that nobody asks for
 * goes, as another server may have forgotten its persona and told nobody here.
 */
const kept = { max: 32, comments: 40_000, unusedMs: 15 * 60_000 } as const

/** Builds voices from the store, and keeps the memory of each until its comments change or it is forgotten. */
export function createVoices({ store, engine, chooseAdapter, publicUrl }: VoicesOptions): KeptVoices {
  const memories = new LRUCache<string, { readonly revision: string; readonly built: Promise<Remembered> }>({
    max: kept.max,
    maxSize: kept.comments,
    ttl: kept.unusedMs,
    ttlAutopurge: true,
    updateAgeOnGet: true,
  })

  const build = async ({ key, repositoryId }: PersonaRecord): Promise<Remembered> => {
    const texts = await store.texts(key)
    const embed = engine()?.embed?.bind(engine())
    const memory = await createMemory(texts.comments, {
      repositoryId,
      ...(embed === undefined ? {} : { embed }),
    })
    return { memory, style: styleOfTexts(texts) }
  }

  const remembered = (record: PersonaRecord): Promise<Remembered> => {
    const name = keyText(record.key)
    const known = memories.get(name)
    if (known?.revision === record.revision) return known.built
    const built = build(record)
    const entry = { revision: record.revision, built }
    memories.set(name, entry, { size: Math.max(1, record.comments) })
    built.catch(() => {
      if (memories.peek(name) === entry) memories.delete(name)
    })
    return built
  }

  const adapterFor = async (
    key: PersonaKey,
    change: { readonly repositoryId: number; readonly pullRequest: number },
  ): Promise<Voice['adapter']> => {
    const serving = engine()
    if (serving?.adapters === undefined) return null
    return chooseAdapter(await store.versions(key, serving.description.modelHash), change)
  }

  const find: Voices['find'] = async ({ owner, repository, repositoryId, pullRequest, person }) => {
    const key = personaKeyOf({ owner, repository, login: person.login })
    const record = await store.find(key)
    const isSame = record?.repositoryId === repositoryId && record.personId === person.id
    if (record === null) memories.delete(keyText(key))
    if (record === null || !isSame || record.comments < fewestComments) return null
    const { memory, style } = await remembered(record)
    // Forgotten, or collected anew, while its memory was built.
    if ((await store.find(key))?.revision !== record.revision) {
      memories.delete(keyText(key))
      return null
    }
    return {
      login: person.login,
      name: person.name ?? person.login,
      memory,
      style,
      adapter: await adapterFor(key, { repositoryId, pullRequest }),
      card: `${publicUrl}${record.card}`,
    }
  }

  return {
    // A review goes on without the voice where the database fails.
    find: (asked) => find(asked).catch(() => null),
    isWithdrawn: ({ owner, repository, person }) =>
      store.isWithdrawn(personaKeyOf({ owner, repository, login: person.login })),
    forget: (key) => {
      memories.delete(keyText(key))
    },
  }
}
