import type { Done } from '@ai-review/protocol/review'
import { boundedList } from './bounded-list.ts'
import { codeSpan } from './code-block.ts'
import { counted, numeral } from './counts.ts'
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
  const reviewers = boundedList(provenance.reviewers, name, { most: 1000, separator: ', ' })
  if (provenance.model === null) return `**No model took part.** Reviewers: ${reviewers}.`
  const hash = provenance.modelHash === null ? '' : ` (${name(provenance.modelHash.slice(0, 12))})`
  const adapter = provenance.adapter === null ? '' : ` with adapter ${name(provenance.adapter)}`
  return `Model ${name(provenance.model)}${hash}${adapter}. Reviewers: ${reviewers}.`
}

/** Who took part, how thoroughly, and at what cost. */
export function renderEffort({ answer, totalMs }: ReviewSummary): string {
  if (answer === null) return `No model took part. ${seconds(totalMs)}.`
  const { usage } = answer.done
  const tokens = `${numeral(usage.promptTokens)} tokens read and ${numeral(usage.completionTokens)} written`
  // A review's body is written before the run has ended, when only the server's time is known.
  const time = seconds(totalMs || usage.totalMs)
  const calls = counted(usage.modelCalls, 'model call')
  return `${renderModel(answer.done)}\nEffort ${answer.accepted.effort}, ${time}, ${calls}, ${tokens}.`
}

/** What the answer can be reproduced from. */
export function renderProvenance({ answer, policy, headSha }: ReviewSummary): string {
  const read = `Commit ${name(headSha.slice(0, 12))}, policy ${name(policy.hash.slice(0, 12))}`
  if (answer === null) return `${read}.`
  const { promptVersion, promptHash, serverVersion } = answer.done.provenance
  return `${read}, prompt ${name(promptVersion)} (${name(promptHash.slice(0, 12))}), server ${name(serverVersion)}.`
}
