import type { Evidence, Finding } from '@ai-review/protocol/finding'
import { inertLine } from './inert-markdown.ts'
import type { ReviewSummary } from './review-summary.ts'
import { pastCommentLink } from './thread-link.ts'
import { clip, visibleLine } from './visible-text.ts'

/** What is known of the voice behind a finding; a finding that has one says so even where nothing is. */
export type VoiceContext = Partial<Pick<ReviewSummary, 'voice' | 'answer' | 'pageUrl'>>

const longestName = 60
const mostLinks = 3
const cardPath = /\/cards\/[0-9a-f]{32}$/
/** What `server-url` can be, without anything that Markdown could take for more than an address. */
const serverUrl = /^https?:\/\/[A-Za-z0-9.:[\]-]{1,260}(?:\/[\w.~/-]{0,200})?$/

/** The name of the voice as plain text on one line: the policy's, where it is the one that was asked for. */
function nameOf(voice: string, { voice: asked }: VoiceContext): string {
  const isAsked = asked !== undefined && asked.login.toLowerCase() === voice.toLowerCase()
  return clip(visibleLine(isAsked ? (asked.name ?? asked.login) : voice), longestName)
}

/** `In the style of NAME, written by a model`, as plain text; '' for a finding that has no voice. */
export function styleNote({ voice }: Pick<Finding, 'voice'>, context: VoiceContext): string {
  return voice === undefined ? '' : `In the style of ${nameOf(voice, context)}, written by a model`
}

/** The same for places that show Markdown, inert. */
export function renderStyleNote(finding: Pick<Finding, 'voice'>, context: VoiceContext): string {
  return inertLine(styleNote(finding, context))
}

/** The style note with the ways to the card and to the past comments that the finding rests on; '' without a voice. */
export function renderVoiceLine(finding: Pick<Finding, 'voice' | 'evidence'>, context: VoiceContext): string {
  const note = renderStyleNote(finding, context)
  if (note === '') return ''
  return [note, renderCard(context), ...pastComments(finding, context)]
    .filter((part) => part !== '')
    .join(' · ')
}

/** A link to the card of the voice that took part; '' where there is none to link to. */
export function renderCard({ voice, answer }: VoiceContext): string {
  return cardLink(voice?.server ?? '', answer?.done.persona?.card ?? null)
}

/** A link to a card by its whole address, or by its path on the server; '' where either is not what it should be. */
export function cardLink(server: string, card: string | null): string {
  if (card === null || !cardPath.test(card)) return ''
  const address = card.startsWith('/') ? `${server}${card}` : card
  return serverUrl.test(address) ? `[card](${address})` : ''
}

function pastComments({ evidence }: Pick<Finding, 'evidence'>, { pageUrl = '' }: VoiceContext): string[] {
  return evidence
    .filter(isPastComment)
    .map(({ reference }) => pastCommentLink('past comment', pageUrl, reference))
    .filter((link) => link !== '')
    .slice(0, mostLinks)
}

export function isPastComment({ kind }: Evidence): boolean {
  return kind === 'past-comment'
}
