import { replyLimits } from '@ai-review/protocol/reply'
import { z } from 'zod'
import { parseJson } from '../engine/parse-json.ts'
import { visibleText } from '../review/prompt/shown-text.ts'
import { isLooping } from '../review/reviewers/model/is-looping.ts'

const AnsweredReply = z.object({ answer: z.string().max(replyLimits.answer) })

/** The words of an answer, unseen characters written out; null where it says nothing, goes in circles or is too long. */
export function readReply(text: string): string | null {
  const answered = AnsweredReply.safeParse(parseJson(text))
  if (!answered.success || isLooping(answered.data.answer)) return null
  const lines = answered.data.answer.trim().split(/\r?\n/)
  const shown = lines.map((line) => visibleText(line).trimEnd()).join('\n')
  const saysSomething = /[\p{L}\p{N}]/u.test(shown.replace(/⟦U\+[0-9A-F]+⟧/g, ''))
  return saysSomething && shown.length <= replyLimits.answer ? shown : null
}
