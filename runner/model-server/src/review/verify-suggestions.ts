import { setImmediate as breathe } from 'node:timers/promises'
import type { Admitted } from './admit.ts'
import { checkSuggestion } from './suggestion/check-suggestion.ts'
import { worthOf } from './worth.ts'

/**
 * UTF-16 units of files that suggestions are applied to and parsed in one review. Parsing takes about 0.4 ms per
 * 1,000 of them, during which the server does nothing else.
 */
const appliedTextMax = 4_000_000

function verified(one: Admitted): Admitted {
  const { suggestion, ...prose } = one.candidate
  if (suggestion === undefined) return one
  const checked = checkSuggestion({ file: one.lines[0].file, lines: one.lines, suggestion })
  return { ...one, candidate: checked === null ? prose : { ...prose, suggestion: checked } }
}

function asProse(one: Admitted): Admitted {
  const { suggestion: _unchecked, ...prose } = one.candidate
  return { ...one, candidate: prose }
}

/**
 * The same findings, most valuable first; a suggestion that does not hold, or that there was no time to check, is
 * gone and its finding remains as prose.
 */
export async function verifySuggestions(admitted: readonly Admitted[]): Promise<readonly Admitted[]> {
  const results: Admitted[] = []
  let applied = 0
  for (const one of admitted.toSorted((a, b) => worthOf(b.candidate) - worthOf(a.candidate))) {
    if (one.candidate.suggestion === undefined) {
      results.push(one)
      continue
    }
    applied += one.lines[0].file.headText?.length ?? 0
    results.push(applied > appliedTextMax ? asProse(one) : verified(one))
    await breathe()
  }
  return results
}
