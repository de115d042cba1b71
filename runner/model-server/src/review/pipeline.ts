import type { Usage } from '@ai-review/protocol/review'
import type { Engine } from '../engine/engine.ts'
import { admitCandidates } from './admit.ts'
import { combineCoverage, isComplete } from './coverage.ts'
import { type Clock, startDeadline } from './deadline.ts'
import { indexDiffLines } from './diff-lines.ts'
import type { Pipeline, ResponseCache } from './pipeline-contract.ts'
import { promptHash, promptVersion } from './prompt/prompt-version.ts'
import { rank } from './rank.ts'
import type { Reviewer, ReviewerUsage } from './reviewer.ts'
import { runReviewers } from './run-reviewers.ts'
import { verifySuggestions } from './verify-suggestions.ts'

/** `engine` is null when no model is configured: `reviewers`, the deterministic ones, then work alone. */
export interface PipelineParts {
  readonly engine: Engine | null
  readonly reviewers: readonly Reviewer[]
  readonly cache: ResponseCache
  readonly serverVersion: string
  readonly now?: Clock
}

export function createPipeline(parts: PipelineParts): Pipeline {
  const now = parts.now ?? Date.now
  return {
    run: async (request, run) => {
      const started = now()
      using deadline = startDeadline(run.signal, run.deadline, now)
      run.onProgress({ stage: 'plan', done: 0, total: 1 })
      const reviewers = parts.reviewers
      const reviewed = await runReviewers(reviewers, request, { deadline, onProgress: run.onProgress })
      const { admitted, invalid } = admitCandidates(reviewed.candidates, indexDiffLines(request.files))
      const { findings, duplicate } = rank(verifySuggestions(admitted, request.files))
      const coverage = combineCoverage(request.files, reviewed.coverage)
      return {
        findings,
        complete: isComplete(coverage),
        coverage,
        discarded: { disproved: 0, duplicate, invalid: invalid + reviewed.invalid },
        usage: { ...sumUsage(reviewed.usage), totalMs: now() - started },
        provenance: {
          serverVersion: parts.serverVersion,
          model: parts.engine?.description.model ?? null,
          modelHash: parts.engine?.description.modelHash ?? null,
          adapter: null,
          promptVersion,
          promptHash,
          policyHash: request.policyHash,
          reviewers: reviewers.map((reviewer) => reviewer.name),
        },
        notices: [...reviewed.notices],
      }
    },
  }
}

function sumUsage(usages: readonly ReviewerUsage[]): Omit<Usage, 'totalMs'> {
  const sum = (key: keyof ReviewerUsage) => usages.reduce((total, usage) => total + usage[key], 0)
  return {
    promptTokens: sum('promptTokens'),
    completionTokens: sum('completionTokens'),
    modelCalls: sum('modelCalls'),
    cachedBatches: sum('cachedBatches'),
    batches: sum('batches'),
    engineMs: sum('engineMs'),
  }
}
