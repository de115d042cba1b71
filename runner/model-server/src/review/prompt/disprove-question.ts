import type { HunkLine } from '@ai-review/protocol/change'
import type { DecodingSchema, Message } from '../../engine/engine.ts'
import type { Admitted } from '../admit.ts'
import { placeOf } from '../diff-lines.ts'
import { verdictSchema } from './answer-schema.ts'
import { disproveInstructions, disproveVoiceInstructions } from './prompt-version.ts'
import { lineId, renderBatch } from './render-batch.ts'
import { visibleText } from './shown-text.ts'

/** Positions of the flagged lines in their hunk. */
function flaggedRange({ lines }: Admitted): { readonly first: number; readonly last: number } {
  const last = lines.at(-1) ?? lines[0]
  const indexOf = (wanted: { readonly side: string; readonly line: number }): number =>
    lines[0].hunk.lines.findIndex((line) => {
      const place = placeOf(line)
      return place.side === wanted.side && place.line === wanted.line
    })
  return { first: indexOf(lines[0]), last: indexOf(last) }
}

function claimOf({ candidate, lines }: Admitted, flagged: readonly HunkLine[]): string {
  const [first, last] = [flagged[0], flagged.at(-1)]
  const place = [first, last].map((line) => (line === undefined ? '' : lineId('A', line)))
  const where = lines.length === 1 ? `line ${place[1]}` : `lines ${place[0]} to ${place[1]}`
  if (candidate.voice !== undefined) return `${where}:\n${candidate.body}`
  return `${where} (${candidate.category}, ${candidate.severity}): ${visibleText(candidate.title)}\n${candidate.body}`
}

/** The question whether a finding holds, with `reach` lines of its hunk and of its file on both sides. */
export function disproveQuestion(
  one: Admitted,
  reach: number,
): { readonly messages: readonly Message[]; readonly schema: DecodingSchema } {
  const { file, hunk } = one.lines[0]
  const { first, last } = flaggedRange(one)
  const lines = hunk.lines.slice(Math.max(0, first - reach), last + 1 + reach)
  const shown = renderBatch([{ file, hunk, lines }], Math.min(reach, 20))
  const claim = claimOf(one, hunk.lines.slice(first, last + 1))
  const isVoiced = one.candidate.voice !== undefined
  const content = isVoiced ? disproveVoiceInstructions : disproveInstructions
  return {
    messages: [
      { role: 'system', content },
      { role: 'user', content: `${shown.text}\n\n${isVoiced ? 'Comment on' : 'Claim about'} ${claim}` },
    ],
    schema: verdictSchema,
  }
}
