import type { Evidence, Finding } from '@ai-review/protocol/finding'
import type { FileDiff } from '../diff/file-diff.ts'
import { lineText } from '../diff/line-at.ts'
import { codeBlock, codeSpan } from './code-block.ts'
import { placementOf } from './finding-location.ts'
import { inertLine, inertMarkdown } from './inert-markdown.ts'
import type { JudgedFinding } from './judge.ts'
import { formatMark } from './marker.ts'
import { isSafeSuggestion } from './suggestion-risk.ts'
import { clip, visibleText } from './visible-text.ts'

/** A line comment, ready to be posted. */
export interface RenderedComment {
  readonly path: string
  readonly side: 'LEFT' | 'RIGHT'
  readonly startLine?: number
  readonly line: number
  readonly body: string
}

interface CommentContext {
  readonly headSha: string
  readonly files: readonly FileDiff[]
}

// Escapes make a text up to twelve times as long; GitHub takes 65,536 characters.
const longest = { title: 240, body: 3000, code: 8000, reference: 200 } as const

const evidenceNames: Readonly<Record<Evidence['kind'], string>> = {
  rule: 'Rule',
  guideline: 'Guideline',
  'past-comment': 'Past comment',
}

/** Severity and category in words, such as `High · error handling`. */
export function badge({ severity, category }: Pick<Finding, 'severity' | 'category'>): string {
  const name = severity.charAt(0).toUpperCase() + severity.slice(1)
  return `${name} · ${category.replaceAll('-', ' ')}`
}

/** Title and body of a finding, inert. */
export function renderRemark(finding: Finding): string {
  const title = inertLine(clip(visibleText(finding.title), longest.title))
  const body = inertMarkdown(clip(visibleText(finding.body), longest.body))
  return [`**${badge(finding)}**: ${title}`, body].filter((part) => part !== '').join('\n\n')
}

function originalText(finding: Finding, file: FileDiff): string | null {
  const lines: string[] = []
  for (let line = finding.startLine ?? finding.line; line <= finding.line; line++) {
    const text = lineText(file, 'RIGHT', line)
    if (text === null) return null
    lines.push(text)
  }
  return lines.join('\n')
}

/** Offered for one click where that is safe, else shown as code. A suggestion only fits the side it replaces. */
function renderSuggestion(finding: Finding, file: FileDiff | undefined): string {
  const suggestion = finding.suggestion?.replace(/\r\n?/g, '\n')
  if (suggestion === undefined) return ''
  const original = file === undefined || finding.side !== 'RIGHT' ? null : originalText(finding, file)
  if (original === suggestion) return ''
  if (original !== null && isSafeSuggestion(suggestion, original)) return codeBlock(suggestion, 'suggestion')
  if (suggestion.trim() === '') return ''
  return `Suggested text, to be read before it is used:\n\n${codeBlock(clip(visibleText(suggestion), longest.code), 'text')}`
}

function renderEvidence({ evidence, confidence, reviewer }: Finding): string {
  const named = evidence.map(
    ({ kind, reference }) =>
      `${evidenceNames[kind]} ${codeSpan(clip(visibleText(reference), longest.reference))}`,
  )
  return ['Found by', reviewer, '·', `confidence ${Math.round(confidence * 100)} %`]
    .join(' ')
    .concat(named.map((one) => ` · ${one}`).join(''))
}

function renderBody(finding: Finding, { files, headSha }: CommentContext): string {
  const file = files.find(({ path }) => path === finding.path)
  const mark = formatMark({
    kind: 'finding',
    head: headSha,
    identity: finding.identity,
    seal: finding.seal,
  })
  return [renderRemark(finding), renderSuggestion(finding, file), renderEvidence(finding), mark]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** One comment for each finding whose verdict is `posted`, in their order. */
export function renderComments(judged: readonly JudgedFinding[], context: CommentContext): RenderedComment[] {
  return judged
    .filter(({ verdict }) => verdict === 'posted')
    .map(({ finding }) => ({
      path: finding.path,
      ...placementOf(finding),
      body: renderBody(finding, context),
    }))
}
