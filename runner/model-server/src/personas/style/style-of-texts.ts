import type { StyleProfile } from '@ai-review/protocol/persona'
import type { PersonaTexts } from '../persona-store.ts'
import { profileOf } from './style-profile.ts'

/**
 * How the person of these texts writes. Where colleagues' comments are gone, by the words that were telling while they
 * were there: an adapter was trained with them.
 */
export function styleOfTexts({
  comments,
  colleagues,
  words = [],
}: Pick<PersonaTexts, 'comments' | 'colleagues' | 'words'>): StyleProfile {
  const style = profileOf(
    comments.map(({ body }) => body),
    colleagues.map(({ body }) => body),
  )
  return colleagues.length > 0 ? style : { ...style, words: [...words] }
}
