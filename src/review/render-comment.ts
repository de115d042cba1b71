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
import { clip, visibleText } from './visible-text.ts'
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

/** Past comments stand as links in the line of the voice. */
function renderEvidence({ evidence, confidence, reviewer, voice }: Finding): string {
  const named = evidence
    .filter((one) => voice === undefined || !isPastComment(one))
    .map(
      ({ kind, reference }) =>
        `${evidenceNames[kind]} ${codeSpan(clip(visibleText(reference), longest.reference))}`,
    )
  return ['Found by', reviewer, '·', `confidence ${Math.round(confidence * 100)} %`]
    .join(' ')
    .concat(named.map((one) => ` · ${one}`).join(''))
}

function renderBody(finding: Finding, { files, headSha, about = {} }: CommentContext): string {
  const file = files.find(({ path }) => path === finding.path)
  const mark = formatMark(markOf(finding, headSha))
  const title = `**${badge(finding)}**: ${renderFindingTitle(finding)}`
  const told = [title, renderFindingBody(finding), renderSuggestion(finding, file), renderEvidence(finding)]
  return paragraphs([...told, renderVoiceLine(finding, about), mark])
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
