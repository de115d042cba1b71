import type { PersonaShare } from '@ai-review/protocol/review'
import { codeSpan } from './code-block.ts'
import { counted } from './counts.ts'
import { ledgerName } from './ledger-name.ts'
import { nameOf, reasonOfAbsence } from './render-voice-outcome.ts'
import type { ReviewSummary } from './review-summary.ts'
import { renderCard, renderStyleNote } from './voice-line.ts'

const arms: Readonly<Record<PersonaShare['arm'], string>> = {
  live: ', its live version',
  canary: ', a version on trial',
  none: '',
}

/** How the voice that was asked for took part; '' where none was. */
export function renderVoice(summary: ReviewSummary): string {
  const { voice, answer } = summary
  if (voice === undefined || answer === null) return ''
  const { persona } = answer.done
  if (persona === undefined || persona.by === 'absent') {
    const rest = voice.beside
      ? 'The rest of the review took place without this voice.'
      : 'Nothing was reviewed in this voice.'
    const why = persona === undefined ? '' : `: ${reasonOfAbsence(summary)}`
    return `**The server did not take part in the style of ${nameOf(voice)}**${why}. ${rest}`
  }
  // Beside the reviewer it wrote some of the comments at most: each says so itself.
  const who = voice.beside
    ? `**A voice in the style of ${nameOf(voice)}** took part`
    : `**${renderStyleNote({ voice: voice.login }, summary)}**`
  const how =
    persona.adapter === null
      ? 'by past comments alone'
      : `by past comments and the adapter ${codeSpan(persona.adapter)}${arms[persona.arm]}`
  const near =
    persona.near === 0
      ? 'No place of the change had a past comment near, so this voice kept silent.'
      : `${counted(persona.near, 'place')} of the change had a past comment near; everywhere else this voice kept silent.`
  const card = renderCard(summary)
  return `${who}, ${how}. ${near}${card === '' ? '' : ` What is known of the voice: ${card}.`}`
}

/** True where nobody but the voice of a person was asked. */
export function isVoiceAlone({ voice }: Pick<ReviewSummary, 'voice'>): boolean {
  return voice !== undefined && !voice.beside
}

/**
 * True where the reviewer itself has read every hunk, now or before. A voice alone reads for what its person would
 * remark, so what it has read is no review of the change.
 */
export function isReadByReviewer(summary: ReviewSummary): boolean {
  if (!isVoiceAlone(summary)) return true
  const known = new Set(summary.answer?.done.ledger?.hunks ?? [])
  return summary.selection.selected.every(({ path, hunks }) =>
    hunks.every((hunk) => known.has(ledgerName(path, hunk))),
  )
}
