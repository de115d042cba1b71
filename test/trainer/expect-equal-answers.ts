import { expect } from 'vitest'
import type { ReferenceAnswer } from './ask-reference.ts'
import type { LlamaAnswer } from './llama-answers.ts'

/** Rounding in 32 bits moved a log-probability by at most 0.0007 when this was measured. */
const mostRounding = 0.005
const leastMargin = 0.001

/** The same tokens, and log-probabilities equal but for rounding. Says so when rounding alone could choose a token. */
export function expectEqualAnswers(
  answers: readonly LlamaAnswer[],
  references: readonly ReferenceAnswer[],
): void {
  const margins = references.flatMap((reference) => reference.margins)
  expect(Math.min(...margins), 'Another seed is needed: two tokens are as good as equal').toBeGreaterThan(
    leastMargin,
  )
  expect(answers.map(({ tokens }) => tokens)).toEqual(references.map(({ tokens }) => tokens))
  const expected = references.flatMap(({ logprobs }) => logprobs)
  const differences = answers
    .flatMap(({ logprobs }) => logprobs)
    .map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN)))
  expect(Math.max(...differences)).toBeLessThan(mostRounding)
}
