import type { ReviewRequest } from '@ai-review/protocol/review'
import type { DecodingSchema, Message } from '../../engine/engine.ts'
import type { EffortSettings } from '../plan/effort-settings.ts'
import type { Piece } from '../plan/piece.ts'
import type { TokenEstimate } from '../plan/token-estimate.ts'
import { reviewSchema } from './answer-schema.ts'
import { chooseGuidelines } from './choose-guidelines.ts'
import { reviewInstructions } from './prompt-version.ts'
import { renderBatch, type ShownLine } from './render-batch.ts'
import { renderChangedFiles } from './render-changed-files.ts'
import { shownName } from './shown-text.ts'

/** Room of a prompt in tokens, shared out over its parts. */
export interface PromptRoom {
  readonly guidelines: number
  readonly changedFiles: number
  readonly batch: number
  readonly answer: number
}

/** What every question of one review has in common. */
export interface PromptFrame {
  readonly request: ReviewRequest
  readonly settings: EffortSettings
  readonly room: PromptRoom
  readonly estimate: TokenEstimate
}

export interface ReviewQuestion {
  readonly messages: readonly Message[]
  readonly schema: DecodingSchema
  readonly lines: ReadonlyMap<string, ShownLine>
  readonly cutGuidelines: readonly string[]
}

const section = (head: string, text: string): string => (text === '' ? '' : `${head}\n\n${text}\n\n`)

/**
 * The question about some pieces. What is common to the batches of a change stands first, so that engines with a
 * prefix cache read it once. Title and description of the change are not part of it: they can only mislead.
 */
export function reviewQuestion(
  { request, settings, room, estimate }: PromptFrame,
  pieces: readonly Piece[],
  { focus, contextLines }: { readonly focus: string; readonly contextLines: number },
): ReviewQuestion {
  const paths = [...new Set(pieces.map((piece) => piece.file.path))]
  const guidelines = chooseGuidelines(request.guidelines, paths, { tokens: room.guidelines, estimate })
  const files = renderChangedFiles(request.changedFiles, { tokens: room.changedFiles, estimate })
  const batch = renderBatch(pieces, contextLines)
  const language =
    request.language === undefined ? '' : ` Write title and body in ${shownName(request.language)}.`
  const content = [
    section('Guidelines of the repository:', guidelines.text),
    section('All files of the change:', files),
    section('The part to review:', batch.text),
    `Look for ${focus}. At most ${settings.findings} findings.${language}`,
  ]
  return {
    messages: [
      { role: 'system', content: reviewInstructions },
      { role: 'user', content: content.join('') },
    ],
    schema: reviewSchema([...batch.lines.keys()], settings.findings),
    lines: batch.lines,
    cutGuidelines: guidelines.cut,
  }
}
