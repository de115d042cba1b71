import type { Evidence, Finding } from '@ai-review/protocol/finding'
import type { FileDiff } from '../diff/file-diff.ts'
import { codeSpan } from './code-block.ts'
import { placementOf } from './finding-location.ts'
import { inertLine, inertMarkdown } from './inert-markdown.ts'
import type { JudgedFinding } from './judge.ts'
import { markOf } from './mark-of.ts'
import { formatMark } from './marker.ts'
import { paragraphs } from './paragraphs.ts'
import { renderSuggestion } from './render-suggestion.ts'
import { clip, visibleLine, visibleText } from './visible-text.ts'
import { isPastComment, renderVoiceLine, type VoiceContext } from './voice-line.ts'

/** A line comment, ready to be posted. */
interface RenderedComment {
  readonly path: string
  readonly side: 'LEFT' | 'RIGHT'
  readonly startLine?: number
  readonly line: number
  readonly body: string
}

interface CommentContext {
  readonly headSha: string
  readonly files: readonly FileDiff[]
  readonly about?: VoiceContext
}

// Escapes make a text up to twelve times as long; GitHub takes 65,536 characters.
const longest = { title: 240, body: 3000, reference: 200 } as const

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

/** Title of a finding on one line, inert. */
export function renderFindingTitle({ title }: Finding): string {
  return inertLine(clip(visibleText(title), longest.title))
}

/** Body of a finding, inert. */
export function renderFindingBody({ body }: Finding): string {
  return inertMarkdown(clip(visibleText(body), longest.body))
}

/** True where a body begins with its title: to show both would say the same twice. */
export function saysTitleFirst({ title, body }: Pick<Finding, 'title' | 'body'>): boolean {
  const plain = (text: string) => visibleLine(text).trim().toLowerCase()
  const start = plain(title).replace(/[\s.…]+$/u, '')
  return start !== '' && plain(body).startsWith(start)
}

/** Of a finding in somebody's style this stands in the line of the voice, past comments as links. */
function renderEvidence({ evidence, confidence, reviewer, voice }: Finding): string {
  const named = evidence
    .filter((one) => voice === undefined || !isPastComment(one))
    .map(
      ({ kind, reference }) =>
        `${evidenceNames[kind]} ${codeSpan(clip(visibleText(reference), longest.reference))}`,
    )
  const sure = `confidence ${Math.round(confidence * 100)} %`
  const found = voice === undefined ? [`Found by ${reviewer}`, sure] : [sure]
  return [...found, ...named].join(' · ')
}

function renderBody(finding: Finding, { files, headSha, about = {} }: CommentContext): string {
  const file = files.find(({ path }) => path === finding.path)
  const mark = formatMark(markOf(finding, headSha))
  const source = [renderVoiceLine(finding, about), renderEvidence(finding)].filter((part) => part !== '')
  return paragraphs([...renderWords(finding), renderSuggestion(finding, file), source.join(' · '), mark])
}

/** Blocks that no badge can stand before on the same line: code, lists, headings, tables. */
const plainStart = /^(?:[\p{L}\p{N}"'(]|`(?!``))/u

/** Title and body, or the body alone where it says the title itself. */
function renderWords(finding: Finding): string[] {
  const [head, body] = [`**${badge(finding)}**`, renderFindingBody(finding)]
  if (!saysTitleFirst(finding)) return [`${head}: ${renderFindingTitle(finding)}`, body]
  return plainStart.test(body) ? [`${head}: ${body}`] : [head, body]
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
