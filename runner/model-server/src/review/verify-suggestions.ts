import type { FileToReview } from '@ai-review/protocol/change'
import type { Admitted } from './admit.ts'
import { checkSuggestion } from './suggestion/check-suggestion.ts'

function verified(one: Admitted, headText: string | undefined): Admitted {
  const { suggestion, ...prose } = one.candidate
  if (suggestion === undefined) return one
  const checked = checkSuggestion({ path: prose.path, lines: one.lines, suggestion, headText })
  return { ...one, candidate: checked === null ? prose : { ...prose, suggestion: checked } }
}

/** The same findings; a suggestion that does not hold is gone and its finding remains as prose. */
export function verifySuggestions(
  admitted: readonly Admitted[],
  files: readonly FileToReview[],
): readonly Admitted[] {
  const headTexts = new Map(files.map((file) => [file.path, file.headText]))
  return admitted.map((one) => verified(one, headTexts.get(one.candidate.path)))
}
