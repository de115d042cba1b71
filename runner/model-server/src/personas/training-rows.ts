import { setImmediate as breathe } from 'node:timers/promises'
import type { PastComment, Silence, StyleProfile } from '@ai-review/protocol/persona'
import type { Message } from '../engine/engine.ts'
import { type AnsweredComment, longestComment } from '../review/prompt/answer-schema.ts'
import { neighboursOf } from '../review/reviewers/persona/near-pieces.ts'
import { type PersonaFrame, personaQuestion } from '../review/reviewers/persona/persona-question.ts'
import { exampleEstimate, exampleTokensOf } from '../review/reviewers/persona/persona-settings.ts'
import { gradeOf } from './grade-of.ts'
import { pastPiece } from './past-piece.ts'
import type { PersonaTexts } from './persona-store.ts'
import { createMemory } from './retrieval/memory.ts'
import type { PersonaMemory } from './voice.ts'

/** One past comment or silence as a question and its answer. Which part it is in, and its weight, is the training's to say. */
export interface TrainingRow {
  /** `c` and the number of a comment, or `s` and the id of a silence. */
  readonly id: string
  readonly kind: 'comment' | 'silence'
  readonly pull_request: number
  readonly prompt: readonly Message[]
  readonly completion: readonly Message[]
}

interface RowsAbout {
  readonly repositoryId: number
  /** Measured on what is trained on alone, or it would tell of what is held out. */
  readonly style: StyleProfile
  /** Of the prompt and the completion together; rows beyond it show fewer lines and examples. */
  readonly contextTokens: number
}

const answered = (findings: readonly AnsweredComment[]): Message[] => [
  { role: 'assistant', content: JSON.stringify({ findings }) },
]

interface Rendering extends RowsAbout {
  readonly memory: PersonaMemory
}

/** The question about a sample, with examples from before it only, as a review of then would have asked it. */
async function questionOf(sample: PastComment | Silence, about: Rendering) {
  const { repositoryId, style, memory, contextTokens } = about
  const frame: PersonaFrame = {
    style,
    exampleTokens: exampleTokensOf(contextTokens),
    estimate: exampleEstimate,
  }
  const piece = pastPiece(sample)
  const at = { repositoryId, pullRequest: sample.pullRequest, before: sample.at }
  const neighbours = await neighboursOf(memory, piece, at)
  const tokensOf = (messages: readonly Message[]) =>
    messages.reduce((sum, { content }) => sum + exampleEstimate(content), 0)
  for (const examples of [4, 2, 1, 0]) {
    const question = personaQuestion(frame, { piece, neighbours: neighbours.slice(0, examples) }, 0)
    if (tokensOf(question.messages) + exampleEstimate('body' in sample ? sample.body : '') < contextTokens)
      return question
  }
  return null
}

async function commentRow(comment: PastComment, about: Rendering): Promise<TrainingRow | null> {
  const question = comment.body.length > longestComment ? null : await questionOf(comment, about)
  const shown = [...(question?.lines ?? [])].find(
    ([, line]) => line.side === comment.side && line.line === comment.line,
  )
  if (question === null || shown === undefined) return null
  const [line, { text }] = shown
  const quote = text.trim().slice(0, 160).toWellFormed()
  const finding: AnsweredComment = {
    quote,
    line,
    body: comment.body,
    ...gradeOf(comment.body),
    confidence: 'likely',
  }
  return {
    id: `c${comment.id}`,
    kind: 'comment',
    pull_request: comment.pullRequest,
    prompt: question.messages,
    completion: answered([finding]),
  }
}

async function silenceRow(silence: Silence, about: Rendering): Promise<TrainingRow | null> {
  const question = await questionOf(silence, about)
  if (question === null || question.lines.size === 0) return null
  return {
    id: `s${silence.id}`,
    kind: 'silence',
    pull_request: silence.pullRequest,
    prompt: question.messages,
    completion: answered([]),
  }
}

/**
 * Past comments and silences as a review would ask about them, oldest first, each with examples from strictly before it
 * and from other pull requests. What no answer can hold, or no prompt of `contextTokens`, is left out. The same texts
 * give the same rows.
 */
export async function renderTrainingRows(
  texts: Pick<PersonaTexts, 'comments' | 'silences'>,
  about: RowsAbout,
): Promise<readonly TrainingRow[]> {
  const memory = await createMemory(texts.comments, { repositoryId: about.repositoryId })
  const samples = [...texts.comments, ...texts.silences].toSorted(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || (String(a.id) < String(b.id) ? -1 : 1),
  )
  const rows: TrainingRow[] = []
  for (const sample of samples) {
    const rendering = { ...about, memory }
    const row = 'body' in sample ? await commentRow(sample, rendering) : await silenceRow(sample, rendering)
    if (row !== null) rows.push(row)
    await breathe()
  }
  return rows
}
