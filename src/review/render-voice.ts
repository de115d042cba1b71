import type { PersonaShare } from '@ai-review/protocol/review'
import { codeSpan } from './code-block.ts'
import { counted } from './counts.ts'
import { ledgerName } from './ledger-name.ts'
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
  const note = renderStyleNote({ voice: voice.login }, summary)
  if (persona === undefined || persona.by === 'absent') {
    return `**Not ${lowerFirst(note)}:** the server holds no consent, or too few past comments, or has no model. ${
      voice.beside
        ? 'The rest of the review took place without this voice.'
        : 'Nothing was reviewed in this voice.'
    }`
  }
  const how =
    persona.adapter === null
      ? 'by past comments alone'
      : `by past comments and the adapter ${codeSpan(persona.adapter)}${arms[persona.arm]}`
  const near = `${counted(persona.near, 'place')} of the change had a past comment near; everywhere else this voice kept silent.`
  const card = renderCard(summary)
  return `**${note}**, ${how}. ${near}${card === '' ? '' : ` What is known of the voice: ${card}.`}`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
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
