import type { Notice } from '@ai-review/protocol/review'
import { boundedList } from './bounded-list.ts'
import { guidelineSkipReasons } from './choose-guidelines.ts'
import { codeSpan } from './code-block.ts'
import { counted, countVerdicts, verdictNames } from './counts.ts'
import { leftAlone, unreviewedFiles } from './coverage.ts'
import { describeLines } from './finding-location.ts'
import { inertLine } from './inert-markdown.ts'
import type { JudgedFinding } from './judge.ts'
import { renderRemark } from './render-comment.ts'
import type { ReviewSummary } from './review-summary.ts'
import { skipReasons } from './skip-reason.ts'
import { clip, visibleLine } from './visible-text.ts'

const longestPath = 300

function pathSpan(path: string | null): string {
  return path === null ? 'a file without a readable path' : codeSpan(clip(visibleLine(path), longestPath))
}

function section(title: string, content: string): string {
  return content === '' ? '' : `### ${title}\n\n${content}`
}

/** A finding that has no line comment: where, what, and why it stands here. */
export function renderEntry({ finding, reason }: JudgedFinding): string {
  const why = reason === '' ? '' : `\n\n${reason}`
  return `${pathSpan(finding.path)} ${describeLines(finding)}\n\n${renderRemark(finding)}${why}`
}

export function renderFailure({ failure }: ReviewSummary): string {
  if (failure === undefined) return ''
  return `**Not reviewed.** ${inertLine(failure.message)} ${inertLine(failure.hint)} (${codeSpan(failure.code)})`
}

/** What became of the findings, in one sentence that leaves out what did not happen. */
export function renderVerdicts({ judged, answer }: ReviewSummary): string {
  const { disproved = 0, duplicate = 0, invalid = 0 } = answer?.done.discarded ?? {}
  const counts: readonly (readonly [string, number])[] = [
    ...[...countVerdicts(judged)].map(([verdict, count]) => [verdictNames[verdict], count] as const),
    ['disproved by the server', disproved],
    ['repeated', duplicate],
    ['not usable', invalid],
  ]
  const told = counts.filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`)
  return told.length === 0 ? '' : `What became of the findings: ${told.join(', ')}.`
}

export function renderFindings(judged: readonly JudgedFinding[], most: number): string {
  return boundedList(judged, renderEntry, { most, separator: '\n\n' })
}

export function renderUnreviewed(summary: ReviewSummary, most: number): string {
  const files = unreviewedFiles(summary)
  const list = boundedList(files, ({ path, reason }) => `- ${pathSpan(path)}: ${reason}`, { most })
  return section(`Not reviewed: ${counted(files.length, 'file')}`, list)
}

export function renderLeftAlone(summary: ReviewSummary, most: number): string {
  const reasons = [...leftAlone(summary)]
  const share = Math.floor(most / Math.max(1, reasons.length))
  const lines = reasons.map(([reason, paths]) => {
    const names = boundedList(paths, pathSpan, { most: share, separator: ', ' })
    return `- ${skipReasons[reason].sentence} (${paths.length}): ${names}`
  })
  return section('Left alone', lines.join('\n'))
}

function renderNotice({ path, message }: Pick<Notice, 'path' | 'message'>): string {
  return `- ${path === undefined ? '' : `${pathSpan(path)}: `}${inertLine(message)}`
}

/** What the maintainers should mend: the policy, guideline files that were not read, rules that do not work. */
export function renderNotices(summary: ReviewSummary, most: number): string {
  const { policy, skippedGuidelines, notices, answer } = summary
  const problems = policy.problems.map(({ message }) => ({ message }))
  const fallback = { message: 'The policy file was not used; the defaults are in force.' }
  const guidelines = skippedGuidelines.map(({ path, reason }) => ({
    path,
    message: `not read: ${guidelineSkipReasons[reason]}`,
  }))
  const all: Pick<Notice, 'path' | 'message'>[] = [
    ...problems,
    ...(problems.length > 0 ? [fallback] : []),
    ...notices,
    ...(answer?.done.notices ?? []),
    ...guidelines,
  ]
  return section('To mend', boundedList(all, renderNotice, { most }))
}
