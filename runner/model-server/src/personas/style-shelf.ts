import type { StyleProfile } from '@ai-review/protocol/persona'
import { fewestComments } from '@ai-review/protocol/persona'
import { LRUCache } from 'lru-cache'
import { type PersonaKey, personaKeyOf } from './persona-key.ts'
import type { PersonaRecord, PersonaStore } from './persona-store.ts'

/** Measures how a person writes, beside how others do. */
export type StyleOf = (bodies: readonly string[], others: readonly string[]) => StyleProfile

interface StyleShelf {
  /** Null while there are too few comments to say anything. */
  of(record: PersonaRecord | null): Promise<StyleProfile | null>
  forget(key: PersonaKey): void
}

const mostKept = 200

/** Styles, each measured once for what its person has written by then. */
export function createStyleShelf(store: Pick<PersonaStore, 'texts'>, styleOf: StyleOf): StyleShelf {
  const kept = new LRUCache<string, { readonly revision: string; readonly style: StyleProfile }>({
    max: mostKept,
  })
  return {
    async of(record) {
      if (record === null || record.comments < fewestComments) return null
      const name = nameOf(record.key)
      const known = kept.get(name)
      if (known?.revision === record.revision) return known.style
      const { comments, colleagues } = await store.texts(record.key)
      const style = styleOf(
        comments.map(({ body }) => body),
        colleagues.map(({ body }) => body),
      )
      kept.set(name, { revision: record.revision, style })
      return style
    },
    forget: (key) => {
      kept.delete(nameOf(key))
    },
  }
}

function nameOf(key: PersonaKey): string {
  const { owner, repository, login } = personaKeyOf(key)
  return JSON.stringify([owner, repository, login])
}
