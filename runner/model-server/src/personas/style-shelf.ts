import type { StyleProfile } from '@ai-review/protocol/persona'
import { fewestComments } from '@ai-review/protocol/persona'
import { LRUCache } from 'lru-cache'
import { keyText, type PersonaKey } from './persona-key.ts'
import type { PersonaRecord, PersonaStore } from './persona-store.ts'
import { styleOfTexts } from './style/style-of-texts.ts'

interface StyleShelf {
  /** Null while there are too few comments to say anything. */
  of(record: PersonaRecord | null): Promise<StyleProfile | null>
  forget(key: PersonaKey): void
}

const mostKept = 200

/** Styles, each measured once for what its person has written by then. */
export function createStyleShelf(store: Pick<PersonaStore, 'texts'>): StyleShelf {
  const kept = new LRUCache<string, { readonly revision: string; readonly style: StyleProfile }>({
    max: mostKept,
  })
  return {
    async of(record) {
      if (record === null || record.comments < fewestComments) return null
      const name = keyText(record.key)
      const known = kept.get(name)
      if (known?.revision === record.revision) return known.style
      const style = styleOfTexts(await store.texts(record.key))
      kept.set(name, { revision: record.revision, style })
      return style
    },
    forget: (key) => {
      kept.delete(keyText(key))
    },
  }
}
