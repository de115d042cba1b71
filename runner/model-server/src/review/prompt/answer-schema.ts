import { categories, severities } from '@ai-review/protocol/finding'
import { z } from 'zod'
import type { DecodingSchema } from '../../engine/engine.ts'

/** Confidence in words: models tell three steps apart better than they tell numbers. */
export const confidenceOf = { certain: 0.9, likely: 0.7, possible: 0.45 } as const
const confidences = ['certain', 'likely', 'possible'] as const
const fixes = ['none', 'replace', 'delete'] as const

/** Longest texts, in characters. llama.cpp refuses a maxLength of exactly 2000, so stay well below. */
const lengths = { quote: 160, body: 600, title: 100, replacement: 900 } as const

/** Longest body of a comment in an answer, in characters. */
export const longestComment = lengths.body

/** One finding as the model answers it. The lengths are the engine's to keep; longer texts are clipped later. */
export const AnsweredFinding = z.object({
  quote: z.string(),
  line: z.string(),
  firstLine: z.string(),
  body: z.string(),
  title: z.string(),
  category: z.enum(categories),
  severity: z.enum(severities),
  confidence: z.enum(confidences),
  fix: z.enum(fixes),
  replacement: z.string(),
})
export type AnsweredFinding = z.infer<typeof AnsweredFinding>

const text = (maxLength: number) => ({ type: 'string', maxLength })

const listOf = (most: number, properties: DecodingSchema): DecodingSchema => ({
  type: 'object',
  properties: {
    findings: { type: 'array', minItems: 0, maxItems: most, items: { type: 'object', properties } },
  },
})

/**
 * What a batch may be answered with: only ids of lines that were shown can be decoded. The quote comes before the
 * id and the explanation before its grades, because a model decides as it writes. No unions: every engine knows enum.
 */
export function reviewSchema(lineIds: readonly string[], findings: number): DecodingSchema {
  const line = { enum: [...lineIds] }
  return listOf(findings, {
    quote: text(lengths.quote),
    line,
    firstLine: line,
    body: text(lengths.body),
    title: text(lengths.title),
    category: { enum: [...categories] },
    severity: { enum: [...severities] },
    confidence: { enum: [...confidences] },
    fix: { enum: [...fixes] },
    replacement: text(lengths.replacement),
  })
}

/** First sentence of a comment, in so many characters, where a title is wanted. */
const titleLength = 80

function titleOf(body: string): string {
  const line = body.trim().split('\n', 1)[0] ?? ''
  const sentence = /^.*?[.!?](?=\s|$)/u.exec(line)?.[0] ?? line
  const plain = sentence.replace(/[.\s]+$/u, '')
  return plain.length <= titleLength ? plain : `${plain.slice(0, titleLength - 1).toWellFormed()}…`
}

/** One comment as a persona answers it. People write no titles, so the first sentence is it; no suggestions are asked for. */
export const AnsweredComment = z
  .object({
    quote: z.string(),
    line: z.string(),
    body: z.string(),
    category: z.enum(categories),
    severity: z.enum(severities),
    confidence: z.enum(confidences),
  })
  .transform(
    (comment): AnsweredFinding => ({
      ...comment,
      firstLine: comment.line,
      title: titleOf(comment.body),
      fix: 'none',
      replacement: '',
    }),
  )
/** As it is written by the model, and as a training shows it. */
export type AnsweredComment = z.input<typeof AnsweredComment>

/** What a persona may answer about some lines. */
export function personaSchema(lineIds: readonly string[], comments: number): DecodingSchema {
  return listOf(comments, {
    quote: text(lengths.quote),
    line: { enum: [...lineIds] },
    body: text(lengths.body),
    category: { enum: [...categories] },
    severity: { enum: [...severities] },
    confidence: { enum: [...confidences] },
  })
}

export const Verdict = z.object({ reason: z.string(), verdict: z.enum(['wrong', 'unsure', 'real']) })
export type Verdict = z.infer<typeof Verdict>

/** What a call that tries to disprove a finding may answer. */
export const verdictSchema: DecodingSchema = {
  type: 'object',
  properties: { reason: text(300), verdict: { enum: ['wrong', 'unsure', 'real'] } },
}
