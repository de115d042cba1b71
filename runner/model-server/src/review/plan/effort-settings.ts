import type { Effort } from '@ai-review/protocol/review'

/** What an effort buys. Tokens are estimates that an exact count checks before each call. */
export interface EffortSettings {
  /** Most tokens of hunks in one batch: small ones find more, large ones cost fewer calls. */
  readonly batchTokens: number
  /** Most lines with an id in one batch; each is twice in the schema. */
  readonly batchLines: number
  /** Unchanged lines of the file shown around a hunk, besides the heads of what encloses it. */
  readonly contextLines: number
  readonly guidelineTokens: number
  /** Most findings of one batch, and tokens for them. */
  readonly findings: number
  readonly answerTokens: number
  /** What each reading of a batch looks for, in the words of the prompt. */
  readonly passes: readonly string[]
  readonly verify: boolean
}

const anything = 'any defect that matters'

export const effortSettings: Readonly<Record<Effort, EffortSettings>> = {
  quick: {
    batchTokens: 3000,
    batchLines: 240,
    contextLines: 0,
    guidelineTokens: 800,
    findings: 4,
    answerTokens: 1000,
    passes: [anything],
    verify: false,
  },
  standard: {
    batchTokens: 1800,
    batchLines: 120,
    contextLines: 8,
    guidelineTokens: 2500,
    findings: 5,
    answerTokens: 1400,
    passes: [anything],
    verify: true,
  },
  deep: {
    batchTokens: 1200,
    batchLines: 60,
    contextLines: 20,
    guidelineTokens: 5000,
    findings: 5,
    answerTokens: 1600,
    passes: [
      'wrong results, crashes, security holes and broken callers',
      'races, leaks, error handling, performance, missing tests and broken guidelines',
    ],
    verify: true,
  },
}
