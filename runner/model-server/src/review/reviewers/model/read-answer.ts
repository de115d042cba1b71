import { findingLimits } from '@ai-review/protocol/finding'
import { z } from 'zod'
import { parseJson } from '../../../engine/parse-json.ts'
import { AnsweredFinding, confidenceOf } from '../../prompt/answer-schema.ts'
import type { ShownLine } from '../../prompt/render-batch.ts'
import { visibleText } from '../../prompt/shown-text.ts'
import type { Candidate } from '../../reviewer.ts'
import { anchorFinding } from './anchor-finding.ts'
import { isLooping } from './is-looping.ts'

/** What an answer holds once it was checked against what was asked. */
export interface ReadAnswer {
  readonly candidates: readonly Candidate[]
  /** Findings thrown away: outside the schema, on no shown line, or endless. */
  readonly invalid: number
  /** False when the engine did not keep to the schema: its silence about the rest proves nothing. */
  readonly obeyed: boolean
  /** True when it holds just as many findings as an answer may: there may be more. */
  readonly isFull: boolean
}

const AnswerShape = z.object({ findings: z.array(z.unknown()) })

/** Confidence left to a finding whose quote stood on another line than the one it named. */
const movedConfidence = 0.8

/** Text of at most `max` UTF-16 units that never ends in half a character. */
function clipped(text: string, max: number): string {
  return text.length <= max
    ? text
    : `${text
        .slice(0, max - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
}

const oneLine = (text: string): string => visibleText(text.replace(/\s+/g, ' ').trim())

const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line) => visibleText(line).trimEnd())
    .join('\n')

function suggestionOf({ fix, replacement }: AnsweredFinding): string | undefined {
  if (fix === 'delete') return ''
  return fix === 'replace' && replacement !== '' && replacement.length <= findingLimits.suggestion
    ? replacement.toWellFormed()
    : undefined
}

function candidateOf(answered: AnsweredFinding, lines: ReadonlyMap<string, ShownLine>): Candidate | null {
  const anchor = anchorFinding(answered, lines)
  const title = clipped(oneLine(answered.title), findingLimits.title)
  if (anchor === null || title === '' || isLooping(answered.body) || isLooping(answered.title)) return null
  const suggestion = anchor.isReplaceable ? suggestionOf(answered) : undefined
  const { path, side, line } = anchor.last
  return {
    path,
    side,
    line,
    ...(anchor.startLine === undefined ? {} : { startLine: anchor.startLine }),
    category: answered.category,
    severity: answered.severity,
    confidence: confidenceOf[answered.confidence] * (anchor.isExact ? 1 : movedConfidence),
    title,
    body: clipped(paragraphs(answered.body), findingLimits.body),
    ...(suggestion === undefined ? {} : { suggestion }),
    evidence: [],
    reviewer: 'model',
  }
}

interface Asked {
  readonly lines: ReadonlyMap<string, ShownLine>
  readonly limit: number
  /** How one finding is answered; as a review's is, when left out. */
  readonly shape?: z.ZodType<AnsweredFinding>
}

/** Checks an answer against what was asked: null when it is no answer at all. Never more than `limit` findings. */
export function readAnswer(
  text: string,
  { lines, limit, shape: one = AnsweredFinding }: Asked,
): ReadAnswer | null {
  const shape = AnswerShape.safeParse(parseJson(text))
  if (!shape.success) return null
  const items = shape.data.findings
  const parsed = items.slice(0, limit).map((item) => one.safeParse(item))
  const obeying = parsed.filter(
    (one) => one.success && lines.has(one.data.line) && lines.has(one.data.firstLine),
  )
  const candidates = obeying
    .map((one) => (one.data === undefined ? null : candidateOf(one.data, lines)))
    .filter((one) => one !== null)
  return {
    candidates,
    invalid: items.length - candidates.length,
    obeyed: obeying.length === items.length,
    isFull: items.length === limit,
  }
}
