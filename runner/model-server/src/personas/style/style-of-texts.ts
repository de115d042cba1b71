import type { StyleProfile } from '@ai-review/protocol/persona'
import type { PersonaTexts } from '../persona-store.ts'
import { profileOf } from './style-profile.ts'

/** People change: what they wrote later was nearer to their newest comments than to all of them. */
const newest = 500

/**
 * How the person of these texts writes now, by the newest of them. Where colleagues' comments are gone, by the words that were telling while they
 * were there: an adapter was trained with them.
 */
export function styleOfTexts({
  comments,
  colleagues,
  words = [],
}: Pick<PersonaTexts, 'comments' | 'colleagues' | 'words'>): StyleProfile {
  const recent = comments.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id - a.id)
  const style = profileOf(
    recent.slice(0, newest).map(({ body }) => body),
    colleagues.map(({ body }) => body),
  )
  return colleagues.length > 0 ? style : { ...style, words: [...words] }
}
