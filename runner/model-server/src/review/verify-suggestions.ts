import type { Admitted } from './admit.ts'
import { checkSuggestion } from './suggestion/check-suggestion.ts'

function verified(one: Admitted): Admitted {
  const { suggestion, ...prose } = one.candidate
  if (suggestion === undefined) return one
  const { headText } = one.lines[0].file
  const checked = checkSuggestion({ path: prose.path, lines: one.lines, suggestion, headText })
  return { ...one, candidate: checked === null ? prose : { ...prose, suggestion: checked } }
}

/** The same findings; a suggestion that does not hold is gone and its finding remains as prose. */
export function verifySuggestions(admitted: readonly Admitted[]): readonly Admitted[] {
  return admitted.map(verified)
}
