import type { Notice } from '@ai-review/protocol/review'
import { boundedList } from './bounded-list.ts'
import { guidelineSkipReasons } from './choose-guidelines.ts'
import { codeSpan } from './code-block.ts'
import { counted, countVerdicts, verdictNames } from './counts.ts'
import { leftAlone, unreviewedFiles } from './coverage.ts'
import { fairList } from './fair-list.ts'
import { inertLine } from './inert-markdown.ts'
import type { JudgedFinding } from './judge.ts'
import { paragraphs } from './paragraphs.ts'
import { pathSpan, renderEntry } from './render-entry.ts'
import type { ReviewSummary } from './review-summary.ts'
import { skipReasons } from './skip-reason.ts'
import type { VoiceContext } from './voice-line.ts'

function section(title: string, content: string): string {
  return content === '' ? '' : `### ${title}\n\n${content}`
}

export function renderFailure({ answer, failure }: ReviewSummary): string {
  if (failure === undefined) return ''
  const what = answer === null ? 'Not reviewed' : 'Not posted'
  return `**${what}.** ${inertLine(failure.message)} ${inertLine(failure.hint)} (${codeSpan(failure.code)})`
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

/** Findings that the summary has to tell, since no line comment does. */
export function withoutComment(judged: readonly JudgedFinding[]): JudgedFinding[] {
  return judged.filter(({ verdict }) => verdict === 'in-summary' || verdict === 'outside-diff')
}

/** Findings that stand as line comments, one line each; '' where there are none. */
export function renderCommented(summary: ReviewSummary, most: number): string {
  const posted = summary.judged.filter(({ verdict }) => verdict === 'posted')
  const list = boundedList(posted, (one) => renderEntry(one, 'brief', { about: summary }), { most })
  return section(`With a line comment: ${counted(posted.length, 'finding')}`, list)
}

interface Uncommented {
  /** The run that the findings belong to. */
  readonly about: VoiceContext
  readonly most: number
  /** Where texts that find no room here are. */
  readonly elsewhere: string
  /** What stands hidden with an entry. */
  readonly hidden?: (one: JudgedFinding) => string
}

/** Findings that have no line comment, each readable, with all its words as far as there is room. */
export function renderUncommented(found: readonly JudgedFinding[], options: Uncommented): string {
  const { most, elsewhere, about, hidden = () => '' } = options
  const reasons = new Set(found.map(({ reason }) => reason))
  const [reason = ''] = reasons
  const told = reasons.size === 1 ? found.map((one) => ({ ...one, reason: '' })) : found
  const list = fairList(told, (one, length) => renderEntry(one, length, { about, hidden: hidden(one) }), {
    most,
    elsewhere,
  })
  const content = paragraphs([reasons.size === 1 ? reason : '', list])
  return section(`Without a line comment: ${counted(found.length, 'finding')}`, content)
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
    // First, so that no number of problems leaves no room for it.
    ...(problems.length > 0 ? [fallback] : []),
    ...problems,
    ...notices,
    ...(answer?.done.notices ?? []),
    ...guidelines,
  ]
  return section('To mend', boundedList(all, renderNotice, { most }))
}
