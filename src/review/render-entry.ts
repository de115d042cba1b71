import { codeSpan } from './code-block.ts'
import type { StandingFinding } from './counts.ts'
import type { EarlierRecord } from './earlier-finding.ts'
import type { EntryLength } from './fair-list.ts'
import { describeLines } from './finding-location.ts'
import type { JudgedFinding } from './judge.ts'
import { paragraphs } from './paragraphs.ts'
import { badge, renderFindingBody, renderFindingTitle, saysTitleFirst } from './render-comment.ts'
import { renderSuggestedText } from './render-suggestion.ts'
import type { ReviewSummary } from './review-summary.ts'
import { threadLink } from './thread-link.ts'
import { clip, visibleLine } from './visible-text.ts'
import { renderStyleNote, renderVoiceLine, type VoiceContext } from './voice-line.ts'

const longestPath = 300

/** An untrusted path as code. */
export function pathSpan(path: string | null): string {
  return path === null ? 'a file without a readable path' : codeSpan(clip(visibleLine(path), longestPath))
}

/** Parts of one list item, each a block of its own; those that are '' are left out. */
function listItem(parts: readonly string[]): string {
  const [head = '', ...rest] = paragraphs(parts).split('\n')
  return [`- ${head}`, ...rest.map((line) => (line === '' ? '' : `  ${line}`))].join('\n')
}

interface EntryOptions {
  /** The run that the finding belongs to. */
  readonly about: VoiceContext
  /** What stands hidden with the entry. */
  readonly hidden?: string
}

/** A finding of this run: what and where, and in full the rest of it with the reason why it stands here. */
export function renderEntry(
  { finding, reason }: JudgedFinding,
  length: EntryLength,
  { about, hidden = '' }: EntryOptions,
): string {
  const place = `**${badge(finding)}** · ${pathSpan(finding.path)} ${describeLines(finding)}`
  const head = `${place} · ${renderFindingTitle(finding)}`
  if (length === 'brief') {
    const note = renderStyleNote(finding, about)
    return listItem([note === '' ? head : `${head} · ${note}`, hidden])
  }
  const said = [renderFindingBody(finding), renderSuggestedText(finding), renderVoiceLine(finding, about)]
  return listItem([saysTitleFirst(finding) ? place : head, ...said, reason, hidden])
}

const steps: Readonly<Record<EarlierRecord['step'], string>> = {
  none: '',
  resolve: '',
  reopen: 'found again, so its thread is open again',
  'leave-replied': 'its thread stays open, since somebody has replied there',
  'leave-not-permitted': '',
}

function renderPlace({ record, again }: StandingFinding, pageUrl: string): string {
  const { thread } = record
  if (thread === null)
    return again === undefined ? '' : `${pathSpan(again.finding.path)} ${describeLines(again.finding)}`
  const words = thread.line === null ? 'thread' : `line ${thread.line}`
  return `${pathSpan(thread.path)} ${threadLink(words, pageUrl, thread.commentId)}`
}

/** A finding of an earlier run with the way to its thread, and with its words where this run has found it again. */
export function renderStanding(
  standing: StandingFinding,
  about: VoiceContext & Pick<ReviewSummary, 'pageUrl'>,
): string {
  const { severity, category, step } = standing.record
  const kind = severity === undefined || category === undefined ? 'Finding' : badge({ severity, category })
  const again = standing.again?.finding
  const title = again === undefined ? '' : renderFindingTitle(again)
  const note = again === undefined ? '' : renderStyleNote(again, about)
  const told = [`**${kind}**`, renderPlace(standing, about.pageUrl), title, note, steps[step]]
  return listItem([told.filter((part) => part !== '').join(' · ')])
}
