import { failingFindings } from './conclude.ts'
import { badge } from './render-comment.ts'
import { longestTitle } from './render-title.ts'
import type { ReviewSummary } from './review-summary.ts'
import { clip, visibleLine, visibleText } from './visible-text.ts'
import { styleNote } from './voice-line.ts'

/** Fits the role `CheckAnnotation`. */
export interface RenderedAnnotation {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}

/** Four requests of GitHub's 50: beyond that nobody reads them, and each request costs time. */
const mostAnnotations = 200

/** Only what has no line comment, and a line to stand on: the same remark twice on one line helps nobody. */
export function renderAnnotations(summary: ReviewSummary): RenderedAnnotation[] {
  const failing = new Set(failingFindings(summary))
  return summary.judged
    .filter(({ verdict, finding }) => verdict === 'in-summary' && finding.side === 'RIGHT')
    .slice(0, mostAnnotations)
    .map((one) => ({
      path: one.finding.path,
      startLine: Math.min(one.finding.startLine ?? one.finding.line, one.finding.line),
      endLine: one.finding.line,
      level: failing.has(one) ? 'failure' : one.finding.severity === 'low' ? 'notice' : 'warning',
      title: clip(`${badge(one.finding)}: ${visibleLine(one.finding.title)}`, longestTitle),
      message: [
        visibleText(one.finding.body).trim() || visibleLine(one.finding.title),
        ...[styleNote(one.finding, summary)].filter((note) => note !== ''),
      ].join('\n\n'),
    }))
}
