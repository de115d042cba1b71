import { createParser } from 'eventsource-parser'
import { z } from 'zod'
import { type Completion, EngineError } from '../engine.ts'
import { parseJson } from '../parse-json.ts'
import { answerText } from './answer-text.ts'

const Count = z.number().int().min(0).catch(0)

const UsageBody = z.object({
  prompt_tokens: Count,
  completion_tokens: Count,
  prompt_tokens_details: z.object({ cached_tokens: Count }).nullish().catch(null),
})

const Content = z
  .union([
    z.string(),
    z
      .array(z.object({ text: z.string().catch('') }))
      .transform((parts) => parts.map((part) => part.text).join('')),
  ])
  .nullish()
  .catch(null)

/** The same for a chunk of a stream (`delta`) and for an answer in one piece (`message`). */
const AnswerBody = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: Content, refusal: z.string().nullish().catch(null) }).nullish(),
        message: z.object({ content: Content, refusal: z.string().nullish().catch(null) }).nullish(),
        finish_reason: z.string().nullish().catch(null),
      }),
    )
    .nullish(),
  usage: UsageBody.nullish().catch(null),
  error: z.unknown().optional(),
})

/** Longest text of an answer; an engine that goes on beyond it has lost its way, and is cut off. */
const textLengthMax = 500_000

/** Longest stream around an answer: each of its few thousand tokens comes with a few hundred characters. */
const streamLengthMax = 8_000_000

/** Collects an answer from its parts. */
function createCollector() {
  let text = ''
  let refused = false
  let reason: string | null = null
  let usage: Completion['usage'] = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 }
  return {
    get length() {
      return text.length
    },
    add: (json: string) => {
      const body = AnswerBody.safeParse(parseJson(json))
      if (!body.success)
        throw new EngineError('rejected', 'The model server answers in another protocol: check its address.')
      if (body.data.error !== undefined)
        throw new EngineError('crashed', 'The model server failed while answering.')
      const choice = body.data.choices?.[0]
      const part = choice?.delta ?? choice?.message
      text += part?.content ?? ''
      refused ||= (part?.refusal ?? '') !== ''
      reason = choice?.finish_reason ?? reason
      if (body.data.usage) {
        usage = {
          promptTokens: body.data.usage.prompt_tokens,
          cachedTokens: body.data.usage.prompt_tokens_details?.cached_tokens ?? 0,
          completionTokens: body.data.usage.completion_tokens,
        }
      }
    },
    completion: (): Completion => {
      if (refused || reason === 'content_filter') return { text: answerText(text), finish: 'refusal', usage }
      if (reason === 'length' || text.length > textLengthMax) return { text, finish: 'length', usage }
      if (reason === null || reason === 'abort') {
        throw new EngineError('crashed', 'The model server ended its answer without finishing it.')
      }
      return { text: answerText(text), finish: 'stop', usage }
    },
  }
}

/** Reads a completion from a stream of server-sent events, or from an answer in one piece of JSON. */
export async function readCompletion(pieces: AsyncIterable<string>): Promise<Completion> {
  const collector = createCollector()
  let whole = ''
  let received = 0
  let isStream = false
  const parser = createParser({
    onEvent: ({ data }) => {
      isStream = true
      if (data !== '[DONE]') collector.add(data)
    },
  })
  for await (const piece of pieces) {
    parser.feed(piece)
    if (!isStream) whole += piece
    received += piece.length
    if (received > streamLengthMax || Math.max(collector.length, whole.length) > textLengthMax) break
  }
  if (!isStream) collector.add(whole)
  return collector.completion()
}
