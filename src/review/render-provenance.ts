import type { Done } from '@ai-review/protocol/review'
import { codeSpan } from './code-block.ts'
import { counted } from './counts.ts'
import type { ReviewSummary } from './review-summary.ts'
import { clip, visibleLine } from './visible-text.ts'

const longestName = 100

function name(text: string): string {
  return codeSpan(clip(visibleLine(text), longestName))
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function renderModel({ provenance }: Done): string {
  const reviewers = provenance.reviewers.map(name).join(', ')
  if (provenance.model === null) return `**No model took part.** Reviewers: ${reviewers}.`
  const hash = provenance.modelHash === null ? '' : ` (${name(provenance.modelHash.slice(0, 12))})`
  const adapter = provenance.adapter === null ? '' : ` with adapter ${name(provenance.adapter)}`
  return `Model ${name(provenance.model)}${hash}${adapter}. Reviewers: ${reviewers}.`
}

/** Who took part, how thoroughly, at what cost, and what the answer can be reproduced from. */
export function renderProvenance({ answer, totalMs, policy, headSha }: ReviewSummary): string {
  const read = `Commit ${name(headSha.slice(0, 12))}, policy ${name(policy.hash.slice(0, 12))}`
  if (answer === null) return `${read}, ${seconds(totalMs)}. No model took part.`
  const { usage, provenance } = answer.done
  const tokens = `${usage.promptTokens.toLocaleString('en-US')} tokens read and ${usage.completionTokens.toLocaleString('en-US')} written`
  const calls = counted(usage.modelCalls, 'model call')
  return [
    renderModel(answer.done),
    // A review's body is written before the run has ended, when only the server's time is known.
    `Effort ${answer.accepted.effort}, ${seconds(totalMs || usage.totalMs)}, ${calls}, ${tokens}.`,
    `${read}, prompt ${name(provenance.promptVersion)} (${name(provenance.promptHash.slice(0, 12))}), server ${name(provenance.serverVersion)}.`,
  ].join('\n')
}
