import type { StyleProfile } from '@ai-review/protocol/persona'
import type { PersonaTexts } from '../persona-store.ts'

/** Measures how a person writes, beside how others do. */
export type StyleOf = (bodies: readonly string[], others: readonly string[]) => StyleProfile

/**
 * How the person of these texts writes. Where colleagues' comments are gone, by the words that were telling while they
 * were there: an adapter was trained with them.
 */
export function styleOfTexts(
  { comments, colleagues, words = [] }: Pick<PersonaTexts, 'comments' | 'colleagues' | 'words'>,
  styleOf: StyleOf,
): StyleProfile {
  const style = styleOf(
    comments.map(({ body }) => body),
    colleagues.map(({ body }) => body),
  )
  return colleagues.length > 0 ? style : { ...style, words: [...words] }
}
