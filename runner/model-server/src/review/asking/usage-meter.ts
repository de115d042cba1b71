import type { Completion } from '../../engine/engine.ts'
import type { ReviewerUsage } from '../reviewer.ts'

/** Adds up what calls of the model cost. */
export interface UsageMeter {
  addCall(usage: Completion['usage'], ms: number): void
  addCached(): void
  total(batches: number): ReviewerUsage
}

/** More than any context holds; the sums of a review stay far from where whole numbers end. */
const mostTokens = 1_000_000_000

/** An engine is a foreign program: a count that is not one must not spoil the sum. */
const counted = (value: number): number =>
  Number.isSafeInteger(value) && value > 0 && value <= mostTokens ? value : 0

export function createUsageMeter(): UsageMeter {
  const sum = { promptTokens: 0, completionTokens: 0, modelCalls: 0, cachedBatches: 0, engineMs: 0 }
  return {
    addCall: (usage, ms) => {
      sum.promptTokens += counted(usage.promptTokens)
      sum.completionTokens += counted(usage.completionTokens)
      sum.modelCalls += 1
      sum.engineMs += Math.max(0, ms)
    },
    addCached: () => {
      sum.cachedBatches += 1
    },
    total: (batches) => ({ ...sum, batches }),
  }
}
